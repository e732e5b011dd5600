package io.berth.local.devnet.modules.escrow;

import io.berth.local.devnet.modules.Addresses;
import io.berth.local.devnet.modules.Coins;
import io.berth.local.devnet.modules.Context;
import io.berth.local.devnet.modules.Dec;
import io.berth.local.devnet.modules.authz.AuthzKeeper;
import io.berth.local.devnet.modules.bank.BankKeeper;
import io.berth.local.devnet.store.Reader;
import io.berth.proto.akash.base.deposit.v1.Source;
import io.berth.proto.akash.escrow.types.v1.Account;
import io.berth.proto.akash.escrow.types.v1.AccountState;
import io.berth.proto.akash.escrow.types.v1.Depositor;
import io.berth.proto.akash.escrow.types.v1.Payment;
import io.berth.proto.akash.escrow.types.v1.PaymentState;
import io.berth.proto.akash.escrow.types.v1.State;
import io.berth.proto.cosmos.base.v1beta1.Coin;
import io.berth.proto.cosmos.base.v1beta1.DecCoin;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Keeps escrow accounts and payments, and moves the coins behind them. Settlement is lazy: nothing
 * happens to an account until a message touches it.
 */
public final class EscrowKeeper {

  static final String ACCOUNTS = "escrow/account/";
  static final String PAYMENTS = "escrow/payment/";

  private static final Set<String> DENOMS = Set.of(Coins.UACT, Coins.UAKT);

  private final BankKeeper bank;
  private final AuthzKeeper authz;
  private BiConsumer<Context, Account> onAccountClosed = (context, account) -> {};

  public EscrowKeeper(BankKeeper bank, AuthzKeeper authz) {
    this.bank = bank;
    this.authz = authz;
  }

  /** Sets who is told that an account closed or was overdrawn. */
  public void onAccountClosed(BiConsumer<Context, Account> listener) {
    onAccountClosed = listener;
  }

  /** The account of an id. */
  public Optional<Account> account(Reader state, io.berth.proto.akash.escrow.id.v1.Account id) {
    return state.get(key(id), Account.class);
  }

  /** The payment of an id. */
  public Optional<Payment> payment(Reader state, io.berth.proto.akash.escrow.id.v1.Payment id) {
    return state.get(key(id), Payment.class);
  }

  /** Opens an account with its first deposits. */
  public void create(
      Context context,
      io.berth.proto.akash.escrow.id.v1.Account id,
      String owner,
      List<Depositor> deposits) {
    if (context.has(key(id))) {
      throw EscrowErrors.ACCOUNT_EXISTS.refuse();
    }
    AccountState state =
        AccountState.newBuilder()
            .setOwner(owner)
            .setState(State.open)
            .setSettledAt(context.height())
            .build();
    Account account = Account.newBuilder().setId(id).setState(state).build();
    save(context, fetch(context, new Ledger(account, List.of()), deposits));
  }

  /** Adds deposits. An overdrawn account pays its debt with them and then closes for good. */
  public void deposit(
      Context context, io.berth.proto.akash.escrow.id.v1.Account id, List<Depositor> deposits) {
    Ledger ledger = fetch(context, openLedger(context, id), deposits);
    if (ledger.account().getState().getState() != State.overdrawn) {
      save(context, ledger);
      return;
    }
    Ledger.Settled settled = ledger.settle(context.height());
    end(context, settled.overdrawn() ? settled.ledger() : settled.ledger().in(State.closed));
  }

  /** Settles and closes an account with its payments, and refunds what is left. */
  public void close(Context context, io.berth.proto.akash.escrow.id.v1.Account id) {
    Ledger.Settled settled = openLedger(context, id).settle(context.height());
    end(context, settled.overdrawn() ? settled.ledger() : settled.ledger().in(State.closed));
  }

  /** Starts a payment out of an account: so many coins per block from now on. */
  public void createPayment(
      Context context, io.berth.proto.akash.escrow.id.v1.Payment id, String owner, DecCoin rate) {
    Ledger.Settled settled = openLedger(context, id.getAid()).settle(context.height());
    if (settled.overdrawn()) {
      throw EscrowErrors.ACCOUNT_OVERDRAWN.refuse();
    }
    boolean funded =
        settled.ledger().account().getState().getFundsList().stream()
            .anyMatch(funds -> funds.getDenom().equals(rate.getDenom()));
    if (!funded) {
      throw EscrowErrors.INVALID_DENOM.refuse();
    }
    if (Coins.amount(rate).isZero()) {
      throw EscrowErrors.PAYMENT_RATE_ZERO.refuse();
    }
    if (context.has(key(id))) {
      throw EscrowErrors.PAYMENT_EXISTS.refuse();
    }
    save(context, settled.ledger());
    DecCoin nothing = Coins.decCoin(rate.getDenom(), Dec.ZERO);
    PaymentState state =
        PaymentState.newBuilder()
            .setOwner(owner)
            .setState(State.open)
            .setRate(rate)
            .setBalance(nothing)
            .setUnsettled(nothing)
            .setWithdrawn(Coins.coin(rate.getDenom(), BigInteger.ZERO))
            .build();
    context.set(key(id), Payment.newBuilder().setId(id).setState(state).build());
  }

