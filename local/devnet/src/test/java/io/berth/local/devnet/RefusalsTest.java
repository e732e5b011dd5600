package io.berth.local.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.berth.local.devnet.modules.Coins;
import io.berth.local.devnet.modules.Dec;
import io.berth.local.devnet.modules.RefusedException;
import io.berth.local.devnet.modules.Times;
import io.berth.proto.akash.base.attributes.v1.Attribute;
import io.berth.proto.akash.base.attributes.v1.PlacementRequirements;
import io.berth.proto.akash.base.attributes.v1.SignedBy;
import io.berth.proto.akash.base.deposit.v1.Source;
import io.berth.proto.akash.deployment.v1.DeploymentReclamation;
import io.berth.proto.akash.deployment.v1.GroupID;
import io.berth.proto.akash.deployment.v1beta4.Group;
import io.berth.proto.akash.deployment.v1beta4.GroupSpec;
import io.berth.proto.akash.deployment.v1beta4.MsgCloseGroup;
import io.berth.proto.akash.deployment.v1beta4.MsgPauseGroup;
import io.berth.proto.akash.deployment.v1beta4.MsgStartGroup;
import io.berth.proto.akash.deployment.v1beta4.MsgUpdateDeployment;
import io.berth.proto.akash.market.v1.Lease;
import io.berth.proto.akash.market.v1.LeaseClosedReason;
import io.berth.proto.akash.market.v1beta5.MsgCloseBid;
import io.berth.proto.akash.market.v1beta5.MsgCloseLease;
import io.berth.proto.akash.market.v1beta5.MsgLeaseStartReclaim;
import io.berth.proto.akash.market.v1beta5.MsgWithdrawLease;
import io.berth.proto.akash.market.v1beta5.Order;
import io.berth.proto.akash.market.v1beta5.ResourceOffer;
import io.berth.proto.cosmos.bank.v1beta1.MsgSend;
import io.berth.proto.cosmos.base.abci.v1beta1.TxResponse;
import io.berth.proto.cosmos.base.v1beta1.DecCoin;
import io.berth.wallet.WalletKey;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What deployments, groups, the market and the bank refuse, with the chain's codes. */
class RefusalsTest {

  private final TestNet net = new TestNet();

  @AfterEach
  void stop() {
    net.close();
  }

  private void refuses(WalletKey signer, Message message, String codespace, int code, String log) {
    TxResponse response = net.run(signer, message);
    assertThat(response.getCodespace() + "/" + response.getCode() + " " + response.getRawLog())
        .startsWith(codespace + "/" + code + " ")
        .contains(log);
  }

  private static GroupSpec group(UnaryOperator<GroupSpec.Builder> change) {
    return change.apply(TestNet.group("web").toBuilder()).build();
  }

  private static GroupSpec priced(String denom, String amount) {
    return group(
        spec -> {
          spec.getResourcesBuilder(0).setPrice(Coins.decCoin(denom, Dec.parse(amount)));
          return spec;
        });
  }

  private GroupID groupId() {
    return GroupID.newBuilder()
        .setOwner(net.tenant.address())
        .setDseq(TestNet.DSEQ)
        .setGseq(1)
        .build();
  }

  // Creating deployments.

  @Test
  void aDuplicateDseq() {
    net.succeed(net.tenant, net.create().build());

    refuses(net.tenant, net.create().build(), "deployment", 3, "Deployment exists");
  }

  @Test
  void aDseqThatWasClosed() {
    net.succeed(net.tenant, net.create().build());
    net.succeed(net.tenant, net.closeDeployment());

    refuses(net.tenant, net.create().build(), "deployment", 3, "Deployment exists");
  }

  @Test
  void aDseqOfZero() {
    refuses(
        net.tenant,
        net.create().setId(net.deploymentId().toBuilder().setDseq(0)).build(),
        "sdk",
        3,
        "Invalid Deployment Sequence");
  }

