package io.berth.domain.deployment;

import io.berth.domain.SideBySide;
import io.berth.domain.akash.AkashReader;
import io.berth.domain.akash.Deployment;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.akash.Lease;
import io.berth.domain.deployment.DeploymentView.LeaseView;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.domain.provider.ProviderGateway;
import io.berth.domain.provider.StatusOutcome;
import io.berth.domain.wallet.Owners;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads deployments from the chain, and their leases' status from providers. */
public final class DeploymentReader {
  private final Owners owners;
  private final AkashReader chain;
  private final ProviderGateway gateway;

  public DeploymentReader(Owners owners, AkashReader chain, ProviderGateway gateway) {
    this.owners = owners;
    this.chain = chain;
    this.gateway = gateway;
  }

  /**
   * One deployment with the status of its active leases; providers are asked side by side.
   *
   * @throws Refusal if the user has no such deployment
   */
  public DeploymentView view(String userId, long dseq) {
    DeploymentId id = new DeploymentId(owners.require(userId).address(), dseq);
    Deployment deployment =
        chain.deployment(id).orElseThrow(() -> new Refusal(Problem.NotFound.deployment()));
    return new DeploymentView(
        deployment,
        SideBySide.map(chain.leases(id), lease -> new LeaseView(lease, status(userId, lease))));
  }

  /** The user's active deployments, oldest first, with leases but without their status. */
  public List<DeploymentView> active(String userId) {
    String owner = owners.require(userId).address();
    List<Deployment> deployments = chain.deployments(owner, Optional.of(Deployment.State.ACTIVE));
    Map<DeploymentId, List<Lease>> leases =
        chain.leasesOf(owner, Optional.empty()).stream()
            .collect(Collectors.groupingBy(lease -> lease.id().deployment()));
    return deployments.stream()
        .map(deployment -> view(deployment, leases.getOrDefault(deployment.id(), List.of())))
        .toList();
  }

  private static DeploymentView view(Deployment deployment, List<Lease> leases) {
    return new DeploymentView(
        deployment, leases.stream().map(lease -> new LeaseView(lease, Optional.empty())).toList());
  }

  /** Closed leases run nowhere, so their providers are not asked. */
  private Optional<StatusOutcome> status(String userId, Lease lease) {
    if (!lease.isActive()) {
      return Optional.empty();
    }
    return chain
        .provider(lease.id().provider())
        .map(provider -> gateway.leaseStatus(userId, provider, lease.id()));
  }
}
