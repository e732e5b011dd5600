package io.berth.domain.bidding;

import io.berth.domain.akash.Bid;
import java.util.Map;

/**
 * A bid, and what the chain says of its provider.
 *
 * @param attributes the provider's own
 * @param audited whether some auditor signed attributes of the provider
 */
public record BidFacts(Bid bid, Map<String, String> attributes, boolean audited) {
  public BidFacts {
    attributes = Map.copyOf(attributes);
  }
}
