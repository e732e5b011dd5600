package io.berth.local.devnet.modules.escrow;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.local.devnet.modules.Coins;
import io.berth.local.devnet.modules.Dec;
import io.berth.proto.akash.base.deposit.v1.Source;
import io.berth.proto.akash.escrow.types.v1.Account;
import io.berth.proto.akash.escrow.types.v1.AccountState;
import io.berth.proto.akash.escrow.types.v1.Depositor;
import io.berth.proto.akash.escrow.types.v1.Payment;
import io.berth.proto.akash.escrow.types.v1.PaymentState;
import io.berth.proto.akash.escrow.types.v1.State;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Escrow arithmetic, computed by hand. */
class LedgerTest {

  private static final long OPENED = 100;

  private static Ledger ledger(List<Payment> payments, long... deposits) {
    AccountState state =
        AccountState.newBuilder()
            .setOwner("owner")
            .setState(State.open)
            .setSettledAt(OPENED)
            .build();
    Ledger empty = new Ledger(Account.newBuilder().setState(state).build(), payments);
    return empty.deposit(
        java.util.Arrays.stream(deposits).mapToObj(amount -> deposit("uact", amount)).toList());
  }

  private static Depositor deposit(String denom, long amount) {
    return Depositor.newBuilder()
        .setOwner("granter")
        .setSource(Source.grant)
        .setBalance(Coins.decCoin(denom, Dec.of(amount)))
        .build();
  }

  private static Payment payment(String rate) {
    return Payment.newBuilder()
        .setState(
            PaymentState.newBuilder()
                .setOwner("provider")
                .setState(State.open)
                .setRate(Coins.decCoin("uact", Dec.parse(rate)))
                .setBalance(Coins.decCoin("uact", Dec.ZERO))
                .setUnsettled(Coins.decCoin("uact", Dec.ZERO))
                .setWithdrawn(Coins.coin("uact", 0)))
        .build();
  }

  private static String funds(Ledger ledger) {
    return Dec.fromWire(ledger.account().getState().getFunds(0).getAmount()).toString();
  }

  private static String transferred(Ledger ledger) {
    return Coins.amount(ledger.account().getState().getTransferred(0)).toString();
  }

  private static List<String> deposits(Ledger ledger) {
    return ledger.account().getState().getDepositsList().stream()
        .map(one -> Coins.amount(one.getBalance()).toString())
        .toList();
  }

  private static List<String> balances(Ledger ledger) {
    return ledger.payments().stream()
        .map(one -> Coins.amount(one.getState().getBalance()).toString())
        .toList();
  }

  private static List<String> unsettled(Ledger ledger) {
    return ledger.payments().stream()
        .map(one -> Coins.amount(one.getState().getUnsettled()).toString())
        .toList();
  }

  private static final String NO = ".000000000000000000";

  @Test
  void paysRateTimesBlocksInWholeCoinsFromTheOldestDeposit() {
    Ledger.Settled settled = ledger(List.of(payment("1.7")), 10, 100).settle(OPENED + 9);

    // 1.7 x 9 = 15.3, so 15: all of the first deposit and 5 of the second.
    assertThat(settled.overdrawn()).isFalse();
    assertThat(funds(settled.ledger())).isEqualTo("95" + NO);
    assertThat(transferred(settled.ledger())).isEqualTo("15" + NO);
    assertThat(deposits(settled.ledger())).containsExactly("95" + NO);
    assertThat(balances(settled.ledger())).containsExactly("15" + NO);
    assertThat(settled.ledger().account().getState().getSettledAt()).isEqualTo(OPENED + 9);
  }

  @Test
  void dropsTheFractionAtEverySettlement() {
    Ledger ledger = ledger(List.of(payment("0.9")), 100);
    for (int block = 1; block <= 10; block++) {
      ledger = ledger.settle(OPENED + block).ledger();
    }

    // 0.9 truncates to nothing each time; once over ten blocks it would have been 9.
    assertThat(funds(ledger)).isEqualTo("100" + NO);
    assertThat(balances(ledger)).containsExactly("0" + NO);
    assertThat(funds(ledger(List.of(payment("0.9")), 100).settle(OPENED + 10).ledger()))
        .isEqualTo("91" + NO);
  }

  @Test
  void nothingIsDueInTheSameBlock() {
    Ledger.Settled settled = ledger(List.of(payment("5")), 100).settle(OPENED);

    assertThat(settled.overdrawn()).isFalse();
    assertThat(funds(settled.ledger())).isEqualTo("100" + NO);
  }

  @Test
  void anAccountWithoutPaymentsOnlyMovesItsHeight() {
    Ledger.Settled settled = ledger(List.of(), 100).settle(OPENED + 50);

    assertThat(funds(settled.ledger())).isEqualTo("100" + NO);
    assertThat(settled.ledger().account().getState().getSettledAt()).isEqualTo(OPENED + 50);
  }

