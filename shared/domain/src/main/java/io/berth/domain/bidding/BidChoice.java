package io.berth.domain.bidding;

import io.berth.domain.akash.Bid;
import java.util.List;

/** What the rules make of the bids so far. */
public sealed interface BidChoice {

  /** One bid for each group, by gseq. */
  record Chosen(List<Bid> bids) implements BidChoice {
    public Chosen {
      bids = List.copyOf(bids);
    }
  }

  /** Some group's bids are still to come. */
  record Waiting() implements BidChoice {}

  /**
   * A group's time is over and no bid on it can be accepted.
   *
   * @param gseq the group
   * @param refused every open bid on it, with the rule that refuses it
   */
  record NoneAcceptable(int gseq, List<RefusedBid> refused) implements BidChoice {
    public NoneAcceptable {
      refused = List.copyOf(refused);
    }
  }
}
