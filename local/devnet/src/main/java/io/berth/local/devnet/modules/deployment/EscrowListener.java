package io.berth.local.devnet.modules.deployment;

import io.berth.local.devnet.modules.Context;
import io.berth.local.devnet.modules.escrow.EscrowIds;
import io.berth.local.devnet.modules.market.MarketKeeper;
import io.berth.proto.akash.deployment.v1.Deployment;
import io.berth.proto.akash.deployment.v1beta4.Group;
import io.berth.proto.akash.escrow.types.v1.Account;
import io.berth.proto.akash.escrow.types.v1.State;
import java.util.function.BiConsumer;

/** Closes a deployment whose escrow account closed or was overdrawn, with all that hangs on it. */
public final class EscrowListener implements BiConsumer<Context, Account> {

  private final DeploymentKeeper deployments;
  private final MarketKeeper market;

  public EscrowListener(DeploymentKeeper deployments, MarketKeeper market) {
    this.deployments = deployments;
    this.market = market;
  }

  @Override
  public void accept(Context context, Account account) {
    Group.State state =
        account.getState().getState() == State.overdrawn
            ? Group.State.insufficient_funds
            : Group.State.closed;
    EscrowIds.deploymentOf(account.getId())
        .flatMap(id -> deployments.deployment(context, id))
        .filter(deployment -> deployment.getState() == Deployment.State.active)
        .ifPresent(deployment -> close(context, deployment, state));
  }

  private void close(Context context, Deployment deployment, Group.State state) {
    deployments.close(context, deployment);
    for (Group group : deployments.groups(context, deployment.getId())) {
      if (group.getState() != Group.State.closed) {
        deployments.closeGroup(context, group, state);
        market.onGroupClosed(context, group.getId(), state);
      }
    }
  }
}
