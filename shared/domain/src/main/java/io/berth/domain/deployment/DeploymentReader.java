package io.berth.domain.deployment;

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
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

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
    return new DeploymentView(deployment, withStatus(userId, chain.leases(id)));
  }

  private List<LeaseView> withStatus(String userId, List<Lease> leases) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<LeaseView>> asked =
          leases.stream()
              .map(lease -> threads.submit(() -> new LeaseView(lease, status(userId, lease))))
              .toList();
      return asked.stream().map(DeploymentReader::join).toList();
    }
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

  private static LeaseView join(Future<LeaseView> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking providers", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("asking a provider failed", e.getCause());
    }
  }
}
