package io.berth.local.devnet.modules.escrow;

import io.berth.local.devnet.modules.Coins;
import io.berth.local.devnet.modules.Context;
import io.berth.local.devnet.modules.Dec;
import io.berth.local.devnet.modules.ErrorCode;
import io.berth.local.devnet.modules.authz.AuthzKeeper;
import io.berth.local.devnet.modules.authz.AuthzKeeper.DepositGrant;
import io.berth.local.devnet.modules.bank.BankKeeper;
import io.berth.proto.akash.base.deposit.v1.Deposit;
import io.berth.proto.akash.base.deposit.v1.Source;
import io.berth.proto.akash.escrow.types.v1.Depositor;
import io.berth.proto.akash.escrow.v1.DepositAuthorization;
import io.berth.proto.akash.escrow.v1.DepositAuthorization.Scope;
import io.berth.proto.cosmos.base.v1beta1.Coin;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Where a deposit comes from: the signer's balance, or what others granted the signer. */
public final class DepositGrants {

  // The chain reports a shortage with the market module's error, whatever the message.
  static final ErrorCode INSUFFICIENT = new ErrorCode("market", 28, "deposit invalid");

  private static final ErrorCode INVALID_SOURCE =
      new ErrorCode("akash", 4, "invalid deposit source");

  private final BankKeeper bank;
  private final AuthzKeeper authz;

  public DepositGrants(BankKeeper bank, AuthzKeeper authz) {
    this.bank = bank;
    this.authz = authz;
  }

  /** Stateless checks of a deposit: a valid coin, and one or two different sources. */
  public static void check(Deposit deposit) {
    if (!Coins.isValid(deposit.getAmount())) {
      throw EscrowErrors.INVALID_DEPOSIT.because("invalid amount");
    }
    Set<Source> seen = new HashSet<>();
    for (Source source : deposit.getSourcesList()) {
      if ((source != Source.balance && source != Source.grant) || !seen.add(source)) {
        throw INVALID_SOURCE.refuse();
      }
    }
    if (seen.isEmpty()) {
      throw INVALID_SOURCE.refuse();
    }
  }

  /**
   * Finds the coins of a deposit, source by source, and writes spent grants back. All or nothing.
   *
   * @param signer whose balance, or whose grants as the grantee
   * @param scope what a grant must be for
   */
  public List<Depositor> authorize(Context context, String signer, Deposit deposit, Scope scope) {
    List<Depositor> depositors = new ArrayList<>();
    String denom = deposit.getAmount().getDenom();
    BigInteger left = Coins.amount(deposit.getAmount());
    for (Source source : deposit.getSourcesList()) {
      left =
          source == Source.balance
              ? fromBalance(context, signer, denom, left, depositors)
              : fromGrants(context, signer, scope, denom, left, depositors);
    }
    if (left.signum() > 0) {
      throw INSUFFICIENT.with("insufficient balance");
    }
    return depositors;
  }

  private BigInteger fromBalance(
      Context context, String signer, String denom, BigInteger left, List<Depositor> depositors) {
    BigInteger spent = bank.balance(context, signer, denom).min(left);
    if (spent.signum() > 0) {
      depositors.add(depositor(context, signer, Source.balance, denom, spent));
    }
    return left.subtract(spent);
  }

  private BigInteger fromGrants(
      Context context,
      String signer,
      Scope scope,
      String denom,
      BigInteger wanted,
      List<Depositor> depositors) {
    BigInteger left = wanted;
    for (DepositGrant grant : authz.depositGrants(context, signer)) {
      DepositAuthorization authorization = grant.authorization();
      BigInteger spent = Coins.amountOf(limits(authorization), denom).min(left);
      if (spent.signum() == 0 || !authorization.getScopesList().contains(scope)) {
        continue;
      }
      BigInteger limit = Coins.amountOf(limits(authorization), denom).subtract(spent);
      authz.update(context, grant, withLimit(authorization, denom, limit));
      depositors.add(depositor(context, grant.granter(), Source.grant, denom, spent));
      left = left.subtract(spent);
    }
    return left;
  }

  /** Adds a refund to the grant it once came from, if that grant still exists. */
  static void giveBack(
      AuthzKeeper authz, Context context, String granter, String grantee, Coin coin) {
    authz
        .depositGrant(context, granter, grantee)
        .ifPresent(
            grant -> {
              BigInteger limit =
                  Coins.amountOf(limits(grant.authorization()), coin.getDenom())
                      .add(Coins.amount(coin));
              authz.update(
                  context, grant, withLimit(grant.authorization(), coin.getDenom(), limit));
            });
  }

  /** The limits; a grant of before v2.1 has its only one in the deprecated field. */
  private static List<Coin> limits(DepositAuthorization authorization) {
    boolean old = authorization.getSpendLimitsList().isEmpty() && authorization.hasSpendLimit();
    return old ? List.of(authorization.getSpendLimit()) : authorization.getSpendLimitsList();
  }

  private static DepositAuthorization withLimit(
      DepositAuthorization authorization, String denom, BigInteger limit) {
    return authorization.toBuilder()
        .clearSpendLimit()
        .clearSpendLimits()
        .addAllSpendLimits(Coins.withAmount(limits(authorization), denom, limit))
        .build();
  }

  private static Depositor depositor(
      Context context, String owner, Source source, String denom, BigInteger amount) {
    return Depositor.newBuilder()
        .setOwner(owner)
        .setHeight(context.height())
        .setSource(source)
        .setBalance(Coins.decCoin(denom, Dec.of(amount)))
        .build();
  }
}