  @Test
  void aDeploymentForSomebodyElse() {
    TestNet.Draft draft =
        net.draft(net.tenant, net.create().setId(net.deploymentId()).build())
            .with(d -> d.signer = net.provider);

    TxResponse response = net.broadcast(draft.bytes());

    assertThat(response.getCodespace() + "/" + response.getCode()).isEqualTo("sdk/8");
  }

  @Test
  void tooSmallADeposit() {
    refuses(
        net.tenant,
        net.create().setDeposit(TestNet.deposit("uact", 499_999, Source.grant)).build(),
        "deployment",
        20,
        "Deposit too low - 499999 < 500000uact: Deposit invalid");
  }

  @Test
  void aDepositInUakt() {
    refuses(
        net.tenant,
        net.create(priced("uakt", "10"))
            .setDeposit(TestNet.deposit("uakt", 5_000_000, Source.grant))
            .build(),
        "deployment",
        20,
        "Deposit invalid");
  }

  @Test
  void aDepositInAnotherDenomThanThePrice() {
    refuses(
        net.tenant,
        net.create(priced("uakt", "10")).build(),
        "deployment",
        20,
        "Mismatched denominations (uact != uakt)");
  }

  @Test
  void aDepositWithoutSource() {
    refuses(
        net.tenant,
        net.create().setDeposit(TestNet.deposit("uact", 5_000_000)).build(),
        "akash",
        4,
        "invalid deposit source");
  }

  @Test
  void aHashThatIsNot32Bytes() {
    refuses(
        net.tenant,
        net.create().setHash(ByteString.copyFrom(new byte[31])).build(),
        "deployment",
        10,
        "Invalid: deployment hash");
  }

  @Test
  void anEmptyHash() {
    refuses(
        net.tenant, net.create().setHash(ByteString.EMPTY).build(), "deployment", 9, "empty hash");
  }

  @Test
  void aDeploymentWithoutGroups() {
    refuses(net.tenant, net.create().clearGroups().build(), "deployment", 7, "Invalid groups");
  }

  @Test
  void twoGroupsOfOneName() {
    refuses(
        net.tenant,
        net.create(TestNet.group("web"), TestNet.group("web")).build(),
        "deployment",
        7,
        "duplicate deployment group name web");
  }

  @Test
  void aGroupWithoutName() {
    refuses(net.tenant, net.create(TestNet.group("")).build(), "undefined", 1, "empty group");
  }

  @Test
  void aPriceAboveTheMaximum() {
    refuses(
        net.tenant,
        net.create(priced("uact", "10000000.1")).build(),
        "undefined",
        1,
        "invalid unit price");
  }

  @Test
  void tooLittleCpu() {
    GroupSpec spec =
        group(
            one -> {
              one.getResourcesBuilder(0)
                  .getResourceBuilder()
                  .getCpuBuilder()
                  .setUnits(TestNet.value(9));
              return one;
            });

    refuses(net.tenant, net.create(spec).build(), "undefined", 1, "invalid unit CPU");
  }

  @Test
  void aReclamationWindowOutsideTheBounds() {
    refuses(net.tenant, reclaimable(Duration.ofMinutes(59)), "deployment", 26, "below");
    refuses(net.tenant, reclaimable(Duration.ofHours(721)), "deployment", 26, "above");
  }

  private Message reclaimable(Duration window) {
    return net.create()
        .setReclamation(DeploymentReclamation.newBuilder().setMinWindow(Times.duration(window)))
        .build();
  }

  // Updating and closing them.

  private MsgUpdateDeployment update(int hash) {
    return MsgUpdateDeployment.newBuilder()
        .setId(net.deploymentId())
        .setHash(TestNet.hash(hash))
        .build();
  }

  @Test
  void anUpdateOfNothing() {
    refuses(net.tenant, update(1), "deployment", 4, "Deployment not found");
  }

  @Test
  void anUpdateToTheSameHash() {
    net.succeed(net.tenant, net.create().build());

    refuses(net.tenant, update(7), "deployment", 10, "Invalid: deployment hash");
  }

