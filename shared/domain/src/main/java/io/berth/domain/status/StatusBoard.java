package io.berth.domain.status;

import io.berth.domain.SideBySide;
import io.berth.domain.akash.BidId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Shows the status of leases from the cache, so that no provider can keep a user waiting. Only
 * where nothing is known yet is the provider asked at once, and waited for shortly.
 */
public final class StatusBoard {
  private static final Duration FIRST_LOOK = Duration.ofSeconds(1);

  private final StatusCache cache;
  private final StatusRefresher refresher;
  private final StatusRefreshes refreshes;

  public StatusBoard(StatusCache cache, StatusRefresher refresher, StatusRefreshes refreshes) {
    this.cache = cache;
    this.refresher = refresher;
    this.refreshes = refreshes;
  }

  /** What is kept of leases of one deployment, ended ones too. */
  public Map<BidId, StatusCache.Entry> kept(String userId, long dseq) {
    return cache.of(userId, dseq);
  }

  /** Has what is old refreshed after this. What is kept of an ended lease is forgotten by that. */
  public void refreshOld(String userId, long dseq, Map<BidId, StatusCache.Entry> kept) {
    if (kept.values().stream()
        .anyMatch(entry -> entry.known().isPresent() && refresher.isDue(entry))) {
      refreshes.request(userId, dseq);
    }
  }

  /**
   * What is known of active leases: what is kept, and where there is nothing, what the provider
   * answers shortly.
   *
   * @return no entry for a lease whose provider has not answered yet
   */
  public Map<BidId, KnownStatus> known(
      String userId, Map<BidId, StatusCache.Entry> kept, List<BidId> active) {
    Map<BidId, KnownStatus> known = known(kept);
    known.keySet().retainAll(active);
    List<BidId> unknown = active.stream().filter(lease -> !known.containsKey(lease)).toList();
    List<Optional<Optional<KnownStatus>>> asked =
        SideBySide.within(FIRST_LOOK, unknown, lease -> refresher.ask(userId, lease));
    for (int i = 0; i < unknown.size(); i++) {
      BidId lease = unknown.get(i);
      asked.get(i).flatMap(answer -> answer).ifPresent(status -> known.put(lease, status));
    }
    return known;
  }

  /** What is known of leases of all of a user's deployments; nothing is asked for. */
  public Map<BidId, KnownStatus> cached(String userId) {
    return known(cache.all(userId));
  }

  private static Map<BidId, KnownStatus> known(Map<BidId, StatusCache.Entry> entries) {
    Map<BidId, KnownStatus> known = new HashMap<>();
    entries.forEach((lease, entry) -> entry.known().ifPresent(status -> known.put(lease, status)));
    return known;
  }
}
