package io.berth.domain.akash;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A provider's bid on an order.
 *
 * @param price total per block for the whole group
 * @param createdAt height of the block
 * @param reclamationWindow the notice the provider gives before it takes resources back
 */
public record Bid(
    BidId id,
    State state,
    DecCoin price,
    long createdAt,
    List<ResourceOffer> resourcesOffer,
    Optional<Duration> reclamationWindow,
    EscrowAccount escrow) {
  public Bid {
    resourcesOffer = List.copyOf(resourcesOffer);
  }

  /** {@code akash.market.v1beta5.Bid.State}. */
  public enum State {
    OPEN,
    ACTIVE,
    LOST,
    CLOSED,
    UNKNOWN
  }
}
