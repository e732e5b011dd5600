package io.berth.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.Bytes;
import io.berth.domain.budget.Budget;
import io.berth.domain.budget.Charge;
import io.berth.domain.budget.SigningFacts;
import io.berth.domain.budget.Spending;
import io.berth.domain.funding.GrantChange;
import io.berth.domain.funding.Grants;
import io.berth.domain.ledger.Intent;
import io.berth.domain.ledger.IntentState;
import io.berth.domain.ledger.Replay;
import io.berth.domain.ledger.Switches;
import io.berth.domain.ledger.UnsignedTransaction;
import io.berth.domain.wallet.WalletRef;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DynamoBudgetsTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-11-23");
  private static final Spending COST =
      new Spending(BigInteger.valueOf(5_000), new BigInteger("99999999999999999999999999"));
  private static final Spending MOST = COST.plus(COST).plus(COST);
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
    budgets =
        new DynamoBudgets(
            tables.client(),
            LocalTables.BUDGETS,
            intents,
            grants,
            new DynamoWallets(tables.client(), LocalTables.WALLETS),
            new DynamoControls(tables.client(), LocalTables.CONTROLS));
  }

  @AfterAll
  static void stop() {
    tables.close();
  }

  private Budget budget() {
    return budgets.facts(user, "any#1").budget();
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
    return sign(intent, budget(), TODAY);
  }

  private static boolean sign(Intent intent, Budget seen, LocalDate day) {
    return budgets.sign(intent, SIGNED, new Charge(seen, COST, day, MOST));
  }

  @Test
  void isFreshUntilTheFirstSignature() {
    assertThat(budget()).isEqualTo(Budget.fresh(user));
  }

  @Test
  void keepsSignatureCostAndWhatIsInFlightTogether() {
    Intent first = recorded();
    Intent second = recorded();

    assertThat(sign(first)).isTrue();
    assertThat(sign(second)).isTrue();

    assertThat(budget()).isEqualTo(new Budget(user, TODAY, COST.plus(COST)));
    assertThat(grants.of(user))
        .isEqualTo(
            new Grants(
                user, 0, Set.of(first.id(), second.id()), 0, 0, Optional.empty(), List.of()));
    assertThat(intents.find(first.id())).contains(first.with(SIGNED));
  }

  @Test
  void countsNoIntentTwice() {
    Intent intent = recorded();
    sign(intent);

    assertThat(sign(intent)).isFalse();
    assertThat(budget().spent()).isEqualTo(COST);
  }

  @Test
  void signsNothingBeyondADaysBoundsEvenIfTheyWereNotReachedWhenItLooked() {
    Budget early = new Budget(user, TODAY, Spending.NONE);
    for (int i = 0; i < 3; i++) {
      assertThat(sign(recorded())).isTrue();
    }
    Intent fourth = recorded();

    assertThat(sign(fourth, early, TODAY)).isFalse();
    assertThat(intents.find(fourth.id())).contains(fourth);
    assertThat(grants.of(user).inFlight()).hasSize(3);
  }

  @Test
  void whatHasEndedIsTakenOutThoughOthersSignMeanwhile() {
    Intent first = recorded();
    Intent second = recorded();
    sign(first);
    sign(second);

    grants.ended(user, Set.of(first.id()), 70);
    assertThat(grants.of(user).inFlight()).containsExactly(second.id());
    assertThat(grants.of(user).height()).isEqualTo(70);
    grants.ended(user, Set.of(second.id()), 60);
    assertThat(grants.of(user).inFlight()).isEmpty();
    assertThat(grants.of(user).height()).isEqualTo(70);
  }

  @Test
  void boundsDepositsOnlyWhereThereAreAny() {
    Spending beyond = new Spending(BigInteger.ONE, MOST.deposits());
    Spending fees = new Spending(BigInteger.ONE, BigInteger.ZERO);
    Spending bound = new Spending(MOST.fees(), MOST.deposits().subtract(BigInteger.ONE));
    assertThat(charge(recorded(), beyond, MOST)).isTrue();

    assertThat(charge(recorded(), beyond, bound)).isFalse();
    assertThat(charge(recorded(), fees, bound)).isTrue();
  }

  private boolean charge(Intent intent, Spending cost, Spending most) {
    return budgets.sign(intent, SIGNED, new Charge(budget(), cost, TODAY, most));
  }

  @Test
  void beginsADayOnce() {
    sign(recorded());
    Budget yesterdays = budget();
    LocalDate tomorrow = TODAY.plusDays(1);

    assertThat(sign(recorded(), yesterdays, tomorrow)).isTrue();
    assertThat(sign(recorded(), yesterdays, tomorrow)).isFalse();
    assertThat(budget()).isEqualTo(new Budget(user, tomorrow, COST));
  }

  @Test
  void signsNothingOnceAChangeOfGrantsHasBegun() {
    Intent intent = recorded();
    assertThat(grants.replace(grants.of(user), changing(1))).isTrue();

    assertThat(sign(intent)).isFalse();
    assertThat(intents.find(intent.id())).contains(intent);
    assertThat(budget()).isEqualTo(Budget.fresh(user));
  }

  @Test
  void whatIsInFlightIsCompleteOnceAChangeOfGrantsHasBegun() {
    Grants before = grants.of(user);
    List<Intent> signed = IntStream.range(0, 2).mapToObj(_ -> recorded()).toList();
    signed.forEach(intent -> assertThat(sign(intent)).isTrue());

    assertThat(grants.replace(before, changing(1))).isTrue();

    assertThat(sign(recorded())).isFalse();
    Grants now = grants.of(user);
    assertThat(now.change()).isPresent();
    assertThat(now.inFlight())
        .containsExactlyInAnyOrderElementsOf(signed.stream().map(Intent::id).toList());
  }

  @Test
  void signsAgainInEveryPartOnceTheChangeHasEnded() {
    grants.replace(grants.of(user), changing(1));
    for (int i = 0; i < 32; i++) {
      assertThat(budgets.facts(user, "intent-" + i + "#1").grantsChanging()).isTrue();
    }
    grants.granted(
        grants.of(user),
        new Grants(user, 2, Set.of(), 5, 1, Optional.empty(), List.of()),
        List.of());

    for (int i = 0; i < 32; i++) {
      assertThat(budgets.facts(user, "intent-" + i + "#1").grantsChanging()).isFalse();
    }
    assertThat(sign(recorded())).isTrue();
  }

  @Test
  void aChangeTakesOutWhatHasEndedMeanwhile() {
    Intent first = recorded();
    Intent second = recorded();
    sign(first);
    sign(second);
    Grants before = grants.of(user);
    Grants seen =
        new Grants(
            user,
            1,
            before.inFlight(),
            0,
            0,
            Optional.of(new GrantChange(1, List.of())),
            List.of());
    assertThat(grants.replace(before, seen)).isTrue();

    Grants quiet = new Grants(user, 2, Set.of(second.id()), 9, 0, seen.change(), List.of());
    assertThat(grants.replace(seen, quiet)).isTrue();

    assertThat(grants.of(user)).isEqualTo(quiet);
    assertThat(sign(recorded())).isFalse();
  }

  @Test
  void readsAllThatASignatureDependsOnInOneCall() {
    Intent intent = recorded();
    sign(intent);

    SigningFacts facts = budgets.facts(user, intent.id());

    assertThat(facts)
        .isEqualTo(
            new SigningFacts(
                Optional.of(intent.with(SIGNED)),
                Optional.empty(),
                new Budget(user, TODAY, COST),
                false,
                new Switches(false, false)));
    assertThat(grants.inFlightWith(user, intent.id())).containsExactly(intent.id());
  }

  private Grants changing(long version) {
    return new Grants(
        user, version, Set.of(), 0, 0, Optional.of(new GrantChange(1, List.of())), List.of());
  }

  @Test
  @Tag("not-moto")
  void letsManySignAtOnceAsFarAsTheBoundsReach() throws Exception {
    sign(recorded());

    long winners = Race.winners(() -> sign(recorded()));

    assertThat(winners).isEqualTo(2);
    assertThat(budget().spent()).isEqualTo(MOST);
  }
}