  @Test
  void anUpdateOfAClosedDeployment() {
    net.succeed(net.tenant, net.create().build());
    net.succeed(net.tenant, net.closeDeployment());

    refuses(net.tenant, update(8), "deployment", 5, "Deployment closed");
  }

  @Test
  void closingTwice() {
    net.succeed(net.tenant, net.create().build());
    net.succeed(net.tenant, net.closeDeployment());

    refuses(net.tenant, net.closeDeployment(), "deployment", 5, "Deployment closed");
  }

  @Test
  void closingWhatNeverWas() {
    refuses(net.tenant, net.closeDeployment(), "deployment", 4, "Deployment not found");
  }

  // Groups.

  @Test
  void aGroupIsPausedStartedAndClosedInTurn() {
    net.leased("1");
    Message pause = MsgPauseGroup.newBuilder().setId(groupId()).build();
    Message start = MsgStartGroup.newBuilder().setId(groupId()).build();
    Message close = MsgCloseGroup.newBuilder().setId(groupId()).build();

    refuses(net.tenant, start, "deployment", 16, "Group open");
    net.succeed(net.tenant, pause);
    assertThat(net.deployment().getGroups(0).getState()).isEqualTo(Group.State.paused);
    assertThat(net.queryLease(net.provider, 1, 1).getLease().getState())
        .isEqualTo(Lease.State.closed);
    refuses(net.tenant, pause, "deployment", 17, "Group paused");
    net.succeed(net.tenant, start);
    assertThat(net.order(1, 2).getState()).isEqualTo(Order.State.open);
    net.succeed(net.tenant, close);
    assertThat(net.order(1, 2).getState()).isEqualTo(Order.State.closed);
    refuses(net.tenant, close, "deployment", 15, "Group already closed");
    refuses(net.tenant, start, "deployment", 15, "Group already closed");
  }

  @Test
  void aGroupThatIsNotThere() {
    refuses(
        net.tenant,
        MsgCloseGroup.newBuilder().setId(groupId()).build(),
        "deployment",
        14,
        "Group not found");
  }

  // Bids.

  @Test
  void aBidOnNoOrder() {
    refuses(
        net.provider, net.bid(net.provider, 1, 1, "1").build(), "market", 15, "order not found");
  }

  @Test
  void aBidAboveTheOrdersPrice() {
    net.succeed(net.tenant, net.create().build());

    refuses(
        net.provider,
        net.bid(net.provider, 1, 1, "10.000000000000000001").build(),
        "market",
        22,
        "bid price is invalid");
    net.succeed(net.provider, net.bid(net.provider, 1, 1, "10").build());
  }

  @Test
  void aSecondBidOfOneProvider() {
    net.succeed(net.tenant, net.create().build());
    net.succeed(net.provider, net.bid(net.provider, 1, 1, "1").build());

    refuses(net.provider, net.bid(net.provider, 1, 1, "2").build(), "market", 21, "bid exists");
  }

  @Test
  void aBidOfNobodysProvider() {
    net.succeed(net.tenant, net.create().build());

    refuses(net.funder, net.bid(net.funder, 1, 1, "1").build(), "market", 30, "unknown provider");
  }

  @Test
  void aBidOnOnesOwnOrder() {
    refuses(net.tenant, net.bid(net.tenant, 1, 1, "1").build(), "sdk", 36, "self-bid");
  }

  @Test
  void aBidForNothing() {
    refuses(net.provider, net.bid(net.provider, 1, 1, "0").build(), "market", 19, "zero price");
  }

  @Test
  void aPriceThatIsNoNumberBreaksOnlyItsOwnTransaction() {
    refuses(
        net.provider,
        net.bid(net.provider, 1, 1, "1")
            .setPrice(DecCoin.newBuilder().setDenom("uact").setAmount("many"))
            .build(),
        "undefined",
        111222,
        "panic");
    net.succeed(net.tenant, net.create().build());
  }

