package io.berth.domain.bidding;

import io.berth.domain.akash.Bid;
import io.berth.domain.akash.BidId;
import io.berth.domain.akash.DecCoin;
import io.berth.domain.akash.EscrowAccount;
import io.berth.domain.akash.OrderId;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Bids as tests need them. */
final class Bids {
  private Bids() {}

  static Bid bid(int gseq, String provider, String uact, long height) {
    return bid(gseq, provider, new DecCoin("uact", new BigDecimal(uact)), height, Bid.State.OPEN);
  }

  static Bid bid(int gseq, String provider, DecCoin price, long height, Bid.State state) {
    return new Bid(
        new BidId(new OrderId("akash1owner", 7, gseq, 1), provider, 0),
        state,
        price,
        height,
        List.of(),
        Optional.empty(),
        new EscrowAccount(
            "bid",
            "akash1owner/7/" + gseq + "/1/" + provider,
            provider,
            EscrowAccount.State.OPEN,
            List.of(),
            height,
            List.of(),
            List.of()));
  }
}
