package io.berth.sdl;

import io.berth.sdl.group.GroupSpec;
import java.math.BigDecimal;
import java.util.List;

/**
 * The most that groups can cost: providers bid at or below the SDL's own prices.
 *
 * @param denom denomination of all prices
 * @param perBlock for all groups and replicas
 * @param perMonth for 30 days of blocks every 6.5 seconds (chain-protocol.md §6.1)
 */
public record PriceEstimate(String denom, BigDecimal perBlock, BigDecimal perMonth) {

  /** Blocks in 30 days at 6.5 seconds each. */
  public static final long BLOCKS_PER_MONTH = 398_769;

  /**
   * The estimate for groups of one denomination.
   *
   * @param groups at least one, with at least one resource unit
   */
  public static PriceEstimate of(List<GroupSpec> groups) {
    BigDecimal perBlock =
        groups.stream()
            .flatMap(group -> group.resources().stream())
            .map(unit -> unit.price().amount().multiply(BigDecimal.valueOf(unit.count())))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return new PriceEstimate(
        groups.getFirst().resources().getFirst().price().denom(),
        perBlock,
        perBlock.multiply(BigDecimal.valueOf(BLOCKS_PER_MONTH)));
  }
}