  @Test
  void anAdditionThatTheChainWouldRefuse() {
    assertThatThrownBy(
            () ->
                net.devnet.add(
                    Genesis.builder()
                        .provider(net.provider.address(), "https://again:8443", Map.of())
                        .build()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("already exists");
    net.block();
  }

  @Test
  void aBidWithTooSmallADeposit() {
    net.succeed(net.tenant, net.create().build());

    refuses(
        net.provider,
        net.bid(net.provider, 1, 1, "1")
            .setDeposit(TestNet.deposit("uact", 499_999, Source.balance))
            .build(),
        "market",
        28,
        "deposit invalid: minimum:500000uact received:499999uact");
  }

  @Test
  void aBidOnAnOrderThatIsLeased() {
    net.leased("1");

    refuses(
        net.otherProvider,
        net.bid(net.otherProvider, 1, 1, "1").build(),
        "market",
        23,
        "order active");
  }

  @Test
  void aBidOnAClosedOrder() {
    net.succeed(net.tenant, net.create().build());
    net.succeed(net.tenant, net.closeDeployment());

    refuses(net.provider, net.bid(net.provider, 1, 1, "1").build(), "market", 24, "order closed");
  }

  @Test
  void aBidWithoutTheRequiredAttributes() {
    net.succeed(net.tenant, net.create(requiring(SignedBy.getDefaultInstance())).build());

    refuses(
        net.otherProvider,
        net.bid(net.otherProvider, 1, 1, "1").build(),
        "market",
        5,
        "attribute mismatch");
    net.succeed(net.provider, net.bid(net.provider, 1, 1, "1").build());
  }

  @Test
  void aBidWhoseAttributesNoAskedAuditorSigned() {
    String auditor = net.funder.address();
    net.succeed(
        net.tenant, net.create(requiring(SignedBy.newBuilder().addAnyOf(auditor).build())).build());

    refuses(
        net.provider, net.bid(net.provider, 1, 1, "1").build(), "market", 5, "attribute mismatch");
    net.devnet.add(
        Genesis.builder()
            .audit(auditor, net.provider.address(), Map.of("region", "eu-west"))
            .build());
    net.block();
    net.succeed(net.provider, net.bid(net.provider, 1, 1, "1").build());
  }

  private static GroupSpec requiring(SignedBy signedBy) {
    return group(
        spec ->
            spec.setRequirements(
                PlacementRequirements.newBuilder()
                    .setSignedBy(signedBy)
                    .addAttributes(Attribute.newBuilder().setKey("region").setValue("eu-west"))));
  }

  @Test
  void aBidThatOffersOtherResources() {
    net.succeed(net.tenant, net.create().build());
    ResourceOffer offer =
        ResourceOffer.newBuilder()
            .setResources(TestNet.group("web").getResources(0).getResource())
            .setCount(2)
            .build();

    refuses(
        net.provider,
        net.bid(net.provider, 1, 1, "1").addResourcesOffer(offer).build(),
        "market",
        32,
        "capabilities mismatch");
  }

  @Test
  void closingABidForATenantsReason() {
    refuses(
        net.provider,
        MsgCloseBid.newBuilder()
            .setId(net.bidId(net.provider, 1, 1))
            .setReason(LeaseClosedReason.lease_closed_owner)
            .build(),
        "market",
        33,
        "invalid lease closed reason");
  }

  // Leases.

  @Test
  void aLeaseOfNoBid() {
    net.succeed(net.tenant, net.create().build());

    refuses(net.tenant, net.lease(net.provider, 1, 1), "market", 18, "bid not found");
  }

  @Test
  void aLeaseOfABidThatWasClosed() {
    net.succeed(net.tenant, net.create().build());
    net.succeed(net.provider, net.bid(net.provider, 1, 1, "1").build());
    net.succeed(
        net.provider,
        MsgCloseBid.newBuilder()
            .setId(net.bidId(net.provider, 1, 1))
            .setReason(LeaseClosedReason.lease_closed_reason_unspecified)
            .build());

    refuses(net.tenant, net.lease(net.provider, 1, 1), "market", 12, "bid not open");
  }

  @Test
  void aSecondLeaseOfAnOrder() {
    net.succeed(net.tenant, net.create().build());
    net.succeed(net.provider, net.bid(net.provider, 1, 1, "1").build());
    net.succeed(net.otherProvider, net.bid(net.otherProvider, 1, 1, "1").build());
    net.succeed(net.tenant, net.lease(net.provider, 1, 1));

    refuses(net.tenant, net.lease(net.otherProvider, 1, 1), "market", 12, "bid not open");
  }

  @Test
  void closingALeaseTwice() {
    net.leased("1");
    Message close = MsgCloseLease.newBuilder().setId(net.leaseId(net.provider, 1, 1)).build();
    net.succeed(net.tenant, close);

    refuses(net.tenant, close, "market", 24, "order closed");
  }

  @Test
  void withdrawingFromAClosedLease() {
    net.leased("1");
    net.succeed(net.tenant, net.closeDeployment());

    refuses(
        net.provider,
        MsgWithdrawLease.newBuilder().setId(net.leaseId(net.provider, 1, 1)).build(),
        "escrow",
        7,
        "payment closed");
  }

  @Test
  void aReclaimableLeaseIsGivenBackOnlyAfterItsWindow() {
    net.succeed(net.tenant, reclaimable(Duration.ofHours(2)));
    refuses(net.provider, net.bid(net.provider, 1, 1, "1").build(), "market", 40, "reclamation");
    net.succeed(
        net.provider,
        net.bid(net.provider, 1, 1, "1")
            .setReclamationWindow(Times.duration(Duration.ofHours(2)))
            .build());
    net.succeed(net.tenant, net.lease(net.provider, 1, 1));
    Message leave =
        MsgCloseBid.newBuilder()
            .setId(net.bidId(net.provider, 1, 1))
            .setReason(LeaseClosedReason.lease_closed_reason_decommission)
            .build();

    refuses(net.provider, leave, "market", 37, "reclamation not started");
    net.succeed(
        net.provider,
        MsgLeaseStartReclaim.newBuilder()
            .setId(net.leaseId(net.provider, 1, 1))
            .setReason(LeaseClosedReason.lease_closed_reason_decommission)
            .build());
    Lease reclaiming = net.queryLease(net.provider, 1, 1).getLease();
    assertThat(reclaiming.getState()).isEqualTo(Lease.State.reclaiming);
    assertThat(reclaiming.getReclamation().getDeadline())
        .isEqualTo(net.devnet.time().plus(Duration.ofHours(2)).getEpochSecond());
    refuses(net.provider, leave, "market", 38, "window has not elapsed");
    net.passes(Duration.ofHours(2));
    net.block();
    net.succeed(net.provider, leave);
    assertThat(net.queryLease(net.provider, 1, 1).getLease().getState())
        .isEqualTo(Lease.State.closed);
  }

  // Bank.

  @Test
  void sendingComputeCredit() {
    refuses(net.funder, send("uact", 1), "bank", 5, "uact transfers are currently disabled");
  }

  @Test
  void sendingMoreThanThereIs() {
    refuses(
        net.funder,
        send("uakt", 1_000_000_000),
        "sdk",
        5,
        "spendable balance 999995000uakt is smaller than 1000000000uakt: insufficient funds");
  }

  @Test
  void sendingMovesCoinsAndMakesTheAccount() {
    net.succeed(net.funder, send("uakt", 17));

    assertThat(net.balance(TestNet.key(30), "uakt")).isEqualTo(17);
    assertThat(net.account(TestNet.key(30).address())).isPresent();
  }

  private MsgSend send(String denom, long amount) {
    return MsgSend.newBuilder()
        .setFromAddress(net.funder.address())
        .setToAddress(TestNet.key(30).address())
        .addAmount(Coins.coin(denom, amount))
        .build();
  }
}
