package io.berth.domain.bidding;

import io.berth.domain.akash.Bid;

/** A bid that a rule refuses, and why. */
public record RefusedBid(Bid bid, String reason) {}
