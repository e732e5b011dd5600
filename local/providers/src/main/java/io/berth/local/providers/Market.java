package io.berth.local.providers;

import io.berth.domain.akash.BidId;
import io.berth.domain.akash.Block;
import io.berth.domain.akash.DecCoin;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.akash.OrderId;
import io.berth.local.providers.bidding.Capacity;
import io.berth.local.providers.bidding.Requirements;
import io.berth.local.providers.bidding.ScalePricing;
import io.berth.local.providers.chain.Ids;
import io.berth.local.providers.chain.Node;
import io.berth.local.providers.chain.Outbox;
import io.berth.local.providers.cluster.Workload;
import io.berth.local.providers.cluster.Workload.Stage;
import io.berth.local.providers.cluster.Workloads;
import io.berth.proto.akash.base.deposit.v1.Deposit;
import io.berth.proto.akash.base.deposit.v1.Source;
import io.berth.proto.akash.deployment.v1beta4.GroupSpec;
import io.berth.proto.akash.deployment.v1beta4.ResourceUnit;
import io.berth.proto.akash.market.v1.Lease;
import io.berth.proto.akash.market.v1.LeaseClosedReason;
import io.berth.proto.akash.market.v1beta5.Bid;
import io.berth.proto.akash.market.v1beta5.MsgCloseBid;
import io.berth.proto.akash.market.v1beta5.MsgCreateBid;
import io.berth.proto.akash.market.v1beta5.Order;
import io.berth.proto.akash.market.v1beta5.ResourceOffer;
import io.berth.proto.cosmos.base.v1beta1.Coin;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A provider's part in the market. The chain is asked anew at every block, so a restart loses
 * nothing but how long bids and leases have been waiting.
 */
final class Market {
  private static final Logger LOG = System.getLogger(Market.class.getName());

  /** What the chain asks at least of a bid (chain-protocol.md §6.1). */
  private static final Coin BID_DEPOSIT =
      Coin.newBuilder().setDenom("uact").setAmount("500000").build();

  private final ProviderConfig config;
  private final Node node;
  private final Outbox outbox;
  private final Workloads workloads;
  private final Supplier<Persona> persona;

  /** Open orders that there is nothing more to do about: bid on once, or declined. */
  private final Set<OrderId> decided = new HashSet<>();

  private final Map<BidId, Instant> bidsSince = new HashMap<>();
  private final Map<BidId, Capacity> leases = new HashMap<>();

  /** Since when workloads with a manifest have not been ready. */
  private final Map<BidId, Instant> unreadySince = new HashMap<>();

  /** What was left, and how many bids were open, at the last block: for the gateway's threads. */
  private volatile Standing standing;

  private record Standing(Capacity free, int openBids) {}

  /** Until when a manifest must have come. Shared with the threads of the gateway. */
  private final Map<DeploymentId, Instant> manifestDeadlines = new HashMap<>();

  Market(
      ProviderConfig config,
      Node node,
      Outbox outbox,
      Workloads workloads,
      Supplier<Persona> persona) {
    this.config = config;
    this.node = node;
    this.outbox = outbox;
    this.workloads = workloads;
    this.persona = persona;
    this.standing = new Standing(config.capacity(), 0);
  }

  /** Any manifest for a deployment, even a bad one, ends the wait for it. */
  void manifestCame(DeploymentId deployment) {
    synchronized (manifestDeadlines) {
      manifestDeadlines.remove(deployment);
    }
  }

  /** One step: leases first, then old bids, then new ones. */
  void onBlock(Block block) {
    followLeases(block);
    if (persona.get() != Persona.KEEPS_EMPTY_LEASES) {
      closeLeasesWithoutManifest(block);
    }
    closeUnstableLeases(block);
    List<Bid> bids = node.openBids(config.address());
    closeUnusedBids(block, bids);
    Capacity free = config.capacity().minus(inUse(bids));
    standing = new Standing(free, bids.size());
    if (persona.get() != Persona.NEVER_BIDS) {
      bidOnOrders(block, free);
    }
  }

