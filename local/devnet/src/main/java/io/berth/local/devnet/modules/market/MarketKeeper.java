package io.berth.local.devnet.modules.market;

import io.berth.local.devnet.modules.Context;
import io.berth.local.devnet.modules.Keys;
import io.berth.local.devnet.modules.escrow.EscrowIds;
import io.berth.local.devnet.modules.escrow.EscrowKeeper;
import io.berth.local.devnet.store.Reader;
import io.berth.proto.akash.deployment.v1.DeploymentReclamation;
import io.berth.proto.akash.deployment.v1.GroupID;
import io.berth.proto.akash.deployment.v1beta4.Group;
import io.berth.proto.akash.escrow.id.v1.Account;
import io.berth.proto.akash.escrow.id.v1.Payment;
import io.berth.proto.akash.escrow.types.v1.State;
import io.berth.proto.akash.market.v1.BidID;
import io.berth.proto.akash.market.v1.EventBidClosed;
import io.berth.proto.akash.market.v1.EventBidCreated;
import io.berth.proto.akash.market.v1.EventLeaseClosed;
import io.berth.proto.akash.market.v1.EventLeaseCreated;
import io.berth.proto.akash.market.v1.EventOrderClosed;
import io.berth.proto.akash.market.v1.EventOrderCreated;
import io.berth.proto.akash.market.v1.Lease;
import io.berth.proto.akash.market.v1.LeaseClosedReason;
import io.berth.proto.akash.market.v1.LeaseID;
import io.berth.proto.akash.market.v1.OrderID;
import io.berth.proto.akash.market.v1.Reclamation;
import io.berth.proto.akash.market.v1beta5.Bid;
import io.berth.proto.akash.market.v1beta5.Order;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/** Keeps orders, bids and leases, and moves them through their states. */
public final class MarketKeeper {

  private static final String ORDERS = "market/order/";
  private static final String BIDS = "market/bid/";
  private static final String LEASES = "market/lease/";

  private final EscrowKeeper escrow;

  public MarketKeeper(EscrowKeeper escrow) {
    this.escrow = escrow;
  }

  /** The order of an id. */
  public Optional<Order> order(Reader state, OrderID id) {
    return state.get(key(id), Order.class);
  }

  /** The bid of an id. */
  public Optional<Bid> bid(Reader state, BidID id) {
    return state.get(key(id), Bid.class);
  }

  /** The lease of an id. */
  public Optional<Lease> lease(Reader state, LeaseID id) {
    return state.get(key(id), Lease.class);
  }

  NavigableMap<String, Order> orders(Reader state, String owner) {
    return state.scan(owned(ORDERS, owner), Order.class);
  }

  NavigableMap<String, Bid> bids(Reader state, String owner) {
    return state.scan(owned(BIDS, owner), Bid.class);
  }

  NavigableMap<String, Lease> leases(Reader state, String owner) {
    return state.scan(owned(LEASES, owner), Lease.class);
  }

  List<Bid> bidsOf(Reader state, OrderID id) {
    return List.copyOf(state.scan(BIDS + path(id) + "/", Bid.class).values());
  }

  private static String owned(String prefix, String owner) {
    return owner.isEmpty() ? prefix : prefix + owner + "/";
  }

  private List<Order> ordersOf(Reader state, GroupID id) {
    return List.copyOf(state.scan(ORDERS + path(id) + "/", Order.class).values());
  }

  /** Opens a group's next order. A group has at most one that is not closed. */
  public void createOrder(
      Context context, Group group, Optional<DeploymentReclamation> reclamation) {
    List<Order> before = ordersOf(context, group.getId());
    if (before.stream().anyMatch(order -> order.getState() != Order.State.closed)) {
      throw MarketErrors.ORDER_ACTIVE.because("create order: active order exists");
    }
    Order.Builder order =
        Order.newBuilder()
            .setId(MarketIds.order(group.getId(), before.size() + 1))
            .setState(Order.State.open)
            .setSpec(group.getGroupSpec())
            .setCreatedAt(context.height());
    reclamation.ifPresent(order::setReclamation);
    context.set(key(order.getId()), order.build());
    context.emit(EventOrderCreated.newBuilder().setId(order.getId()).build());
  }

  void createBid(Context context, Bid bid) {
    if (context.has(key(bid.getId()))) {
      throw MarketErrors.BID_EXISTS.refuse();
    }
    context.set(key(bid.getId()), bid);
    context.emit(EventBidCreated.newBuilder().setId(bid.getId()).setPrice(bid.getPrice()).build());
  }

