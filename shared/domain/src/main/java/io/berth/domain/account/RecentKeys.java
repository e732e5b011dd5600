package io.berth.domain.account;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keys that were looked up a moment ago, by their digests, so that a burst of requests looks each
 * key up once. Only keys that exist: what is made up costs its lookup, and takes no room here.
 */
final class RecentKeys {
  /** How many at most; then the one goes that was looked up longest ago. */
  static final int MOST = 1_000;

  private final Duration trusted;
  private final Map<String, Seen> seen =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Seen> eldest) {
          return size() > MOST;
        }
      };

  /**
   * @param trusted how long what was looked up counts
   */
  RecentKeys(Duration trusted) {
    this.trusted = trusted;
  }

  private record Seen(ApiKey key, Instant at) {}

  /** The key as it was looked up; empty if that was too long ago. */
  synchronized Optional<ApiKey> find(String digest, Instant now) {
    return Optional.ofNullable(seen.get(digest))
        .filter(found -> now.isBefore(found.at().plus(trusted)))
        .map(Seen::key);
  }

  /** Keeps a key that was just looked up. */
  synchronized void keep(ApiKey key, Instant now) {
    seen.remove(key.digest());
    seen.put(key.digest(), new Seen(key, now));
  }

  /** Keeps what became of a key here; when it was looked up stays. */
  synchronized void replace(ApiKey key) {
    seen.computeIfPresent(key.digest(), (same, found) -> new Seen(key, found.at()));
  }
}
