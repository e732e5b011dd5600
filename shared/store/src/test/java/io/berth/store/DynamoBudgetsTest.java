package io.berth.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.Bytes;
import io.berth.domain.budget.Budget;
import io.berth.domain.budget.Spending;
import io.berth.domain.ledger.Intent;
import io.berth.domain.ledger.IntentState;
import io.berth.domain.ledger.Replay;
import io.berth.domain.ledger.UnsignedTransaction;
import io.berth.domain.wallet.WalletRef;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
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
  private static DynamoBudgets budgets;

  private final String user = UUID.randomUUID().toString();

  @BeforeAll
  static void start() {
    tables = new LocalTables();
    intents = new DynamoIntents(tables.client(), LocalTables.INTENTS);
    budgets = new DynamoBudgets(tables.client(), LocalTables.BUDGETS, intents);
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
    Budget seen = budgets.of(user);
    return budgets.sign(seen, seen.spend(COST, TODAY), intent, SIGNED);
  }

  @Test
  void isFreshUntilTheFirstSignature() {
    assertThat(budgets.of(user)).isEqualTo(Budget.fresh(user));
  }

  @Test
  void keepsSignatureAndCostTogether() {
    Intent first = recorded();
    Intent second = recorded();

    assertThat(sign(first)).isTrue();
    assertThat(sign(second)).isTrue();

    assertThat(budgets.of(user)).isEqualTo(new Budget(user, 2, TODAY, COST.plus(COST)));
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

    assertThat(budgets.sign(stale, stale.spend(COST, TODAY), second, SIGNED)).isFalse();
    assertThat(intents.find(second.id())).contains(second);

    Budget seen = budgets.of(user);
    sign(second);
    assertThat(budgets.sign(seen, seen.spend(COST, TODAY), recorded(), SIGNED)).isFalse();
    assertThat(budgets.of(user).version()).isEqualTo(2);
  }

  @Test
  void letsOneOfManyBeTheNext() throws Exception {
    Budget seen = budgets.of(user);

    long winners =
        Race.winners(() -> budgets.sign(seen, seen.spend(COST, TODAY), recorded(), SIGNED));

    assertThat(winners).isEqualTo(1);
    assertThat(budgets.of(user).spent()).isEqualTo(COST);
  }
}