  /** Makes the lease of a bid, and the bid and its order active. */
  void createLease(Context context, Order order, Bid bid) {
    Lease.Builder lease =
        Lease.newBuilder()
            .setId(MarketIds.lease(bid.getId()))
            .setState(Lease.State.active)
            .setPrice(bid.getPrice())
            .setCreatedAt(context.height());
    if (bid.hasReclamationWindow()) {
      lease.setReclamation(Reclamation.newBuilder().setWindow(bid.getReclamationWindow()));
    }
    context.set(key(lease.getId()), lease.build());
    context.emit(
        EventLeaseCreated.newBuilder().setId(lease.getId()).setPrice(lease.getPrice()).build());
    context.set(key(order.getId()), order.toBuilder().setState(Order.State.active).build());
    context.set(key(bid.getId()), bid.toBuilder().setState(Bid.State.active).build());
  }

  /**
   * Marks the other open bids of an order lost and returns their deposits. There is no event for
   * it. (Upstream's loop may stop at the first loser; here every loser is lost, as documented.)
   */
  void loseOtherBids(Context context, OrderID id) {
    for (Bid bid : bidsOf(context, id)) {
      if (bid.getState() == Bid.State.open) {
        context.set(key(bid.getId()), bid.toBuilder().setState(Bid.State.lost).build());
        closeAccount(context, bid.getId());
      }
    }
  }

  /** Closes an order; a closed one stays as it is. */
  void closeOrder(Context context, Order order) {
    if (order.getState() == Order.State.closed) {
      return;
    }
    context.set(key(order.getId()), order.toBuilder().setState(Order.State.closed).build());
    context.emit(EventOrderClosed.newBuilder().setId(order.getId()).build());
  }

  /** Closes a bid and returns its deposit; a closed or lost one stays as it is. */
  void closeBid(Context context, Bid bid) {
    if (bid.getState() == Bid.State.closed || bid.getState() == Bid.State.lost) {
      return;
    }
    context.set(key(bid.getId()), bid.toBuilder().setState(Bid.State.closed).build());
    closeAccount(context, bid.getId());
    context.emit(EventBidClosed.newBuilder().setId(bid.getId()).build());
  }

  /** Ends a lease; an ended one stays as it is. Its payment is closed apart. */
  void closeLease(Context context, Lease lease, Lease.State state, LeaseClosedReason reason) {
    if (lease.getState() == Lease.State.closed
        || lease.getState() == Lease.State.insufficient_funds) {
      return;
    }
    context.set(
        key(lease.getId()),
        lease.toBuilder().setState(state).setClosedOn(context.height()).setReason(reason).build());
    context.emit(EventLeaseClosed.newBuilder().setId(lease.getId()).setReason(reason).build());
  }

  void saveLease(Context context, Lease lease) {
    context.set(key(lease.getId()), lease);
  }

  /** Closes every order, bid, lease and payment of a group that was closed, paused or starved. */
  public void onGroupClosed(Context context, GroupID id, Group.State state) {
    boolean starved = state == Group.State.insufficient_funds;
    for (Order order : ordersOf(context, id)) {
      closeOrder(context, order);
      for (Bid bid : bidsOf(context, order.getId())) {
        closeBid(context, bid);
        lease(context, MarketIds.lease(bid.getId()))
            .ifPresent(
                lease -> {
                  if (starved) {
                    closeLease(
                        context,
                        lease,
                        Lease.State.insufficient_funds,
                        LeaseClosedReason.lease_closed_reason_insufficient_funds);
                  } else {
                    closeLease(
                        context, lease, Lease.State.closed, LeaseClosedReason.lease_closed_owner);
                  }
                  closePaymentIfOpen(context, EscrowIds.of(lease.getId()));
                });
      }
    }
  }

  private void closePaymentIfOpen(Context context, Payment id) {
    escrow
        .payment(context, id)
        .filter(payment -> payment.getState().getState() == State.open)
        .ifPresent(payment -> escrow.closePayment(context, id));
  }

  private void closeAccount(Context context, BidID id) {
    Account account = EscrowIds.of(id);
    escrow
        .account(context, account)
        .filter(found -> found.getState().getState() != State.closed)
        .ifPresent(found -> escrow.close(context, account));
  }

  private static String key(OrderID id) {
    return ORDERS + path(id);
  }

  private static String key(BidID id) {
    return BIDS + path(MarketIds.order(id)) + "/" + id.getProvider();
  }

  private static String key(LeaseID id) {
    return LEASES + path(MarketIds.order(MarketIds.bid(id))) + "/" + id.getProvider();
  }

  private static String path(GroupID id) {
    return id.getOwner() + "/" + Keys.of(id.getDseq()) + "/" + Keys.of(id.getGseq());
  }

  private static String path(OrderID id) {
    return path(MarketIds.group(id)) + "/" + Keys.of(id.getOseq());
  }
}
