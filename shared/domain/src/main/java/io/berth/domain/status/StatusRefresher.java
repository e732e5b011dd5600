package io.berth.domain.status;

import io.berth.domain.SideBySide;
import io.berth.domain.akash.AkashReader;
import io.berth.domain.akash.BidId;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.akash.Lease;
import io.berth.domain.provider.ProviderGateway;
import io.berth.domain.provider.StatusOutcome;
import io.berth.domain.wallet.Owners;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks providers for the status of leases and keeps the answers. One question at a time each. */
public final class StatusRefresher {
  /** Longer than the gateway's client waits, and the signer and the node before it. */
  private static final Duration CLAIM = Duration.ofSeconds(20);

  private final Owners owners;
  private final AkashReader chain;
  private final ProviderGateway gateway;
  private final StatusCache cache;
  private final Duration maxAge;
  private final InstantSource clock;

  /**
   * @param maxAge of an answer that is not asked for again
   */
  public StatusRefresher(
      Owners owners,
      AkashReader chain,
      ProviderGateway gateway,
      StatusCache cache,
      Duration maxAge,
      InstantSource clock) {
    this.owners = owners;
    this.chain = chain;
    this.gateway = gateway;
    this.cache = cache;
    this.maxAge = maxAge;
    this.clock = clock;
  }

  /**
   * Refreshes what is older than the most age, of a deployment's active leases side by side, and
   * forgets what is known of those that have ended.
   *
   * @return how many providers were asked
   */
  public int refresh(String userId, long dseq) {
    DeploymentId id = new DeploymentId(owners.require(userId).address(), dseq);
    List<BidId> active = chain.leases(id).stream().filter(Lease::isActive).map(Lease::id).toList();
    Map<BidId, StatusCache.Entry> entries = cache.of(userId, dseq);
    cache.forget(
        userId, entries.keySet().stream().filter(lease -> !active.contains(lease)).toList());
    List<BidId> due =
        active.stream()
            .filter(lease -> isDue(entries.getOrDefault(lease, StatusCache.Entry.NONE)))
            .toList();
    return (int)
        SideBySide.map(due, lease -> ask(userId, lease)).stream()
            .filter(Optional::isPresent)
            .count();
  }

  /** Whether an entry is old, and nobody is asking for a newer one. */
  boolean isDue(StatusCache.Entry entry) {
    Instant now = clock.instant();
    return !entry.isClaimed(now)
        && entry.known().map(known -> known.askedAt().plus(maxAge).isBefore(now)).orElse(true);
  }

  /**
   * Asks a lease's provider and keeps the answer.
   *
   * @return what is known now; empty if somebody else is asking
   */
  Optional<KnownStatus> ask(String userId, BidId lease) {
    Instant now = clock.instant();
    Instant claim = now.plus(CLAIM);
    if (!cache.claim(userId, lease, now, claim)) {
      return Optional.empty();
    }
    StatusOutcome outcome =
        chain
            .provider(lease.provider())
            .map(provider -> gateway.leaseStatus(userId, provider, lease))
            .orElseGet(() -> new StatusOutcome.Unavailable("the provider is not on the chain"));
    Instant answered = clock.instant();
    KnownStatus known =
        Optional.ofNullable(cache.of(userId, lease.order().dseq()).get(lease))
            .flatMap(StatusCache.Entry::known)
            .map(before -> before.after(outcome, answered))
            .orElseGet(() -> KnownStatus.first(outcome, answered));
    boolean _ = cache.put(userId, lease, known, claim); // else someone with a newer answer did
    return Optional.of(known);
  }
}