  @Test
  void spendingExactlyEverythingIsNotOverdrawn() {
    Ledger.Settled settled = ledger(List.of(payment("10")), 100).settle(OPENED + 10);

    assertThat(settled.overdrawn()).isFalse();
    assertThat(funds(settled.ledger())).isEqualTo("0" + NO);
    assertThat(deposits(settled.ledger())).isEmpty();
  }

  @Test
  void aShortageMakesFundsNegativeAndEverythingOverdrawn() {
    Ledger.Settled settled =
        ledger(List.of(payment("6"), payment("5")), 70, 30).settle(OPENED + 10);

    // 60 and 50 are due of 100: the second gets 40 and is owed 10.
    assertThat(settled.overdrawn()).isTrue();
    assertThat(funds(settled.ledger())).isEqualTo("-10" + NO);
    assertThat(transferred(settled.ledger())).isEqualTo("100" + NO);
    assertThat(balances(settled.ledger())).containsExactly("60" + NO, "40" + NO);
    assertThat(unsettled(settled.ledger())).containsExactly("0" + NO, "10" + NO);
    assertThat(settled.ledger().account().getState().getState()).isEqualTo(State.overdrawn);
    assertThat(settled.ledger().payments())
        .allMatch(payment -> payment.getState().getState() == State.overdrawn);
  }

  @Test
  void anOverdrawnAccountAccruesNoMore() {
    Ledger overdrawn = ledger(List.of(payment("10")), 50).settle(OPENED + 10).ledger();

    Ledger.Settled later = overdrawn.settle(OPENED + 1000);

    assertThat(later.overdrawn()).isTrue();
    assertThat(later.ledger()).isEqualTo(overdrawn);
  }

  @Test
  void aDepositIntoAnOverdrawnAccountPaysTheDebtOnly() {
    Ledger overdrawn = ledger(List.of(payment("10")), 50).settle(OPENED + 10).ledger();

    Ledger.Settled paid = overdrawn.deposit(List.of(deposit("uact", 80))).settle(OPENED + 1000);

    // 100 were due, 50 were there: 50 of the 80 go to the provider.
    assertThat(paid.overdrawn()).isFalse();
    assertThat(funds(paid.ledger())).isEqualTo("30" + NO);
    assertThat(balances(paid.ledger())).containsExactly("100" + NO);
    assertThat(unsettled(paid.ledger())).containsExactly("0" + NO);
  }

  @Test
  void aDepositThatDoesNotCoverTheDebtLeavesTheRestOwed() {
    Ledger overdrawn = ledger(List.of(payment("10")), 50).settle(OPENED + 10).ledger();

    Ledger.Settled paid = overdrawn.deposit(List.of(deposit("uact", 20))).settle(OPENED + 1000);

    assertThat(paid.overdrawn()).isTrue();
    assertThat(funds(paid.ledger())).isEqualTo("-30" + NO);
    assertThat(unsettled(paid.ledger())).containsExactly("30" + NO);
  }

  @Test
  void depositsOfAnotherDenomAreNotTouched() {
    Ledger ledger = ledger(List.of(payment("10")), 100).deposit(List.of(deposit("uakt", 77)));

    Ledger settled = ledger.settle(OPENED + 3).ledger();

    assertThat(deposits(settled)).containsExactly("70" + NO, "77" + NO);
    assertThat(settled.account().getState().getFundsList())
        .extracting(one -> one.getDenom() + Dec.fromWire(one.getAmount()).truncate())
        .containsExactly("uact70", "uakt77");
  }

  @Test
  void earningsArePaidOutInWholeCoins() {
    Payment earned =
        ledger(List.of(payment("2.5")), 100).settle(OPENED + 3).ledger().payments().getFirst();
    Payment withdrawn = Ledger.withdrawn(earned);

    assertThat(Coins.text(Ledger.earned(earned))).isEqualTo("7uact");
    assertThat(Coins.text(withdrawn.getState().getWithdrawn())).isEqualTo("7uact");
    assertThat(Coins.amount(withdrawn.getState().getBalance()).isZero()).isTrue();
  }

  @Test
  void decimalsPrintEighteenPlacesAndTravelAsIntegers() {
    assertThat(Dec.parse("1.5").toWire()).isEqualTo("1500000000000000000");
    assertThat(Dec.fromWire("-1500000000000000000").toString()).isEqualTo("-1.500000000000000000");
    assertThat(Stream.of("1.99", "0.1", "7").map(Dec::parse).map(Dec::truncate))
        .extracting(Object::toString)
        .containsExactly("1", "0", "7");
  }
}
