package io.berth.local.devnet.modules.deployment;

import com.google.protobuf.ByteString;
import io.berth.local.devnet.modules.Addresses;
import io.berth.local.devnet.modules.Coins;
import io.berth.local.devnet.modules.Context;
import io.berth.local.devnet.modules.RefusedException;
import io.berth.local.devnet.modules.Router;
import io.berth.local.devnet.modules.SdkErrors;
import io.berth.local.devnet.modules.Times;
import io.berth.local.devnet.modules.escrow.DepositGrants;
import io.berth.local.devnet.modules.escrow.EscrowIds;
import io.berth.local.devnet.modules.escrow.EscrowKeeper;
import io.berth.local.devnet.modules.market.MarketKeeper;
import io.berth.local.devnet.modules.market.MarketParams;
import io.berth.proto.akash.deployment.v1.Deployment;
import io.berth.proto.akash.deployment.v1.DeploymentID;
import io.berth.proto.akash.deployment.v1.DeploymentReclamation;
import io.berth.proto.akash.deployment.v1.GroupID;
import io.berth.proto.akash.deployment.v1beta4.Group;
import io.berth.proto.akash.deployment.v1beta4.GroupSpec;
import io.berth.proto.akash.deployment.v1beta4.MsgCloseDeployment;
import io.berth.proto.akash.deployment.v1beta4.MsgCloseDeploymentResponse;
import io.berth.proto.akash.deployment.v1beta4.MsgCloseGroup;
import io.berth.proto.akash.deployment.v1beta4.MsgCloseGroupResponse;
import io.berth.proto.akash.deployment.v1beta4.MsgCreateDeployment;
import io.berth.proto.akash.deployment.v1beta4.MsgCreateDeploymentResponse;
import io.berth.proto.akash.deployment.v1beta4.MsgPauseGroup;
import io.berth.proto.akash.deployment.v1beta4.MsgPauseGroupResponse;
import io.berth.proto.akash.deployment.v1beta4.MsgStartGroup;
import io.berth.proto.akash.deployment.v1beta4.MsgStartGroupResponse;
import io.berth.proto.akash.deployment.v1beta4.MsgUpdateDeployment;
import io.berth.proto.akash.deployment.v1beta4.MsgUpdateDeploymentResponse;
import io.berth.proto.akash.escrow.types.v1.Depositor;
import io.berth.proto.akash.escrow.v1.DepositAuthorization;
import io.berth.proto.cosmos.base.v1beta1.Coin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Handles {@code akash.deployment.v1beta4} messages. */
public final class DeploymentMessages {

  private static final int HASH_LENGTH = 32;

  private final DeploymentKeeper deployments;
  private final MarketKeeper market;
  private final EscrowKeeper escrow;
  private final DepositGrants deposits;

  public DeploymentMessages(
      DeploymentKeeper deployments,
      MarketKeeper market,
      EscrowKeeper escrow,
      DepositGrants deposits) {
    this.deployments = deployments;
    this.market = market;
    this.escrow = escrow;
    this.deposits = deposits;
  }

  public void register(Router router) {
    router
        .on(
            MsgCreateDeployment.getDefaultInstance(),
            MsgCreateDeploymentResponse.getDefaultInstance(),
            message -> message.getId().getOwner(),
            DeploymentMessages::check,
            this::create)
        .on(
            MsgUpdateDeployment.getDefaultInstance(),
            MsgUpdateDeploymentResponse.getDefaultInstance(),
            message -> message.getId().getOwner(),
            message -> {
              checkId(message.getId());
              checkHash(message.getHash());
            },
            this::update)
        .on(
            MsgCloseDeployment.getDefaultInstance(),
            MsgCloseDeploymentResponse.getDefaultInstance(),
            message -> message.getId().getOwner(),
            message -> checkId(message.getId()),
            this::close)
        .on(
            MsgCloseGroup.getDefaultInstance(),
            MsgCloseGroupResponse.getDefaultInstance(),
            message -> message.getId().getOwner(),
            message -> checkId(message.getId()),
            this::closeGroup)
        .on(
            MsgPauseGroup.getDefaultInstance(),
            MsgPauseGroupResponse.getDefaultInstance(),
            message -> message.getId().getOwner(),
            message -> checkId(message.getId()),
            this::pauseGroup)
        .on(
            MsgStartGroup.getDefaultInstance(),
            MsgStartGroupResponse.getDefaultInstance(),
            message -> message.getId().getOwner(),
            message -> checkId(message.getId()),
            this::startGroup);
  }