  /** The number of bids that their orders' owners have not decided on. */
  int openBids() {
    return standing.openBids();
  }

  /** What neither leases nor open bids hold. */
  Capacity free() {
    return standing.free();
  }

  private void followLeases(Block block) {
    Map<BidId, Lease> active =
        node.activeLeases(config.address()).stream()
            .collect(Collectors.toMap(lease -> Ids.lease(lease.getId()), lease -> lease));
    active.keySet().stream()
        .filter(lease -> !leases.containsKey(lease))
        .forEach(lease -> leaseWon(lease, block));
    for (BidId lease : Set.copyOf(leases.keySet())) {
      if (!active.containsKey(lease) && !isReclaiming(lease)) {
        LOG.log(Level.INFO, "{0}: lease {1} ended", config.name(), lease);
        leases.remove(lease);
        workloads.remove(lease);
      }
    }
    forgetDeadlinesWithoutLease();
  }

  private void leaseWon(BidId lease, Block block) {
    LOG.log(Level.INFO, "{0}: won lease {1}", config.name(), lease);
    Capacity taken =
        node.bid(lease).map(Bid::getResourcesOfferList).map(Market::offered).orElse(Capacity.NONE);
    leases.put(lease, taken);
    synchronized (manifestDeadlines) {
      manifestDeadlines.putIfAbsent(
          lease.deployment(), block.time().plus(config.manifestTimeout()));
    }
  }

  private boolean isReclaiming(BidId lease) {
    return node.lease(lease)
        .map(Lease::getState)
        .filter(Lease.State.reclaiming::equals)
        .isPresent();
  }

  private void forgetDeadlinesWithoutLease() {
    Set<DeploymentId> leased =
        leases.keySet().stream().map(BidId::deployment).collect(Collectors.toSet());
    synchronized (manifestDeadlines) {
      manifestDeadlines.keySet().retainAll(leased);
    }
  }

  private void closeLeasesWithoutManifest(Block block) {
    Set<DeploymentId> late;
    synchronized (manifestDeadlines) {
      late =
          manifestDeadlines.entrySet().stream()
              .filter(deadline -> !block.time().isBefore(deadline.getValue()))
              .map(Map.Entry::getKey)
              .collect(Collectors.toSet());
    }
    leases.keySet().stream()
        .filter(lease -> late.contains(lease.deployment()))
        .forEach(
            lease -> close(lease, LeaseClosedReason.lease_closed_reason_manifest_timeout, block));
  }

  private void closeUnstableLeases(Block block) {
    Set<BidId> unready =
        leases.keySet().stream()
            .filter(lease -> workloads.find(lease).filter(this::isUnready).isPresent())
            .collect(Collectors.toSet());
    unreadySince.keySet().retainAll(unready);
    unready.forEach(lease -> unreadySince.putIfAbsent(lease, block.time()));
    unreadySince.forEach(
        (lease, since) -> {
          if (isOver(config.unstableTimeout(), since, block)) {
            close(lease, LeaseClosedReason.lease_closed_reason_unstable, block);
          }
        });
  }

  private boolean isUnready(Workload workload) {
    return workloads.stage(workload) != Stage.READY;
  }

  private void closeUnusedBids(Block block, List<Bid> bids) {
    Set<BidId> open = bids.stream().map(bid -> Ids.bid(bid.getId())).collect(Collectors.toSet());
    bidsSince.keySet().retainAll(open);
    open.forEach(bid -> bidsSince.putIfAbsent(bid, block.time()));
    bidsSince.forEach(
        (bid, since) -> {
          if (isOver(config.bidTimeout(), since, block)) {
            close(bid, LeaseClosedReason.lease_closed_reason_unspecified, block);
          }
        });
  }

  private static boolean isOver(Duration timeout, Instant since, Block block) {
    return !block.time().isBefore(since.plus(timeout));
  }

