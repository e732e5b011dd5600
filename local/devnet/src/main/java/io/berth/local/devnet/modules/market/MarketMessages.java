package io.berth.local.devnet.modules.market;

import io.berth.local.devnet.modules.Coins;
import io.berth.local.devnet.modules.Context;
import io.berth.local.devnet.modules.Router;
import io.berth.local.devnet.modules.Times;
import io.berth.local.devnet.modules.deployment.DeploymentKeeper;
import io.berth.local.devnet.modules.deployment.GroupRules;
import io.berth.local.devnet.modules.escrow.DepositGrants;
import io.berth.local.devnet.modules.escrow.EscrowIds;
import io.berth.local.devnet.modules.escrow.EscrowKeeper;
import io.berth.local.devnet.modules.provider.ProviderKeeper;
import io.berth.proto.akash.base.attributes.v1.Attribute;
import io.berth.proto.akash.deployment.v1.DeploymentReclamation;
import io.berth.proto.akash.deployment.v1beta4.Group;
import io.berth.proto.akash.escrow.types.v1.Depositor;
import io.berth.proto.akash.escrow.v1.DepositAuthorization;
import io.berth.proto.akash.market.v1.EventLeaseReclaimStarted;
import io.berth.proto.akash.market.v1.Lease;
import io.berth.proto.akash.market.v1.LeaseClosedReason;
import io.berth.proto.akash.market.v1.Reclamation;
import io.berth.proto.akash.market.v1beta5.Bid;
import io.berth.proto.akash.market.v1beta5.MsgCloseBid;
import io.berth.proto.akash.market.v1beta5.MsgCloseBidResponse;
import io.berth.proto.akash.market.v1beta5.MsgCloseLease;
import io.berth.proto.akash.market.v1beta5.MsgCloseLeaseResponse;
import io.berth.proto.akash.market.v1beta5.MsgCreateBid;
import io.berth.proto.akash.market.v1beta5.MsgCreateBidResponse;
import io.berth.proto.akash.market.v1beta5.MsgCreateLease;
import io.berth.proto.akash.market.v1beta5.MsgCreateLeaseResponse;
import io.berth.proto.akash.market.v1beta5.MsgLeaseStartReclaim;
import io.berth.proto.akash.market.v1beta5.MsgLeaseStartReclaimResponse;
import io.berth.proto.akash.market.v1beta5.MsgWithdrawLease;
import io.berth.proto.akash.market.v1beta5.MsgWithdrawLeaseResponse;
import io.berth.proto.akash.market.v1beta5.Order;
import io.berth.proto.akash.provider.v1beta4.Provider;
import io.berth.proto.cosmos.base.v1beta1.Coin;
import io.berth.proto.cosmos.base.v1beta1.DecCoin;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Handles {@code akash.market.v1beta5} messages. */
public final class MarketMessages {

  private static final int PROVIDER_REASONS_FROM = 10_000;
  private static final int PROVIDER_REASONS_TO = 19_999;

  private final MarketKeeper market;
  private final DeploymentKeeper deployments;
  private final ProviderKeeper providers;
  private final EscrowKeeper escrow;
  private final DepositGrants deposits;

  public MarketMessages(
      MarketKeeper market,
      DeploymentKeeper deployments,
      ProviderKeeper providers,
      EscrowKeeper escrow,
      DepositGrants deposits) {
    this.market = market;
    this.deployments = deployments;
    this.providers = providers;
    this.escrow = escrow;
    this.deposits = deposits;
  }

