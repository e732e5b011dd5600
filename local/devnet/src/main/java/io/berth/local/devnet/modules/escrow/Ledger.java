package io.berth.local.devnet.modules.escrow;

import io.berth.local.devnet.modules.Coins;
import io.berth.local.devnet.modules.Dec;
import io.berth.proto.akash.escrow.types.v1.Account;
import io.berth.proto.akash.escrow.types.v1.AccountState;
import io.berth.proto.akash.escrow.types.v1.Balance;
import io.berth.proto.akash.escrow.types.v1.Depositor;
import io.berth.proto.akash.escrow.types.v1.Payment;
import io.berth.proto.akash.escrow.types.v1.PaymentState;
import io.berth.proto.akash.escrow.types.v1.State;
import io.berth.proto.cosmos.base.v1beta1.Coin;
import io.berth.proto.cosmos.base.v1beta1.DecCoin;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The arithmetic of escrow, on values alone: an account with its payments, before and after. Who is
 * paid or refunded in coins is the keeper's business.
 *
 * @param account the account
 * @param payments its payments that are not closed
 */
record Ledger(Account account, List<Payment> payments) {

  Ledger {
    payments = List.copyOf(payments);
  }

  /**
   * What a settlement comes to.
   *
   * @param ledger after it
   * @param overdrawn whether the account could not pay everything that was due
   */
  record Settled(Ledger ledger, boolean overdrawn) {}

  /**
   * Lets every open payment earn its rate for the blocks since the last settlement, whole coins
   * only, oldest deposits first. An overdrawn account instead pays what it owes.
   */
  Settled settle(long height) {
    if (fundsAreNegative()) {
      return new Settled(this, true);
    }
    boolean wasOverdrawn = account.getState().getState() == State.overdrawn;
    long blocks = wasOverdrawn ? 0 : height - account.getState().getSettledAt();
    AccountState.Builder state = account.getState().toBuilder();
    if (!wasOverdrawn) {
      state.setSettledAt(height);
    }
    List<Payment> settled = new ArrayList<>();
    boolean overdrawn = false;
    for (Payment payment : payments) {
      Payment after = pay(state, payment, blocks);
      overdrawn |= after.getState().getState() == State.overdrawn;
      settled.add(after);
    }
    if (overdrawn) {
      state.setState(State.overdrawn);
      settled.replaceAll(payment -> withState(payment, State.overdrawn));
    }
    Ledger ledger = new Ledger(account.toBuilder().setState(state).build(), settled);
    return new Settled(ledger, overdrawn);
  }

  private static Payment pay(AccountState.Builder account, Payment payment, long blocks) {
    PaymentState before = payment.getState();
    boolean owed = before.getState() == State.overdrawn;
    String denom = before.getRate().getDenom();
    Dec due =
        owed
            ? Coins.amount(before.getUnsettled())
            : Coins.amount(before.getRate()).times(blocks).truncated();
    Dec paid = take(account, denom, due);
    Dec shortage = due.minus(paid);
    if (shortage.isPositive()) {
      addFunds(account, denom, Dec.ZERO.minus(shortage));
    }
    Dec unsettled = owed ? shortage : Coins.amount(before.getUnsettled()).plus(shortage);
    PaymentState after =
        before.toBuilder()
            .setBalance(Coins.decCoin(denom, Coins.amount(before.getBalance()).plus(paid)))
            .setUnsettled(Coins.decCoin(denom, unsettled))
            .setState(shortage.isPositive() ? State.overdrawn : State.open)
            .build();
    return payment.toBuilder().setState(after).build();
  }

  /** Takes up to an amount from the deposits of a denom, first in first out. */
  private static Dec take(AccountState.Builder account, String denom, Dec due) {
    Dec left = due;
    List<Depositor> remaining = new ArrayList<>();
    for (Depositor deposit : account.getDepositsList()) {
      if (!deposit.getBalance().getDenom().equals(denom)) {
        remaining.add(deposit);
        continue;
      }
      Dec balance = Coins.amount(deposit.getBalance());
      Dec taken = balance.min(left);
      left = left.minus(taken);
      Dec rest = balance.minus(taken);
      if (rest.isPositive()) {
        remaining.add(deposit.toBuilder().setBalance(Coins.decCoin(denom, rest)).build());
      }
    }
    Dec paid = due.minus(left);
    account.clearDeposits().addAllDeposits(remaining);
    addFunds(account, denom, Dec.ZERO.minus(paid));
    addTransferred(account, denom, paid);
    return paid;
  }

