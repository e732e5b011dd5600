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

  /**
   * What is known of active leases of one deployment; what is old is refreshed after this.
   *
   * @return no entry for a lease whose provider has not answered yet
   */
  public Map<BidId, KnownStatus> look(String userId, long dseq, List<BidId> active) {
    Map<BidId, StatusCache.Entry> entries = cache.find(userId, active);
    Map<BidId, KnownStatus> known = known(entries);
    if (known.keySet().stream().anyMatch(lease -> refresher.isDue(entries.get(lease)))) {
      refreshes.request(userId, dseq);
    }
    List<BidId> unknown = active.stream().filter(lease -> !known.containsKey(lease)).toList();
    List<Optional<Optional<KnownStatus>>> asked =
        SideBySide.within(FIRST_LOOK, unknown, lease -> refresher.ask(userId, lease));
    for (int i = 0; i < unknown.size(); i++) {
      BidId lease = unknown.get(i);
      asked.get(i).flatMap(answer -> answer).ifPresent(status -> known.put(lease, status));
    }
    return known;
  }

  /** What is known of leases of any deployments of a user; nothing is asked for. */
  public Map<BidId, KnownStatus> cached(String userId, List<BidId> leases) {
    return known(cache.find(userId, leases));
  }

  private static Map<BidId, KnownStatus> known(Map<BidId, StatusCache.Entry> entries) {
    Map<BidId, KnownStatus> known = new HashMap<>();
    entries.forEach((lease, entry) -> entry.known().ifPresent(status -> known.put(lease, status)));
    return known;
  }
}