  public void register(Router router) {
    router
        .on(
            MsgCreateBid.getDefaultInstance(),
            MsgCreateBidResponse.getDefaultInstance(),
            message -> message.getId().getProvider(),
            MarketMessages::check,
            this::createBid)
        .on(
            MsgCloseBid.getDefaultInstance(),
            MsgCloseBidResponse.getDefaultInstance(),
            message -> message.getId().getProvider(),
            message -> {
              MarketIds.check(message.getId());
              checkProviderReason(message.getReasonValue());
            },
            this::closeBid)
        .on(
            MsgCreateLease.getDefaultInstance(),
            MsgCreateLeaseResponse.getDefaultInstance(),
            message -> message.getBidId().getOwner(),
            message -> MarketIds.check(message.getBidId()),
            this::createLease)
        .on(
            MsgCloseLease.getDefaultInstance(),
            MsgCloseLeaseResponse.getDefaultInstance(),
            message -> message.getId().getOwner(),
            message -> MarketIds.check(MarketIds.bid(message.getId())),
            this::closeLease)
        .on(
            MsgWithdrawLease.getDefaultInstance(),
            MsgWithdrawLeaseResponse.getDefaultInstance(),
            message -> message.getId().getProvider(),
            message -> MarketIds.check(MarketIds.bid(message.getId())),
            this::withdrawLease)
        .on(
            MsgLeaseStartReclaim.getDefaultInstance(),
            MsgLeaseStartReclaimResponse.getDefaultInstance(),
            message -> message.getId().getProvider(),
            message -> {
              MarketIds.check(MarketIds.bid(message.getId()));
              checkProviderReason(message.getReasonValue());
            },
            this::startReclaim);
  }

  private static void check(MsgCreateBid message) {
    MarketIds.check(message.getId());
    DepositGrants.check(message.getDeposit());
    if (Coins.amount(message.getPrice()).isZero()) {
      throw MarketErrors.BID_ZERO_PRICE.refuse();
    }
  }

  private static void checkProviderReason(int reason) {
    if (reason < PROVIDER_REASONS_FROM || reason > PROVIDER_REASONS_TO) {
      throw MarketErrors.INVALID_REASON.because(
          "value \"%d\" range 10000..19999".formatted(reason));
    }
  }

  private void createBid(Context context, MsgCreateBid message) {
    checkDeposit(message.getDeposit().getAmount());
    if (market.bidsOf(context, MarketIds.order(message.getId())).size()
        > MarketParams.ORDER_MAX_BIDS) {
      throw MarketErrors.INVALID_BID.with(
          "too many existing bids (%d)".formatted(MarketParams.ORDER_MAX_BIDS));
    }
    Order order =
        market
            .order(context, MarketIds.order(message.getId()))
            .orElseThrow(MarketErrors.ORDER_NOT_FOUND::refuse);
    checkCanBid(order);
    checkPrice(order, message.getPrice());
    checkProvider(context, order, message);
    List<Depositor> depositors =
        deposits.authorize(
            context,
            message.getId().getProvider(),
            message.getDeposit(),
            DepositAuthorization.Scope.bid);
    checkReclamation(order, message);
    Bid.Builder bid =
        Bid.newBuilder()
            .setId(message.getId())
            .setState(Bid.State.open)
            .setPrice(message.getPrice())
            .setCreatedAt(context.height())
            .addAllResourcesOffer(message.getResourcesOfferList());
    if (message.hasReclamationWindow()) {
      bid.setReclamationWindow(message.getReclamationWindow());
    }
    market.createBid(context, bid.build());
    escrow.create(
        context, EscrowIds.of(message.getId()), message.getId().getProvider(), depositors);
  }

  private static void checkDeposit(Coin deposit) {
    BigInteger minimum = Coins.amountOf(MarketParams.BID_MIN_DEPOSITS, deposit.getDenom());
    if (minimum.signum() == 0) {
      throw MarketErrors.INVALID_DEPOSIT.with("unsupported denom " + deposit.getDenom());
    }
    if (Coins.amount(deposit).compareTo(minimum) < 0) {
      throw MarketErrors.INVALID_DEPOSIT.with(
          "minimum:%s%s received:%s".formatted(minimum, deposit.getDenom(), Coins.text(deposit)));
    }
  }

  private static void checkCanBid(Order order) {
    switch (order.getState()) {
      case open -> {}
      case active -> throw MarketErrors.ORDER_ACTIVE.refuse();
      default -> throw MarketErrors.ORDER_CLOSED.refuse();
    }
  }