  /** Closes a bid, and with it its lease. */
  void close(BidId bid, LeaseClosedReason reason, Block block) {
    MsgCloseBid close = MsgCloseBid.newBuilder().setId(Ids.bid(bid)).setReason(reason).build();
    outbox.send(close, block);
  }

  private void bidOnOrders(Block block, Capacity freeNow) {
    List<Order> orders = node.openOrders();
    decided.retainAll(orders.stream().map(order -> Ids.order(order.getId())).toList());
    List<Order> ripe = orders.stream().filter(order -> isRipe(order, block)).toList();
    if (ripe.isEmpty()) {
      return;
    }
    Requirements provider = new Requirements(config.attributes(), node.audited(config.address()));
    Capacity free = freeNow;
    for (Order order : ripe) {
      OrderId id = Ids.order(order.getId());
      Capacity wanted = wanted(order.getSpec());
      boolean bidBefore = node.bid(new BidId(id, config.address(), 0)).isPresent();
      if (!bidBefore && provider.allow(order.getSpec()) && free.covers(wanted)) {
        bid(id, order.getSpec()).ifPresent(bid -> outbox.send(bid, block));
        free = free.minus(wanted);
      }
      decided.add(id);
    }
  }

  private boolean isRipe(Order order, Block block) {
    return !decided.contains(Ids.order(order.getId()))
        && block.height() >= order.getCreatedAt() + config.bidDelayBlocks();
  }

  private Optional<MsgCreateBid> bid(OrderId order, GroupSpec group) {
    DecCoin maximum = ScalePricing.maximum(group);
    return config
        .pricing()
        .price(group)
        .filter(price -> price.amount().compareTo(maximum.amount()) <= 0)
        .map(
            price ->
                MsgCreateBid.newBuilder()
                    .setId(Ids.bid(new BidId(order, config.address(), 0)))
                    .setPrice(decCoin(price))
                    .setDeposit(
                        Deposit.newBuilder().setAmount(BID_DEPOSIT).addSources(Source.balance))
                    .addAllResourcesOffer(
                        group.getResourcesList().stream().map(Market::offer).toList())
                    .build());
  }

  private static ResourceOffer offer(ResourceUnit unit) {
    return ResourceOffer.newBuilder()
        .setResources(unit.getResource())
        .setCount(unit.getCount())
        .build();
  }

  private static io.berth.proto.cosmos.base.v1beta1.DecCoin decCoin(DecCoin coin) {
    BigDecimal units = coin.amount().movePointRight(18);
    return io.berth.proto.cosmos.base.v1beta1.DecCoin.newBuilder()
        .setDenom(coin.denom())
        .setAmount(units.toBigIntegerExact().toString())
        .build();
  }

  private Capacity inUse(List<Bid> bids) {
    Capacity ofBids =
        bids.stream()
            .map(bid -> offered(bid.getResourcesOfferList()))
            .reduce(Capacity.NONE, Capacity::plus);
    Capacity ofBidsUnderWay =
        outbox.underWay().stream()
            .filter(MsgCreateBid.class::isInstance)
            .map(message -> offered(((MsgCreateBid) message).getResourcesOfferList()))
            .reduce(Capacity.NONE, Capacity::plus);
    return sum(leases.values()).plus(ofBids).plus(ofBidsUnderWay);
  }

  private static Capacity wanted(GroupSpec group) {
    return sum(
        group.getResourcesList().stream()
            .map(unit -> Capacity.of(unit.getResource(), Integer.toUnsignedLong(unit.getCount())))
            .toList());
  }

  private static Capacity offered(List<ResourceOffer> offers) {
    return sum(
        offers.stream()
            .map(
                offer ->
                    Capacity.of(offer.getResources(), Integer.toUnsignedLong(offer.getCount())))
            .toList());
  }

  private static Capacity sum(Collection<Capacity> capacities) {
    return capacities.stream().reduce(Capacity.NONE, Capacity::plus);
  }
}
