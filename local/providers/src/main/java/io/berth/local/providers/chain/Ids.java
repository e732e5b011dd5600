package io.berth.local.providers.chain;

import io.berth.domain.akash.BidId;
import io.berth.domain.akash.OrderId;
import io.berth.proto.akash.market.v1.BidID;
import io.berth.proto.akash.market.v1.LeaseID;
import io.berth.proto.akash.market.v1.OrderID;

/** The chain's ids as messages and as values. */
public final class Ids {
  private Ids() {}

  public static OrderId order(OrderID id) {
    return new OrderId(id.getOwner(), id.getDseq(), id.getGseq(), id.getOseq());
  }

  public static BidId bid(BidID id) {
    OrderId order = new OrderId(id.getOwner(), id.getDseq(), id.getGseq(), id.getOseq());
    return new BidId(order, id.getProvider(), id.getBseq());
  }

  public static BidId lease(LeaseID id) {
    OrderId order = new OrderId(id.getOwner(), id.getDseq(), id.getGseq(), id.getOseq());
    return new BidId(order, id.getProvider(), id.getBseq());
  }

  public static BidID bid(BidId id) {
    return BidID.newBuilder()
        .setOwner(id.order().owner())
        .setDseq(id.order().dseq())
        .setGseq(id.order().gseq())
        .setOseq(id.order().oseq())
        .setProvider(id.provider())
        .setBseq(id.bseq())
        .build();
  }

  public static LeaseID lease(BidId id) {
    return LeaseID.newBuilder()
        .setOwner(id.order().owner())
        .setDseq(id.order().dseq())
        .setGseq(id.order().gseq())
        .setOseq(id.order().oseq())
        .setProvider(id.provider())
        .setBseq(id.bseq())
        .build();
  }
}