  private static void check(MsgCreateDeployment message) {
    checkId(message.getId());
    DepositGrants.check(message.getDeposit());
    if (message.getGroupsList().isEmpty()) {
      throw DeploymentErrors.INVALID_GROUPS.refuse();
    }
    checkHash(message.getHash());
    if (message.hasReclamation() && window(message.getReclamation()).isNegative()) {
      throw DeploymentErrors.INVALID_RECLAMATION.because("min_window must be >= 0");
    }
    Coin deposit = message.getDeposit().getAmount();
    for (GroupSpec group : message.getGroupsList()) {
      GroupRules.check(group);
      String denom = GroupRules.price(group).getDenom();
      if (Coins.amount(deposit).signum() != 0 && !denom.equals(deposit.getDenom())) {
        throw DeploymentErrors.INVALID_DEPOSIT.because(
            "Mismatched denominations (%s != %s)".formatted(deposit.getDenom(), denom));
      }
    }
  }

  private static void checkId(DeploymentID id) {
    Addresses.require(id.getOwner(), "DeploymentID: Invalid Owner Address");
    if (id.getDseq() == 0) {
      throw SdkErrors.INVALID_SEQUENCE.because("DeploymentID: Invalid Deployment Sequence");
    }
  }

  private static void checkId(GroupID id) {
    checkId(deploymentOf(id));
    if (id.getGseq() == 0) {
      throw SdkErrors.INVALID_SEQUENCE.because("GroupID: Invalid Group Sequence");
    }
  }

  private static void checkHash(ByteString hash) {
    if (hash.isEmpty()) {
      throw DeploymentErrors.EMPTY_HASH.refuse();
    }
    if (hash.size() != HASH_LENGTH) {
      throw DeploymentErrors.INVALID_HASH.refuse();
    }
  }

  private void create(Context context, MsgCreateDeployment message) {
    if (deployments.deployment(context, message.getId()).isPresent()) {
      throw DeploymentErrors.EXISTS.refuse();
    }
    checkDeposit(message.getDeposit().getAmount());
    if (message.hasReclamation()) {
      checkWindow(window(message.getReclamation()));
    }
    checkGroups(message.getGroupsList());
    List<Depositor> depositors =
        deposits.authorize(
            context,
            message.getId().getOwner(),
            message.getDeposit(),
            DepositAuthorization.Scope.deployment);
    Deployment.Builder deployment =
        Deployment.newBuilder()
            .setId(message.getId())
            .setState(Deployment.State.active)
            .setHash(message.getHash())
            .setCreatedAt(context.height());
    if (message.hasReclamation()) {
      deployment.setReclamation(message.getReclamation());
    }
    List<Group> groups = groups(context, message);
    deployments.create(context, deployment.build(), groups);
    groups.forEach(group -> market.createOrder(context, group, reclamation(deployment.build())));
    escrow.create(context, EscrowIds.of(message.getId()), message.getId().getOwner(), depositors);
  }

  private static void checkDeposit(Coin deposit) {
    Coin minimum =
        DeploymentParams.MIN_DEPOSITS.stream()
            .filter(coin -> coin.getDenom().equals(deposit.getDenom()))
            .findFirst()
            .orElseThrow(
                () ->
                    DeploymentErrors.INVALID_DEPOSIT.with(
                        "Invalid deposit denomination " + deposit.getDenom()));
    if (Coins.amount(deposit).compareTo(Coins.amount(minimum)) < 0) {
      throw DeploymentErrors.INVALID_DEPOSIT.because(
          "Deposit too low - %s < %s".formatted(deposit.getAmount(), Coins.text(minimum)));
    }
    if (deposit.getDenom().equals(Coins.UAKT)) {
      throw DeploymentErrors.INVALID_DEPOSIT.refuse();
    }
  }

