package io.berth.domain.deployment;

import io.berth.domain.akash.BidId;
import io.berth.domain.provider.ClusterEvent;

/** An event of a lease; {@code receivedAt} is when Berth got it first. */
public record KeptEvent(BidId lease, ClusterEvent event) {

  /** What makes two of them one. */
  record Identity(BidId lease, ClusterEvent.Identity event) {}

  Identity identity() {
    return new Identity(lease, event.identity());
  }
}
