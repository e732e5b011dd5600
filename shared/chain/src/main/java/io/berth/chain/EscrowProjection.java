package io.berth.chain;

import io.berth.domain.akash.DecCoin;
import io.berth.domain.akash.EscrowAccount;
import io.berth.domain.akash.Lease;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.OptionalLong;

/**
 * A deployment's escrow as it stands at a height. The chain settles only when a transaction touches
 * the account, so what is stored is old; rent since then is computed here as settlement would.
 *
 * @param owed rent since the last settlement, whole units, for all leases
 * @param left what remains after it; negative once the money has run out
 * @param spent paid out so far and owed
 * @param perBlock rent of all running leases
 * @param endHeight the block in which the money runs out; empty when nothing is spent
 */
public record EscrowProjection(
    BigDecimal owed,
    BigDecimal left,
    BigDecimal spent,
    BigDecimal perBlock,
    OptionalLong endHeight) {

  /**
   * The account at {@code height}, in one denomination.
   *
   * @param leases the deployment's leases, of any state
   */
  public static EscrowProjection at(
      long height, EscrowAccount account, List<Lease> leases, String denom) {
    BigDecimal funds = sum(account.funds(), denom);
    BigDecimal transferred = sum(account.transferred(), denom);
    List<BigDecimal> rates =
        account.state() == EscrowAccount.State.OPEN ? rates(leases, denom) : List.of();
    BigDecimal blocks = BigDecimal.valueOf(Math.max(0, height - account.settledAt()));
    BigDecimal owed =
        rates.stream()
            .map(rate -> rate.multiply(blocks).setScale(0, RoundingMode.DOWN))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal perBlock = rates.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    return new EscrowProjection(
        owed,
        funds.subtract(owed),
        transferred.add(owed),
        perBlock,
        perBlock.signum() > 0
            ? OptionalLong.of(
                account.settledAt()
                    + funds.divide(perBlock, 0, RoundingMode.FLOOR).longValueExact())
            : OptionalLong.empty());
  }

  private static List<BigDecimal> rates(List<Lease> leases, String denom) {
    return leases.stream()
        .filter(
            lease -> lease.state() == Lease.State.ACTIVE || lease.state() == Lease.State.RECLAIMING)
        .map(Lease::price)
        .filter(price -> price.denom().equals(denom))
        .map(DecCoin::amount)
        .toList();
  }

  private static BigDecimal sum(List<DecCoin> coins, String denom) {
    return coins.stream()
        .filter(coin -> coin.denom().equals(denom))
        .map(DecCoin::amount)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
