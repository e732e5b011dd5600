package io.berth.chain;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import io.berth.domain.akash.Coin;
import io.berth.proto.akash.escrow.v1.DepositAuthorization;
import io.berth.proto.cosmos.feegrant.v1beta1.AllowedMsgAllowance;
import io.berth.proto.cosmos.feegrant.v1beta1.BasicAllowance;
import io.berth.proto.cosmos.feegrant.v1beta1.PeriodicAllowance;
import java.util.List;

/** How much of another's money a grant still lets one spend. */
final class Allowances {
  private static final Coin UNLIMITED = Coin.uakt(Long.MAX_VALUE);

  private Allowances() {}

  /** What may still be deposited into deployments; zero for other kinds of authorizations. */
  static Coin deposits(Any authorization, String denom) {
    if (!authorization.getTypeUrl().equals("/akash.escrow.v1.DepositAuthorization")) {
      return Coins.amountOf(denom, List.of());
    }
    try {
      DepositAuthorization deposits = DepositAuthorization.parseFrom(authorization.getValue());
      if (!deposits.getScopesList().contains(DepositAuthorization.Scope.deployment)) {
        return Coins.amountOf(denom, List.of());
      }
      return Coins.amountOf(
          denom,
          deposits.getSpendLimitsCount() == 0
              ? List.of(deposits.getSpendLimit())
              : deposits.getSpendLimitsList());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("malformed authorization on the chain", e);
    }
  }

  /** What may still be spent on fees, in uakt; zero for kinds of allowances that are unknown. */
  static Coin fees(Any allowance) {
    try {
      return switch (allowance.getTypeUrl()) {
        case "/cosmos.feegrant.v1beta1.BasicAllowance" ->
            limit(BasicAllowance.parseFrom(allowance.getValue()).getSpendLimitList());
        case "/cosmos.feegrant.v1beta1.PeriodicAllowance" ->
            periodic(PeriodicAllowance.parseFrom(allowance.getValue()));
        case "/cosmos.feegrant.v1beta1.AllowedMsgAllowance" ->
            fees(AllowedMsgAllowance.parseFrom(allowance.getValue()).getAllowance());
        default -> Coin.uakt(0);
      };
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("malformed allowance on the chain", e);
    }
  }

  private static Coin periodic(PeriodicAllowance allowance) {
    Coin total = limit(allowance.getBasic().getSpendLimitList());
    Coin now = Coins.amountOf(Coin.UAKT, allowance.getPeriodCanSpendList());
    return new Coin(Coin.UAKT, total.amount().min(now.amount()));
  }

  private static Coin limit(List<io.berth.proto.cosmos.base.v1beta1.Coin> limits) {
    return limits.isEmpty() ? UNLIMITED : Coins.amountOf(Coin.UAKT, limits);
  }
}
