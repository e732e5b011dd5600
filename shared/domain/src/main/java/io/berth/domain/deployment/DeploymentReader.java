package io.berth.domain.deployment;

import io.berth.domain.akash.AkashReader;
import io.berth.domain.akash.BidId;
import io.berth.domain.akash.Deployment;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.akash.Lease;
import io.berth.domain.deployment.DeploymentView.LeaseView;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.domain.status.KnownStatus;
import io.berth.domain.status.StatusBoard;
import io.berth.domain.wallet.Owners;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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
    return view(deployment, leases, statuses.look(userId, dseq, activeOf(leases)), clock.instant());
  }

  /** The user's active deployments, oldest first, with the status of leases where it is known. */
  public List<DeploymentView> active(String userId) {
    String owner = owners.require(userId).address();
    List<Deployment> deployments = chain.deployments(owner, Optional.of(Deployment.State.ACTIVE));
    List<Lease> all = chain.leasesOf(owner, Optional.empty());
    Map<BidId, KnownStatus> known = statuses.cached(userId, activeOf(all));
    Map<DeploymentId, List<Lease>> leases =
        all.stream().collect(Collectors.groupingBy(lease -> lease.id().deployment()));
    Instant now = clock.instant();
    return deployments.stream()
        .map(
            deployment ->
                view(deployment, leases.getOrDefault(deployment.id(), List.of()), known, now))
        .toList();
  }

  private static DeploymentView view(
      Deployment deployment, List<Lease> leases, Map<BidId, KnownStatus> known, Instant now) {
    return new DeploymentView(
        deployment,
        leases.stream()
            .map(lease -> new LeaseView(lease, Optional.ofNullable(known.get(lease.id()))))
            .toList(),
        now);
  }

  /** Closed leases run nowhere, so they have no status. */
  private static List<BidId> activeOf(List<Lease> leases) {
    return leases.stream().filter(Lease::isActive).map(Lease::id).toList();
  }
}