  /** Settles the account and pays out what one payment earned. */
  public void withdraw(Context context, io.berth.proto.akash.escrow.id.v1.Payment id) {
    if (requirePayment(context, id).getState().getState() != State.open) {
      throw EscrowErrors.PAYMENT_CLOSED.refuse();
    }
    settleAndPay(context, id, State.open);
  }

  /** Settles the account, and closes and pays out one payment. */
  public void closePayment(Context context, io.berth.proto.akash.escrow.id.v1.Payment id) {
    if (requirePayment(context, id).getState().getState() == State.closed) {
      throw EscrowErrors.PAYMENT_CLOSED.refuse();
    }
    settleAndPay(context, id, State.closed);
  }

  private void settleAndPay(
      Context context, io.berth.proto.akash.escrow.id.v1.Payment id, State after) {
    Ledger.Settled settled = openLedger(context, id.getAid()).settle(context.height());
    if (settled.overdrawn()) {
      end(context, settled.ledger());
      return;
    }
    List<Payment> payments = new ArrayList<>();
    for (Payment payment : settled.ledger().payments()) {
      boolean meant = payment.getId().equals(id);
      payments.add(meant ? payOut(context, Ledger.withState(payment, after)) : payment);
    }
    save(context, settled.ledger().with(payments));
  }

  /** Ends an account that was closed or overdrawn: pays out, refunds, tells the listener. */
  private void end(Context context, Ledger ledger) {
    boolean overdrawn = ledger.account().getState().getState() == State.overdrawn;
    List<Payment> payments = new ArrayList<>();
    for (Payment payment : ledger.payments()) {
      payments.add(payOut(context, overdrawn ? payment : Ledger.withState(payment, State.closed)));
    }
    AccountState account = ledger.account().getState();
    account.getDepositsList().forEach(deposit -> refund(context, account.getOwner(), deposit));
    Ledger ended = ledger.with(payments).refunded();
    save(context, ended);
    onAccountClosed.accept(context, ended.account());
  }

  private Payment payOut(Context context, Payment payment) {
    Coin earned = Ledger.earned(payment);
    if (Coins.amount(earned).signum() == 0) {
      return payment;
    }
    bank.send(context, Addresses.ESCROW, payment.getState().getOwner(), List.of(earned));
    return Ledger.withdrawn(payment);
  }

  /** Returns a deposit; one that came from a grant also tops the grant up again. */
  private void refund(Context context, String owner, Depositor deposit) {
    BigInteger left = Coins.amount(deposit.getBalance()).truncate();
    if (left.signum() == 0) {
      return;
    }
    Coin coin = Coins.coin(deposit.getBalance().getDenom(), left);
    bank.send(context, Addresses.ESCROW, deposit.getOwner(), List.of(coin));
    if (deposit.getSource() == Source.grant) {
      DepositGrants.giveBack(authz, context, deposit.getOwner(), owner, coin);
    }
  }

  private Ledger fetch(Context context, Ledger ledger, List<Depositor> deposits) {
    for (Depositor deposit : deposits) {
      String denom = deposit.getBalance().getDenom();
      if (!DENOMS.contains(denom)) {
        throw EscrowErrors.INVALID_DENOM.refuse();
      }
      Coin coin = Coins.coin(denom, Coins.amount(deposit.getBalance()).truncate());
      bank.send(context, deposit.getOwner(), Addresses.ESCROW, List.of(coin));
    }
    return ledger.deposit(deposits);
  }

  private Ledger openLedger(Context context, io.berth.proto.akash.escrow.id.v1.Account id) {
    Account account = account(context, id).orElseThrow(EscrowErrors.ACCOUNT_NOT_FOUND::refuse);
    if (account.getState().getState() == State.closed) {
      throw EscrowErrors.ACCOUNT_CLOSED.refuse();
    }
    List<Payment> payments =
        context.scan(paymentsOf(id), Payment.class).values().stream()
            .filter(payment -> payment.getState().getState() != State.closed)
            .toList();
    return new Ledger(account, payments);
  }

  private Payment requirePayment(Context context, io.berth.proto.akash.escrow.id.v1.Payment id) {
    return payment(context, id).orElseThrow(EscrowErrors.PAYMENT_NOT_FOUND::refuse);
  }

  private static void save(Context context, Ledger ledger) {
    context.set(key(ledger.account().getId()), ledger.account());
    ledger.payments().forEach(payment -> context.set(key(payment.getId()), payment));
  }

  private static String key(io.berth.proto.akash.escrow.id.v1.Account id) {
    return ACCOUNTS + id.getScope().name() + "/" + id.getXid();
  }

  private static String key(io.berth.proto.akash.escrow.id.v1.Payment id) {
    return paymentsOf(id.getAid()) + id.getXid();
  }

  private static String paymentsOf(io.berth.proto.akash.escrow.id.v1.Account id) {
    return PAYMENTS + id.getScope().name() + "/" + id.getXid() + "/";
  }
}
