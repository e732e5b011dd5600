package io.berth.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.Bytes;
import io.berth.domain.budget.Budget;
import io.berth.domain.budget.Revision;
import io.berth.domain.budget.Spending;
import io.berth.domain.funding.GrantChange;
import io.berth.domain.funding.Grants;
import io.berth.domain.ledger.Intent;
import io.berth.domain.ledger.IntentState;
import io.berth.domain.ledger.Replay;
import io.berth.domain.ledger.UnsignedTransaction;
import io.berth.domain.wallet.WalletRef;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DynamoBudgetsTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-11-23");
  private static final Spending COST =
      new Spending(BigInteger.valueOf(5_000), new BigInteger("99999999999999999999999999"));
  private static final IntentState.Signed SIGNED =
      new IntentState.Signed(Bytes.ofHex("0a00ff"), "AB".repeat(32));

  private static LocalTables tables;
  private static DynamoIntents intents;
  private static DynamoGrantRecords grants;
  private static DynamoBudgets budgets;

  private final String user = UUID.randomUUID().toString();

  @BeforeAll
  static void start() {
    tables = new LocalTables();
    intents = new DynamoIntents(tables.client(), LocalTables.INTENTS);
    grants = new DynamoGrantRecords(tables.client(), LocalTables.GRANTS);
    budgets = new DynamoBudgets(tables.client(), LocalTables.BUDGETS, intents, grants);
  }

  @AfterAll
  static void stop() {
    tables.close();
  }

  private Intent recorded() {
    Bytes bytes = Bytes.ofHex("00");
    Intent intent =
        new Intent(
            UUID.randomUUID() + "#1",
            new WalletRef.OfUser(user),
            new UnsignedTransaction(bytes, bytes, "chain", 1, new Replay.ByTimeout()),
            Instant.parse("2026-11-23T12:01:00Z"),
            1,
            Instant.parse("2026-11-23T12:00:00Z"),
            new IntentState.New());
    intents.create(intent);
    return intent;
  }

  private boolean sign(Intent intent) {
    return sign(intent, budgets.of(user), grants.of(user));
  }

  private static boolean sign(Intent intent, Budget budget, Grants known) {
    return budgets.sign(
        intent,
        SIGNED,
        new Revision<>(budget, budget.spend(COST, TODAY)),
        new Revision<>(known, known.signed(intent.id())));
  }

  @Test
  void isFreshUntilTheFirstSignature() {
    assertThat(budgets.of(user)).isEqualTo(Budget.fresh(user));
  }

  @Test
  void keepsSignatureCostAndWhatIsInFlightTogether() {
    Intent first = recorded();
    Intent second = recorded();

    assertThat(sign(first)).isTrue();
    assertThat(sign(second)).isTrue();

    assertThat(budgets.of(user)).isEqualTo(new Budget(user, 2, TODAY, COST.plus(COST)));
    assertThat(grants.of(user).inFlight()).containsExactlyInAnyOrder(first.id(), second.id());
    assertThat(intents.find(first.id())).contains(first.with(SIGNED));
  }

  @Test
  void countsNoIntentTwice() {
    Intent intent = recorded();
    sign(intent);
    Budget before = budgets.of(user);

    assertThat(sign(intent)).isFalse();
    assertThat(budgets.of(user)).isEqualTo(before);
  }

  @Test
  void signsNothingOnABudgetThatHasMovedOn() {
    Budget stale = budgets.of(user);
    Intent first = recorded();
    Intent second = recorded();
    sign(first);

    assertThat(sign(second, stale, grants.of(user))).isFalse();
    assertThat(intents.find(second.id())).contains(second);
  }

  @Test
  void signsNothingOnceAChangeOfGrantsHasBegun() {
    Grants before = grants.of(user);
    Intent intent = recorded();
    Grants changing =
        new Grants(user, 1, Set.of(), 0, 0, Optional.of(new GrantChange(1, List.of())), List.of());
    assertThat(grants.replace(before, changing)).isTrue();

    assertThat(sign(intent, budgets.of(user), before)).isFalse();
    assertThat(intents.find(intent.id())).contains(intent);
    assertThat(budgets.of(user)).isEqualTo(Budget.fresh(user));
  }

  @Test
  void letsOneOfManyBeTheNext() throws Exception {
    Budget budget = budgets.of(user);
    Grants known = grants.of(user);

    long winners = Race.winners(() -> sign(recorded(), budget, known));

    assertThat(winners).isEqualTo(1);
    assertThat(budgets.of(user).spent()).isEqualTo(COST);
  }
}
