package io.berth.domain.deployment;

import io.berth.domain.SideBySide;
import io.berth.domain.akash.AkashReader;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.akash.Lease;
import io.berth.domain.deployment.DeploymentEvents.LeaseEvents;
import io.berth.domain.deployment.DeploymentEvents.NamedEvent;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.domain.provider.ClusterEvent;
import io.berth.domain.provider.ProviderStreams;
import io.berth.domain.provider.ReadCaps;
import io.berth.domain.provider.ReadOutcome;
import io.berth.domain.wallet.Owners;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the events of deployments and shows them: why a workload does not come up is told by events
 * only, and providers forget them within about an hour.
 */
public final class EventKeeper {
  /** Most events that are kept of one lease; what a provider invents must end somewhere. */
  static final int MOST = 500;

  private static final Comparator<NamedEvent> BY_TIME =
      Comparator.comparing(named -> named.event().event().receivedAt());

  private final Owners owners;
  private final DeploymentServices services;
  private final AkashReader chain;
  private final ProviderStreams streams;
  private final KeptEvents kept;
  private final ReadCaps caps;

  /**
   * @param caps of what is read of providers at once, all leases together
   */
  public EventKeeper(
      Owners owners,
      DeploymentRecords records,
      SdlPolicy sdls,
      AkashReader chain,
      ProviderStreams streams,
      KeptEvents kept,
      ReadCaps caps) {
    this.owners = owners;
    this.services = new DeploymentServices(records, sdls);
    this.chain = chain;
    this.streams = streams;
    this.kept = kept;
    this.caps = caps;
  }

  /**
   * Asks the providers of active leases, side by side, and keeps what is new. To be called while a
   * deployment comes up and once when it is up; may be repeated at any time. That a provider does
   * not answer is no error.
   *
   * @return how it went with each active lease
   * @throws Refusal 404 if the user has no wallet
   */
  public List<LeaseEvents> keep(String userId, long dseq) {
    List<KeptEvent> known = kept.of(userId, dseq);
    DeploymentId id = new DeploymentId(owners.require(userId).address(), dseq);
    List<Lease> active = chain.leases(id).stream().filter(Lease::isActive).toList();
    ReadCaps each = caps.dividedBy(active.size());
    List<LeaseEvents> leases =
        SideBySide.map(active, lease -> new LeaseEvents(lease, ask(userId, lease, each)));
    kept.keep(
        userId, dseq, leases.stream().flatMap(lease -> fresh(lease, known).stream()).toList());
    return leases;
  }

  /**
   * All events that were ever seen, by the time when they were seen first. Providers are asked for
   * new ones on the way.
   *
   * @param since only those seen first at this time or later; empty for all
   * @throws Refusal 404 if the user has no such deployment
   */
  public DeploymentEvents read(String userId, long dseq, Optional<Instant> since) {
    DeploymentId id = new DeploymentId(owners.require(userId).address(), dseq);
    if (chain.deployment(id).isEmpty()) {
      throw new Refusal(Problem.NotFound.deployment());
    }
    List<LeaseEvents> leases = keep(userId, dseq);
    // Read back: of what somebody else kept at the same time, the first counts.
    List<KeptEvent> events = kept.of(userId, dseq);
    DeploymentServices.ByGroup named = services.of(userId, dseq);
    return new DeploymentEvents(
        events.stream()
            .filter(
                each -> since.map(time -> !each.event().receivedAt().isBefore(time)).orElse(true))
            .map(
                each ->
                    new NamedEvent(each, named.of(each.lease()).ofObject(each.event().object())))
            .sorted(BY_TIME)
            .toList(),
        leases,
        caps);
  }

  private ReadOutcome<ClusterEvent> ask(String userId, Lease lease, ReadCaps each) {
    return LeaseProvider.ask(
        chain, lease, provider -> streams.events(userId, provider, lease.id(), each));
  }

  /** What a lease's provider told and nobody knew; each once. */
  private static List<KeptEvent> fresh(LeaseEvents told, List<KeptEvent> known) {
    if (!(told.outcome() instanceof ReadOutcome.Read<ClusterEvent> read)) {
      return List.of();
    }
    Set<KeptEvent.Identity> seen = new HashSet<>();
    known.stream()
        .filter(event -> event.lease().equals(told.lease().id()))
        .forEach(event -> seen.add(event.identity()));
    List<KeptEvent> fresh = new ArrayList<>();
    for (ClusterEvent event : read.items()) {
      KeptEvent candidate = new KeptEvent(told.lease().id(), event);
      if (seen.size() < MOST && seen.add(candidate.identity())) {
        fresh.add(candidate);
      }
    }
    return fresh;
  }
}
