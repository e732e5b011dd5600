package io.berth.domain.deployment;

import io.berth.domain.SideBySide;
import io.berth.domain.akash.AkashReader;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.akash.Lease;
import io.berth.domain.deployment.DeploymentLogs.LeaseLogs;
import io.berth.domain.deployment.DeploymentLogs.LogLine;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.domain.provider.PodLine;
import io.berth.domain.provider.ProviderStreams;
import io.berth.domain.provider.ReadCaps;
import io.berth.domain.provider.ReadOutcome;
import io.berth.domain.wallet.Owners;
import java.util.List;
import java.util.Optional;

/** Reads the logs of a deployment from the providers of its active leases, side by side. */
public final class LogReader {
  private final Owners owners;
  private final DeploymentServices services;
  private final AkashReader chain;
  private final ProviderStreams streams;
  private final ReadCaps caps;

  /**
   * @param caps of one answer, all leases together
   */
  public LogReader(
      Owners owners,
      DeploymentRecords records,
      SdlPolicy sdls,
      AkashReader chain,
      ProviderStreams streams,
      ReadCaps caps) {
    this.owners = owners;
    this.services = new DeploymentServices(records, sdls);
    this.chain = chain;
    this.streams = streams;
    this.caps = caps;
  }

  /**
   * What to read.
   *
   * @param service one service of the SDL; empty for all
   * @param provider leases with this one only; empty for all
   * @param tail how many lines of each replica
   */
  public record Query(Optional<String> service, Optional<String> provider, int tail) {}

  /**
   * The last lines of each replica.
   *
   * @throws Refusal 404 if the user has no such deployment, or it no such service, or no active
   *     lease with that provider
   */
  public DeploymentLogs read(String userId, long dseq, Query query) {
    DeploymentId id = new DeploymentId(owners.require(userId).address(), dseq);
    if (chain.deployment(id).isEmpty()) {
      throw new Refusal(Problem.NotFound.deployment());
    }
    DeploymentServices.ByGroup named = services.of(userId, dseq);
    if (!query.service().map(named::contains).orElse(true)) {
      throw new Refusal(new Problem.NotFound("Service not found in this deployment"));
    }
    List<Lease> leases =
        chain.leases(id).stream()
            .filter(Lease::isActive)
            .filter(lease -> query.provider().map(lease.id().provider()::equals).orElse(true))
            .filter(lease -> query.service().map(named.of(lease.id())::contains).orElse(true))
            .toList();
    if (leases.isEmpty() && query.provider().isPresent()) {
      throw new Refusal(new Problem.NotFound("No active lease with this provider"));
    }
    ReadCaps each = caps.dividedBy(Math.max(1, leases.size()));
    return new DeploymentLogs(
        SideBySide.map(
            leases,
            lease -> new LeaseLogs(lease, read(userId, lease, named.of(lease.id()), query, each))),
        caps);
  }

  private ReadOutcome<LogLine> read(
      String userId, Lease lease, ServiceNames names, Query query, ReadCaps each) {
    return chain
        .provider(lease.id().provider())
        .map(
            provider ->
                named(
                    streams.logs(
                        userId,
                        provider,
                        lease.id(),
                        query.service().stream().toList(),
                        query.tail(),
                        each),
                    names,
                    query))
        .orElseGet(() -> new ReadOutcome.Unavailable<>("the provider is not on the chain"));
  }

  /** Providers are asked for one service; one that tells of others too is not relied on. */
  private static ReadOutcome<LogLine> named(
      ReadOutcome<PodLine> outcome, ServiceNames names, Query query) {
    return switch (outcome) {
      case ReadOutcome.Read<PodLine>(List<PodLine> lines, Optional<ReadOutcome.Cut> cut) ->
          new ReadOutcome.Read<>(
              lines.stream()
                  .map(
                      line ->
                          new LogLine(
                              names.ofPod(line.pod()),
                              line.pod(),
                              line.message(),
                              line.receivedAt()))
                  .filter(line -> query.service().map(line.service()::equals).orElse(true))
                  .toList(),
              cut);
      case ReadOutcome.NotReady<PodLine>(String reason) -> new ReadOutcome.NotReady<>(reason);
      case ReadOutcome.Unavailable<PodLine>(String reason) -> new ReadOutcome.Unavailable<>(reason);
    };
  }
}
