package io.berth.local.devnet.modules.market;

import io.berth.local.devnet.modules.Coins;
import io.berth.local.devnet.modules.Times;
import io.berth.proto.akash.market.v1beta5.Params;
import io.berth.proto.cosmos.base.v1beta1.Coin;
import java.time.Duration;
import java.util.List;

/** The module's parameters, as the v2.1.0 upgrade set them. */
public final class MarketParams {

  /** The shortest time in which a provider may give a lease back, where that was agreed. */
  public static final Duration MIN_RECLAMATION_WINDOW = Duration.ofHours(1);

  /** The longest. */
  public static final Duration MAX_RECLAMATION_WINDOW = Duration.ofDays(30);

  /** The smallest deposit of a bid. */
  static final List<Coin> BID_MIN_DEPOSITS =
      List.of(Coins.coin(Coins.UACT, 500_000), Coins.coin(Coins.UAKT, 500_000));

  /** A further bid is refused once an order has more than this. */
  static final int ORDER_MAX_BIDS = 20;

  static Params params() {
    return Params.newBuilder()
        .setBidMinDeposit(Coins.coin(Coins.UAKT, 500_000))
        .setOrderMaxBids(ORDER_MAX_BIDS)
        .addAllBidMinDeposits(BID_MIN_DEPOSITS)
        .setMinReclamationWindow(Times.duration(MIN_RECLAMATION_WINDOW))
        .setMaxReclamationWindow(Times.duration(MAX_RECLAMATION_WINDOW))
        .build();
  }

  private MarketParams() {}
}
