package io.berth.local.devnet.modules.market;

import io.berth.local.devnet.modules.Addresses;
import io.berth.local.devnet.modules.SdkErrors;
import io.berth.proto.akash.deployment.v1.GroupID;
import io.berth.proto.akash.market.v1.BidID;
import io.berth.proto.akash.market.v1.LeaseID;
import io.berth.proto.akash.market.v1.OrderID;

/** How the market's ids derive from each other. */
final class MarketIds {

  static GroupID group(OrderID id) {
    return GroupID.newBuilder()
        .setOwner(id.getOwner())
        .setDseq(id.getDseq())
        .setGseq(id.getGseq())
        .build();
  }

  static OrderID order(GroupID id, int oseq) {
    return OrderID.newBuilder()
        .setOwner(id.getOwner())
        .setDseq(id.getDseq())
        .setGseq(id.getGseq())
        .setOseq(oseq)
        .build();
  }

  static OrderID order(BidID id) {
    return OrderID.newBuilder()
        .setOwner(id.getOwner())
        .setDseq(id.getDseq())
        .setGseq(id.getGseq())
        .setOseq(id.getOseq())
        .build();
  }

  static LeaseID lease(BidID id) {
    return LeaseID.newBuilder()
        .setOwner(id.getOwner())
        .setDseq(id.getDseq())
        .setGseq(id.getGseq())
        .setOseq(id.getOseq())
        .setProvider(id.getProvider())
        .setBseq(id.getBseq())
        .build();
  }

  static BidID bid(LeaseID id) {
    return BidID.newBuilder()
        .setOwner(id.getOwner())
        .setDseq(id.getDseq())
        .setGseq(id.getGseq())
        .setOseq(id.getOseq())
        .setProvider(id.getProvider())
        .setBseq(id.getBseq())
        .build();
  }

  /** The stateless checks of an id. */
  static void check(BidID id) {
    Addresses.require(id.getOwner(), "BidID: Invalid Owner Address");
    if (id.getDseq() == 0 || id.getGseq() == 0 || id.getOseq() == 0) {
      throw SdkErrors.INVALID_SEQUENCE.because("BidID: Invalid Sequence");
    }
    Addresses.require(id.getProvider(), "BidID: Invalid Provider Address");
    if (id.getOwner().equals(id.getProvider())) {
      throw SdkErrors.CONFLICT.because("BidID: self-bid");
    }
    if (id.getBseq() != 0) {
      throw SdkErrors.CONFLICT.because("BidID: bseq must be 0");
    }
  }

  private MarketIds() {}
}
