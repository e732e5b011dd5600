package io.berth.domain.deployment;

import io.berth.domain.akash.AkashReader;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.akash.Lease;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.domain.provider.PodLine;
import io.berth.domain.wallet.Owners;
import java.util.List;
import java.util.Optional;

/** Finds the leases whose logs somebody wants to see. */
final class LogSources {
  private final Owners owners;
  private final DeploymentServices services;
  private final AkashReader chain;

  LogSources(Owners owners, DeploymentRecords records, SdlPolicy sdls, AkashReader chain) {
    this.owners = owners;
    this.services = new DeploymentServices(records, sdls);
    this.chain = chain;
  }

  /** An active lease, and the names of the services that it runs. */
  record LogSource(Lease lease, ServiceNames names) {}

  /**
   * The active leases that the query means.
   *
   * @throws Refusal 404 if the user has no such deployment, or it no such service, or no active
   *     lease with that provider
   */
  List<LogSource> find(String userId, long dseq, LogReader.Query query) {
    DeploymentId id = new DeploymentId(owners.require(userId).address(), dseq);
    if (chain.deployment(id).isEmpty()) {
      throw new Refusal(Problem.NotFound.deployment());
    }
    DeploymentServices.ByGroup named = services.of(userId, dseq);
    if (!query.service().map(named::contains).orElse(true)) {
      throw new Refusal(new Problem.NotFound("Service not found in this deployment"));
    }
    List<LogSource> sources =
        chain.leases(id).stream()
            .filter(Lease::isActive)
            .filter(lease -> query.provider().map(lease.id().provider()::equals).orElse(true))
            .map(lease -> new LogSource(lease, named.of(lease.id())))
            .filter(source -> query.service().map(source.names()::contains).orElse(true))
            .toList();
    if (sources.isEmpty() && query.provider().isPresent()) {
      throw new Refusal(new Problem.NotFound("No active lease with this provider"));
    }
    return sources;
  }

  /** Whether a lease that was found is still active; so if the chain no longer knows it, not. */
  boolean isActive(Lease lease) {
    DeploymentId id = new DeploymentId(lease.id().order().owner(), lease.id().order().dseq());
    return chain.leases(id).stream()
        .filter(each -> each.id().equals(lease.id()))
        .findFirst()
        .map(Lease::isActive)
        .orElse(false);
  }

  /**
   * A replica's line with the name of its service. Providers are asked for one service; one that
   * tells of others too is not relied on.
   */
  static Optional<DeploymentLogs.LogLine> named(
      PodLine line, ServiceNames names, LogReader.Query query) {
    String service = names.ofPod(line.pod());
    return query.service().map(service::equals).orElse(true)
        ? Optional.of(
            new DeploymentLogs.LogLine(service, line.pod(), line.message(), line.receivedAt()))
        : Optional.empty();
  }
}
