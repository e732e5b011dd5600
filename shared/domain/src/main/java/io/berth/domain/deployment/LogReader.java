package io.berth.domain.deployment;

import io.berth.domain.SideBySide;
import io.berth.domain.akash.AkashReader;
import io.berth.domain.deployment.DeploymentLogs.LeaseLogs;
import io.berth.domain.deployment.DeploymentLogs.LogLine;
import io.berth.domain.deployment.LogSources.LogSource;
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
  private final LogSources sources;
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
    this.sources = new LogSources(owners, records, sdls, chain);
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
    List<LogSource> found = sources.find(userId, dseq, query);
    ReadCaps each = caps.dividedBy(found.size());
    return new DeploymentLogs(
        SideBySide.map(
            found, source -> new LeaseLogs(source.lease(), read(userId, source, query, each))),
        caps);
  }

  private ReadOutcome<LogLine> read(String userId, LogSource source, Query query, ReadCaps each) {
    return named(
        LeaseProvider.ask(
            chain,
            source.lease(),
            provider ->
                streams.logs(
                    userId,
                    provider,
                    source.lease().id(),
                    query.service().stream().toList(),
                    query.tail(),
                    each)),
        source.names(),
        query);
  }

  private static ReadOutcome<LogLine> named(
      ReadOutcome<PodLine> outcome, ServiceNames names, Query query) {
    return switch (outcome) {
      case ReadOutcome.Read<PodLine>(List<PodLine> lines, Optional<ReadOutcome.Cut> cut) ->
          new ReadOutcome.Read<>(
              lines.stream()
                  .flatMap(line -> LogSources.named(line, names, query).stream())
                  .toList(),
              cut);
      case ReadOutcome.NotReady<PodLine>(String reason) -> new ReadOutcome.NotReady<>(reason);
      case ReadOutcome.Unavailable<PodLine>(String reason) -> new ReadOutcome.Unavailable<>(reason);
    };
  }
}