  private static void checkPrice(Order order, DecCoin price) {
    DecCoin ceiling = GroupRules.price(order.getSpec());
    boolean fits =
        Coins.isValid(price)
            && price.getDenom().equals(ceiling.getDenom())
            && Coins.amount(price).compareTo(Coins.amount(ceiling)) <= 0;
    if (!fits) {
      throw MarketErrors.INVALID_PRICE.refuse();
    }
  }

  private void checkProvider(Context context, Order order, MsgCreateBid message) {
    if (!Matching.offers(order.getSpec(), message.getResourcesOfferList())) {
      throw MarketErrors.CAPABILITIES_MISMATCH.refuse();
    }
    String address = message.getId().getProvider();
    Provider provider =
        providers.provider(context, address).orElseThrow(MarketErrors.UNKNOWN_PROVIDER::refuse);
    List<Attribute> attributes = provider.getAttributesList();
    if (!Matching.hasAttributes(order.getSpec(), attributes, providers.audited(context, address))) {
      throw MarketErrors.ATTRIBUTE_MISMATCH.refuse();
    }
    if (!Matching.hasCapabilities(order.getSpec(), attributes)) {
      throw MarketErrors.CAPABILITIES_MISMATCH.refuse();
    }
  }

  private static void checkReclamation(Order order, MsgCreateBid message) {
    Duration window = Times.duration(message.getReclamationWindow());
    if (order.hasReclamation()) {
      if (!message.hasReclamationWindow()) {
        throw MarketErrors.RECLAMATION_REQUIRED.refuse();
      }
      if (window.compareTo(Times.duration(order.getReclamation().getMinWindow())) < 0) {
        throw MarketErrors.WINDOW_TOO_SHORT.refuse();
      }
    }
    boolean outside =
        window.compareTo(MarketParams.MIN_RECLAMATION_WINDOW) < 0
            || window.compareTo(MarketParams.MAX_RECLAMATION_WINDOW) > 0;
    if (message.hasReclamationWindow() && outside) {
      throw MarketErrors.WINDOW_INVALID.refuse();
    }
  }

  /** A provider leaves: an open bid is just closed; with its lease, the group is paused. */
  private void closeBid(Context context, MsgCloseBid message) {
    Bid bid = market.bid(context, message.getId()).orElseThrow(MarketErrors.UNKNOWN_BID::refuse);
    Order order =
        market
            .order(context, MarketIds.order(message.getId()))
            .orElseThrow(MarketErrors.UNKNOWN_ORDER_FOR_BID::refuse);
    if (bid.getState() == Bid.State.open) {
      market.closeBid(context, bid);
      return;
    }
    Lease lease =
        market
            .lease(context, MarketIds.lease(message.getId()))
            .orElseThrow(MarketErrors.UNKNOWN_LEASE_FOR_BID::refuse);
    checkMayLeave(context, lease);
    if (bid.getState() != Bid.State.active) {
      throw MarketErrors.BID_NOT_ACTIVE.refuse();
    }
    deployments
        .group(context, MarketIds.group(order.getId()))
        .filter(group -> group.getState() == Group.State.open)
        .ifPresent(group -> deployments.pauseGroup(context, group));
    market.closeLease(context, lease, Lease.State.closed, message.getReason());
    market.closeBid(context, bid);
    market.closeOrder(context, order);
    escrow.closePayment(context, EscrowIds.of(lease.getId()));
  }

  private static void checkMayLeave(Context context, Lease lease) {
    switch (lease.getState()) {
      case active -> {
        if (lease.hasReclamation()) {
          throw MarketErrors.RECLAMATION_NOT_STARTED.refuse();
        }
      }
      case reclaiming -> {
        if (context.time().getEpochSecond() < lease.getReclamation().getDeadline()) {
          throw MarketErrors.WINDOW_NOT_ELAPSED.refuse();
        }
      }
      default -> throw MarketErrors.LEASE_NOT_ACTIVE.refuse();
    }
  }