  private static void checkWindow(Duration window) {
    if (window.compareTo(MarketParams.MIN_RECLAMATION_WINDOW) < 0) {
      throw DeploymentErrors.INVALID_RECLAMATION.because("min_window below governance minimum");
    }
    if (window.compareTo(MarketParams.MAX_RECLAMATION_WINDOW) > 0) {
      throw DeploymentErrors.INVALID_RECLAMATION.because("min_window above governance maximum");
    }
  }

  private static void checkGroups(List<GroupSpec> groups) {
    try {
      GroupRules.check(groups);
    } catch (RefusedException e) {
      throw DeploymentErrors.INVALID_GROUPS.because(e.getMessage());
    }
    String denom = GroupRules.price(groups.getFirst()).getDenom();
    if (!denom.equals(Coins.UACT)) {
      throw DeploymentErrors.INVALID_PRICE.because("unsupported denomination " + denom);
    }
  }

  private static List<Group> groups(Context context, MsgCreateDeployment message) {
    List<Group> groups = new ArrayList<>();
    for (GroupSpec spec : message.getGroupsList()) {
      GroupID id =
          GroupID.newBuilder()
              .setOwner(message.getId().getOwner())
              .setDseq(message.getId().getDseq())
              .setGseq(groups.size() + 1)
              .build();
      groups.add(
          Group.newBuilder()
              .setId(id)
              .setState(Group.State.open)
              .setGroupSpec(spec)
              .setCreatedAt(context.height())
              .build());
    }
    return groups;
  }

  private void update(Context context, MsgUpdateDeployment message) {
    Deployment deployment = requireActive(context, message.getId());
    if (deployment.getHash().equals(message.getHash())) {
      throw DeploymentErrors.INVALID_HASH.refuse();
    }
    deployments.update(context, deployment.toBuilder().setHash(message.getHash()).build());
  }

  /** Everything else follows from the escrow account's closing. */
  private void close(Context context, MsgCloseDeployment message) {
    requireActive(context, message.getId());
    escrow.close(context, EscrowIds.of(message.getId()));
  }

  private void closeGroup(Context context, MsgCloseGroup message) {
    Group group = requireGroup(context, message.getId());
    if (group.getState() == Group.State.closed) {
      throw DeploymentErrors.GROUP_CLOSED.refuse();
    }
    deployments.closeGroup(context, group, Group.State.closed);
    market.onGroupClosed(context, group.getId(), Group.State.closed);
  }

  private void pauseGroup(Context context, MsgPauseGroup message) {
    Group group = requireGroup(context, message.getId());
    switch (group.getState()) {
      case open -> {}
      case paused -> throw DeploymentErrors.GROUP_PAUSED.refuse();
      default -> throw DeploymentErrors.GROUP_CLOSED.refuse();
    }
    deployments.pauseGroup(context, group);
    market.onGroupClosed(context, group.getId(), Group.State.paused);
  }

  private void startGroup(Context context, MsgStartGroup message) {
    Group group = requireGroup(context, message.getId());
    switch (group.getState()) {
      case paused -> {}
      case open -> throw DeploymentErrors.GROUP_OPEN.refuse();
      default -> throw DeploymentErrors.GROUP_CLOSED.refuse();
    }
    deployments.startGroup(context, group);
    Deployment deployment = requireActive(context, deploymentOf(message.getId()));
    market.createOrder(context, group, reclamation(deployment));
  }

  private Deployment requireActive(Context context, DeploymentID id) {
    Deployment deployment =
        deployments.deployment(context, id).orElseThrow(DeploymentErrors.NOT_FOUND::refuse);
    if (deployment.getState() != Deployment.State.active) {
      throw DeploymentErrors.CLOSED.refuse();
    }
    return deployment;
  }

  private Group requireGroup(Context context, GroupID id) {
    return deployments.group(context, id).orElseThrow(DeploymentErrors.GROUP_NOT_FOUND::refuse);
  }

  private static Optional<DeploymentReclamation> reclamation(Deployment deployment) {
    return deployment.hasReclamation()
        ? Optional.of(deployment.getReclamation())
        : Optional.empty();
  }

  private static Duration window(DeploymentReclamation reclamation) {
    return Times.duration(reclamation.getMinWindow());
  }

  private static DeploymentID deploymentOf(GroupID id) {
    return DeploymentID.newBuilder().setOwner(id.getOwner()).setDseq(id.getDseq()).build();
  }
}
