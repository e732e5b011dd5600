package io.berth.domain.bidding;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Rules by which Berth chooses a bid for each group of a deployment.
 *
 * @param maxPricePerBlock most that a whole group may cost, in uact per block; empty for the SDL's
 *     own limit alone
 * @param providers addresses of whom one must have bid; empty for any
 * @param excludeProviders addresses whose bids are never taken
 * @param attributes what the provider's own record on the chain must say
 * @param audited whether some auditor must have signed attributes of the provider
 * @param minBids acceptable bids to wait for, from 1
 * @param patience how long to wait for so many; then one is enough, and none fails the whole
 */
public record BidSelection(
    Strategy strategy,
    Optional<BigDecimal> maxPricePerBlock,
    Set<String> providers,
    Set<String> excludeProviders,
    Map<String, String> attributes,
    boolean audited,
    int minBids,
    Duration patience) {
  public BidSelection {
    providers = Set.copyOf(providers);
    excludeProviders = Set.copyOf(excludeProviders);
    attributes = Map.copyOf(attributes);
  }

  /** Which of several acceptable bids is taken. */
  public enum Strategy {
    /** The lowest price; of equal ones the one that came first. */
    CHEAPEST,
    /** The one that came first; of one block the cheapest. */
    FIRST
  }
}