  private void createLease(Context context, MsgCreateLease message) {
    Bid bid =
        market.bid(context, message.getBidId()).orElseThrow(MarketErrors.BID_NOT_FOUND::refuse);
    if (bid.getState() != Bid.State.open) {
      throw MarketErrors.BID_NOT_OPEN.refuse();
    }
    Order order =
        market
            .order(context, MarketIds.order(message.getBidId()))
            .orElseThrow(MarketErrors.ORDER_NOT_FOUND::refuse);
    if (order.getState() != Order.State.open) {
      throw MarketErrors.ORDER_NOT_OPEN.refuse();
    }
    Group group =
        deployments
            .group(context, MarketIds.group(order.getId()))
            .orElseThrow(MarketErrors.GROUP_NOT_FOUND::refuse);
    if (group.getState() != Group.State.open) {
      throw MarketErrors.GROUP_NOT_OPEN.refuse();
    }
    escrow.createPayment(
        context,
        EscrowIds.of(MarketIds.lease(bid.getId())),
        bid.getId().getProvider(),
        bid.getPrice());
    market.createLease(context, order, bid);
    market.loseOtherBids(context, order.getId());
  }

  /** The tenant ends a lease; a group that is still open gets its next order at once. */
  private void closeLease(Context context, MsgCloseLease message) {
    Order order =
        market
            .order(context, MarketIds.order(MarketIds.bid(message.getId())))
            .orElseThrow(MarketErrors.ORDER_NOT_FOUND::refuse);
    if (order.getState() != Order.State.active) {
      throw MarketErrors.ORDER_CLOSED.refuse();
    }
    Bid bid =
        market
            .bid(context, MarketIds.bid(message.getId()))
            .orElseThrow(MarketErrors.BID_NOT_FOUND::refuse);
    if (bid.getState() != Bid.State.active) {
      throw MarketErrors.BID_NOT_ACTIVE.refuse();
    }
    Lease lease =
        market.lease(context, message.getId()).orElseThrow(MarketErrors.LEASE_NOT_FOUND::refuse);
    if (lease.getState() != Lease.State.active && lease.getState() != Lease.State.reclaiming) {
      throw MarketErrors.ORDER_CLOSED.refuse();
    }
    market.closeLease(context, lease, Lease.State.closed, LeaseClosedReason.lease_closed_owner);
    market.closeBid(context, bid);
    market.closeOrder(context, order);
    escrow.closePayment(context, EscrowIds.of(lease.getId()));
    deployments
        .group(context, MarketIds.group(order.getId()))
        .filter(group -> group.getState() == Group.State.open)
        .ifPresent(group -> market.createOrder(context, group, reclamation(order)));
  }

  private void withdrawLease(Context context, MsgWithdrawLease message) {
    if (market.lease(context, message.getId()).isEmpty()) {
      throw MarketErrors.UNKNOWN_LEASE.refuse();
    }
    escrow.withdraw(context, EscrowIds.of(message.getId()));
  }

  private void startReclaim(Context context, MsgLeaseStartReclaim message) {
    Lease lease =
        market.lease(context, message.getId()).orElseThrow(MarketErrors.UNKNOWN_LEASE::refuse);
    if (lease.getState() == Lease.State.reclaiming) {
      throw MarketErrors.ALREADY_RECLAIMING.refuse();
    }
    if (lease.getState() != Lease.State.active) {
      throw MarketErrors.LEASE_NOT_ACTIVE.refuse();
    }
    if (!lease.hasReclamation()) {
      throw MarketErrors.NOT_RECLAMABLE.refuse();
    }
    Duration window = Times.duration(lease.getReclamation().getWindow());
    Reclamation reclamation =
        lease.getReclamation().toBuilder()
            .setStartedAt(context.height())
            .setDeadline(context.time().plus(window).getEpochSecond())
            .setReason(message.getReason())
            .build();
    market.saveLease(
        context,
        lease.toBuilder().setState(Lease.State.reclaiming).setReclamation(reclamation).build());
    context.emit(
        EventLeaseReclaimStarted.newBuilder()
            .setId(lease.getId())
            .setReason(message.getReason())
            .setDeadline(reclamation.getDeadline())
            .build());
  }

  private static Optional<DeploymentReclamation> reclamation(Order order) {
    return order.hasReclamation() ? Optional.of(order.getReclamation()) : Optional.empty();
  }
}
