package io.berth.domain.deployment;

import io.berth.domain.akash.AkashReader;
import io.berth.domain.akash.BidId;
import io.berth.domain.akash.Deployment;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.akash.Lease;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.domain.status.StatusBoard;
import io.berth.domain.wallet.Owners;
import java.time.InstantSource;
import java.util.List;

/** Reads deployments from the chain, and what is known of their leases' status. */
public final class DeploymentReader {
  private final Owners owners;
  private final AkashReader chain;
  private final StatusBoard statuses;
  private final InstantSource clock;

  public DeploymentReader(
      Owners owners, AkashReader chain, StatusBoard statuses, InstantSource clock) {
    this.owners = owners;
    this.chain = chain;
    this.statuses = statuses;
    this.clock = clock;
  }

  /**
   * One deployment with the status of its active leases.
   *
   * @throws Refusal if the user has no such deployment
   */
  public DeploymentView view(String userId, long dseq) {
    DeploymentId id = new DeploymentId(owners.require(userId).address(), dseq);
    Deployment deployment =
        chain.deployment(id).orElseThrow(() -> new Refusal(Problem.NotFound.deployment()));
    List<Lease> leases = chain.leases(id);
    return DeploymentView.of(
        deployment, leases, statuses.look(userId, dseq, activeOf(leases)), clock.instant());
  }

  /** Closed leases run nowhere, so they have no status. */
  private static List<BidId> activeOf(List<Lease> leases) {
    return leases.stream().filter(Lease::isActive).map(Lease::id).toList();
  }
}
