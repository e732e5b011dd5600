package io.berth.local.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.local.devnet.modules.Addresses;
import io.berth.proto.akash.deployment.v1.Deployment;
import io.berth.proto.akash.deployment.v1beta4.Group;
import io.berth.proto.akash.deployment.v1beta4.MsgUpdateDeployment;
import io.berth.proto.akash.escrow.types.v1.State;
import io.berth.proto.akash.market.v1.Lease;
import io.berth.proto.akash.market.v1.LeaseClosedReason;
import io.berth.proto.akash.market.v1beta5.Bid;
import io.berth.proto.akash.market.v1beta5.MsgCloseBid;
import io.berth.proto.akash.market.v1beta5.MsgCloseLease;
import io.berth.proto.akash.market.v1beta5.MsgWithdrawLease;
import io.berth.proto.akash.market.v1beta5.Order;
import io.berth.proto.cosmos.base.abci.v1beta1.TxResponse;
import io.berth.proto.tendermint.abci.Event;
import io.berth.proto.tendermint.abci.EventAttribute;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The main job and its turns, over gRPC: deployments, groups, orders, bids, leases, escrow. */
class LifecycleTest {

  private final TestNet net = new TestNet();

  @AfterEach
  void stop() {
    net.close();
  }

  @Test
  void createsADeploymentWithItsGroupsAnOpenOrderEachAndItsEscrow() {
    net.succeed(net.tenant, net.create(TestNet.group("web"), TestNet.group("db")).build());

    var found = net.deployment();
    assertThat(found.getDeployment().getState()).isEqualTo(Deployment.State.active);
    assertThat(found.getDeployment().getHash()).isEqualTo(TestNet.hash(7));
    assertThat(found.getDeployment().getCreatedAt()).isEqualTo(net.devnet.height());
    assertThat(found.getGroupsList())
        .extracting(group -> group.getGroupSpec().getName(), Group::getState)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("web", Group.State.open),
            org.assertj.core.groups.Tuple.tuple("db", Group.State.open));
    assertThat(net.order(1, 1).getState()).isEqualTo(Order.State.open);
    assertThat(net.order(2, 1).getState()).isEqualTo(Order.State.open);
    var account = found.getEscrowAccount();
    assertThat(account.getId().getXid()).isEqualTo(net.tenant.address() + "/" + TestNet.DSEQ);
    assertThat(account.getState().getState()).isEqualTo(State.open);
    assertThat(account.getState().getFunds(0).getAmount()).isEqualTo("5000000000000000000000000");
    assertThat(account.getState().getDeposits(0).getOwner()).isEqualTo(net.funder.address());
    assertThat(net.balance(Addresses.ESCROW, "uact")).isEqualTo(5_000_000);
    assertThat(net.balance(net.funder, "uact")).isEqualTo(995_000_000);
  }

  @Test
  void leasesTheChosenBidAndReturnsTheDepositsOfTheLosers() {
    net.succeed(net.tenant, net.create().build());
    net.succeed(net.provider, net.bid(net.provider, 1, 1, "3.5").build());
    net.succeed(net.otherProvider, net.bid(net.otherProvider, 1, 1, "4").build());
    long before = net.balance(net.otherProvider, "uact");

    net.succeed(net.tenant, net.lease(net.provider, 1, 1));

    assertThat(net.order(1, 1).getState()).isEqualTo(Order.State.active);
    assertThat(net.bid(net.provider, 1, 1).getState()).isEqualTo(Bid.State.active);
    assertThat(net.bid(net.otherProvider, 1, 1).getState()).isEqualTo(Bid.State.lost);
    assertThat(net.balance(net.otherProvider, "uact") - before).isEqualTo(500_000);
    var lease = net.queryLease(net.provider, 1, 1);
    assertThat(lease.getLease().getState()).isEqualTo(Lease.State.active);
    assertThat(lease.getLease().getPrice().getAmount()).isEqualTo("3500000000000000000");
    assertThat(lease.getEscrowPayment().getState().getState()).isEqualTo(State.open);
  }

  @Test
  void closingADeploymentPaysTheProviderAndRefundsTheGranterAndTheGrant() {
    net.leased("3.5");
    long providerBefore = net.balance(net.provider, "uact");
    net.blocks(4);

    net.succeed(net.tenant, net.closeDeployment());

    // Five blocks after the lease at 3.5: 17.5, of which 17 are paid; the bid's deposit returns.
    assertThat(net.balance(net.provider, "uact") - providerBefore).isEqualTo(17 + 500_000);
    assertThat(net.balance(net.funder, "uact")).isEqualTo(1_000_000_000 - 17);
    assertThat(net.balance(Addresses.ESCROW, "uact")).isZero();
    assertThat(Grants.limit(net, "uact")).isEqualTo(20_000_000 - 17);
    assertThat(net.deployment().getDeployment().getState()).isEqualTo(Deployment.State.closed);
    assertThat(net.deployment().getGroups(0).getState()).isEqualTo(Group.State.closed);
    assertThat(net.order(1, 1).getState()).isEqualTo(Order.State.closed);
    assertThat(net.bid(net.provider, 1, 1).getState()).isEqualTo(Bid.State.closed);
    var lease = net.queryLease(net.provider, 1, 1).getLease();
    assertThat(lease.getState()).isEqualTo(Lease.State.closed);
    assertThat(lease.getReason()).isEqualTo(LeaseClosedReason.lease_closed_owner);
    assertThat(lease.getClosedOn()).isEqualTo(net.devnet.height());
  }

  @Test
  void closingALeaseOpensTheNextOrderAtOnceAndKeepsTheEscrow() {
    net.leased("2");

    net.succeed(
        net.tenant, MsgCloseLease.newBuilder().setId(net.leaseId(net.provider, 1, 1)).build());

    assertThat(net.order(1, 1).getState()).isEqualTo(Order.State.closed);
    assertThat(net.order(1, 2).getState()).isEqualTo(Order.State.open);
    assertThat(net.deployment().getDeployment().getState()).isEqualTo(Deployment.State.active);
    assertThat(net.deployment().getEscrowAccount().getState().getState()).isEqualTo(State.open);
    assertThat(net.queryLease(net.provider, 1, 1).getEscrowPayment().getState().getState())
        .isEqualTo(State.closed);
  }

  @Test
  void aProviderThatLeavesPausesTheGroup() {
    net.leased("2");

    net.succeed(
        net.provider,
        MsgCloseBid.newBuilder()
            .setId(net.bidId(net.provider, 1, 1))
            .setReason(LeaseClosedReason.lease_closed_reason_manifest_timeout)
            .build());

    assertThat(net.deployment().getGroups(0).getState()).isEqualTo(Group.State.paused);
    var lease = net.queryLease(net.provider, 1, 1).getLease();
    assertThat(lease.getState()).isEqualTo(Lease.State.closed);
    assertThat(lease.getReason()).isEqualTo(LeaseClosedReason.lease_closed_reason_manifest_timeout);
    assertThat(net.order(1, 1).getState()).isEqualTo(Order.State.closed);
  }

  @Test
  void aWithdrawalPaysWhatWasEarnedSoFar() {
    net.leased("2.5");
    net.blocks(2);
    long before = net.balance(net.provider, "uact");

    net.succeed(
        net.provider, MsgWithdrawLease.newBuilder().setId(net.leaseId(net.provider, 1, 1)).build());

    // Three blocks at 2.5.
    assertThat(net.balance(net.provider, "uact") - before).isEqualTo(7);
    var payment = net.queryLease(net.provider, 1, 1).getEscrowPayment().getState();
    assertThat(payment.getWithdrawn().getAmount()).isEqualTo("7");
    assertThat(payment.getBalance().getAmount()).isEqualTo("0");
  }

  @Test
  void anOverdrawnAccountEndsTheDeploymentForWantOfFunds() {
    net.succeed(
        net.tenant, net.create().setDeposit(TestNet.deposit("uact", 500_000, grant())).build());
    net.succeed(net.provider, net.bid(net.provider, 1, 1, "10").build());
    net.succeed(net.tenant, net.lease(net.provider, 1, 1));
    long before = net.balance(net.provider, "uact");
    net.blocks(50_001);

    net.succeed(
        net.provider, MsgWithdrawLease.newBuilder().setId(net.leaseId(net.provider, 1, 1)).build());

    // 50,002 blocks at 10 are due, 500,000 are there: all of it is paid, 20 stay owed.
    assertThat(net.balance(net.provider, "uact") - before).isEqualTo(500_000 + 500_000);
    assertThat(net.deployment().getDeployment().getState()).isEqualTo(Deployment.State.closed);
    assertThat(net.deployment().getGroups(0).getState()).isEqualTo(Group.State.insufficient_funds);
    var account = net.deployment().getEscrowAccount().getState();
    assertThat(account.getState()).isEqualTo(State.overdrawn);
    assertThat(account.getFunds(0).getAmount()).isEqualTo("-20000000000000000000");
    var lease = net.queryLease(net.provider, 1, 1);
    assertThat(lease.getLease().getState()).isEqualTo(Lease.State.insufficient_funds);
    assertThat(lease.getLease().getReason())
        .isEqualTo(LeaseClosedReason.lease_closed_reason_insufficient_funds);
    assertThat(lease.getEscrowPayment().getState().getState()).isEqualTo(State.overdrawn);
    assertThat(lease.getEscrowPayment().getState().getUnsettled().getAmount())
        .isEqualTo("20000000000000000000");
  }

  @Test
  void anUpdateReplacesTheHashOnly() {
    net.succeed(net.tenant, net.create().build());
    net.succeed(
        net.tenant,
        MsgUpdateDeployment.newBuilder()
            .setId(net.deploymentId())
            .setHash(TestNet.hash(9))
            .build());

    assertThat(net.deployment().getDeployment().getHash()).isEqualTo(TestNet.hash(9));
  }

  @Test
  void leavesTypedEventsWithJsonAttributes() {
    TxResponse created = net.succeed(net.tenant, net.create().build());
    assertThat(attributes(created, "akash.deployment.v1.EventDeploymentCreated"))
        .containsEntry(
            "id",
            "{\"owner\":\"%s\",\"dseq\":\"%d\"}".formatted(net.tenant.address(), TestNet.DSEQ))
        .containsEntry("hash", "\"BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\"")
        .containsEntry("msg_index", "0");
    assertThat(attributes(created, "akash.market.v1.EventOrderCreated")).containsKey("id");

    TxResponse bid = net.succeed(net.provider, net.bid(net.provider, 1, 1, "1.25").build());
    assertThat(attributes(bid, "akash.market.v1.EventBidCreated"))
        .containsEntry("price", "{\"denom\":\"uact\",\"amount\":\"1.250000000000000000\"}")
        .containsEntry(
            "id",
            "{\"owner\":\"%s\",\"dseq\":\"%d\",\"gseq\":1,\"oseq\":1,\"provider\":\"%s\",\"bseq\":0}"
                .formatted(net.tenant.address(), TestNet.DSEQ, net.provider.address()));
    net.succeed(net.tenant, net.lease(net.provider, 1, 1));
    TxResponse closed = net.succeed(net.tenant, net.closeDeployment());
    assertThat(attributes(closed, "akash.market.v1.EventLeaseClosed"))
        .containsEntry("reason", "\"lease_closed_owner\"");
    assertThat(closed.getEventsList())
        .extracting(Event::getType)
        .contains(
            "akash.deployment.v1.EventDeploymentClosed",
            "akash.deployment.v1.EventGroupClosed",
            "akash.market.v1.EventOrderClosed",
            "akash.market.v1.EventBidClosed");
  }

  @Test
  void oneTransactionLeasesAllGroups() {
    net.succeed(net.tenant, net.create(TestNet.group("web"), TestNet.group("db")).build());
    net.succeed(net.provider, net.bid(net.provider, 1, 1, "1").build());
    net.succeed(net.otherProvider, net.bid(net.otherProvider, 2, 1, "2").build());

    net.succeed(net.tenant, net.lease(net.provider, 1, 1), net.lease(net.otherProvider, 2, 1));

    assertThat(net.order(1, 1).getState()).isEqualTo(Order.State.active);
    assertThat(net.order(2, 1).getState()).isEqualTo(Order.State.active);
  }

  static io.berth.proto.akash.base.deposit.v1.Source grant() {
    return io.berth.proto.akash.base.deposit.v1.Source.grant;
  }

  private static Map<String, String> attributes(TxResponse response, String type) {
    List<EventAttribute> attributes =
        response.getEventsList().stream()
            .filter(event -> event.getType().equals(type))
            .findFirst()
            .orElseThrow()
            .getAttributesList();
    return attributes.stream()
        .collect(Collectors.toMap(EventAttribute::getKey, EventAttribute::getValue));
  }
}