  /** Adds deposits. Funds that were negative start from zero: the debt stands in the payments. */
  Ledger deposit(List<Depositor> deposits) {
    AccountState.Builder state = account.getState().toBuilder();
    for (Depositor deposit : deposits) {
      String denom = deposit.getBalance().getDenom();
      addFunds(state, denom, Dec.ZERO.min(funds(state, denom)).times(-1));
      addFunds(state, denom, Coins.amount(deposit.getBalance()));
      addTransferred(state, denom, Dec.ZERO);
      state.addDeposits(deposit);
    }
    return new Ledger(account.toBuilder().setState(state).build(), payments);
  }

  /** The account without its deposits, and with what was refunded gone from its funds. */
  Ledger refunded() {
    AccountState.Builder state = account.getState().toBuilder().clearDeposits();
    account
        .getState()
        .getDepositsList()
        .forEach(
            deposit ->
                addFunds(
                    state,
                    deposit.getBalance().getDenom(),
                    Dec.ZERO.minus(Coins.amount(deposit.getBalance()).truncated())));
    return new Ledger(account.toBuilder().setState(state).build(), payments);
  }

  /** The same with the account in a state. */
  Ledger in(State state) {
    return new Ledger(
        account.toBuilder().setState(account.getState().toBuilder().setState(state)).build(),
        payments);
  }

  /** The same with other payments. */
  Ledger with(List<Payment> others) {
    return new Ledger(account, others);
  }

  /** A payment in a state. */
  static Payment withState(Payment payment, State state) {
    return payment.toBuilder().setState(payment.getState().toBuilder().setState(state)).build();
  }

  /** What a payment earned and may be paid out: whole coins. */
  static Coin earned(Payment payment) {
    DecCoin balance = payment.getState().getBalance();
    return Coins.coin(balance.getDenom(), Coins.amount(balance).truncate());
  }

  /** A payment after its earnings were paid out. */
  static Payment withdrawn(Payment payment) {
    Coin earned = earned(payment);
    PaymentState state = payment.getState();
    BigInteger total = Coins.amount(state.getWithdrawn()).add(Coins.amount(earned));
    Dec rest = Coins.amount(state.getBalance()).minus(Dec.of(Coins.amount(earned)));
    return payment.toBuilder()
        .setState(
            state.toBuilder()
                .setWithdrawn(Coins.coin(earned.getDenom(), total))
                .setBalance(Coins.decCoin(earned.getDenom(), rest)))
        .build();
  }

  private boolean fundsAreNegative() {
    return account.getState().getFundsList().stream()
        .anyMatch(balance -> Dec.fromWire(balance.getAmount()).isNegative());
  }

  private static Dec funds(AccountState.Builder account, String denom) {
    return account.getFundsList().stream()
        .filter(balance -> balance.getDenom().equals(denom))
        .map(balance -> Dec.fromWire(balance.getAmount()))
        .findFirst()
        .orElse(Dec.ZERO);
  }

  private static void addFunds(AccountState.Builder account, String denom, Dec amount) {
    for (int i = 0; i < account.getFundsCount(); i++) {
      Balance balance = account.getFunds(i);
      if (balance.getDenom().equals(denom)) {
        account.setFunds(i, balance(denom, Dec.fromWire(balance.getAmount()).plus(amount)));
        return;
      }
    }
    account.addFunds(balance(denom, amount));
  }

  private static Balance balance(String denom, Dec amount) {
    return Balance.newBuilder().setDenom(denom).setAmount(amount.toWire()).build();
  }

  private static void addTransferred(AccountState.Builder account, String denom, Dec amount) {
    for (int i = 0; i < account.getTransferredCount(); i++) {
      DecCoin coin = account.getTransferred(i);
      if (coin.getDenom().equals(denom)) {
        account.setTransferred(i, Coins.decCoin(denom, Coins.amount(coin).plus(amount)));
        return;
      }
    }
    account.addTransferred(Coins.decCoin(denom, amount));
  }
}
