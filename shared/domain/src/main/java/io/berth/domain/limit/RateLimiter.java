package io.berth.domain.limit;

import io.berth.domain.limit.RequestCounts.Counts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Limits how often a key and a user may ask, by counting in fixed windows that all users share.
 * Requests that are turned away count too.
 */
public final class RateLimiter {
  /** Counts are kept a little longer than their window, for clocks that differ. */
  private static final Duration KEPT = Duration.ofMinutes(10);

  /**
   * What a window allows.
   *
   * @param perKey requests with one key
   * @param perUser requests of one user, with whatever key
   * @param window in whole seconds
   */
  public record Limits(long perKey, long perUser, Duration window) {
    public Limits {
      if (perKey < 1 || perUser < 1 || window.toSeconds() < 1) {
        throw new IllegalArgumentException("limits and their window must be 1 or more");
      }
    }
  }

  private final RequestCounts counts;
  private final Limits limits;
  private final InstantSource clock;

  public RateLimiter(RequestCounts counts, Limits limits, InstantSource clock) {
    this.counts = counts;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * Counts a request and tells whether it may pass.
   *
   * @param keyId empty for a person who signed in, to whom the user's limit alone applies
   */
  public Verdict check(String userId, Optional<String> keyId) {
    Instant now = clock.instant();
    Instant window = windowOf(now);
    Counts counted = counts.count(userId, keyId.orElse("session"), window, window.plus(KEPT));
    Duration reset = roundedUp(Duration.between(now, window.plus(limits.window())));
    List<Quota> quotas = new ArrayList<>();
    boolean passes = counted.ofUser() <= limits.perUser();
    if (keyId.isPresent()) {
      quotas.add(quota("key", limits.perKey(), counted.ofCaller(), reset));
      passes &= counted.ofCaller() <= limits.perKey();
    }
    quotas.add(quota("user", limits.perUser(), counted.ofUser(), reset));
    return new Verdict(quotas, passes ? Optional.empty() : Optional.of(reset));
  }

  private Quota quota(String name, long limit, long used, Duration reset) {
    return new Quota(name, limit, limits.window(), Math.max(0, limit - used), reset);
  }

  private Instant windowOf(Instant now) {
    long seconds = limits.window().toSeconds();
    return Instant.ofEpochSecond(Math.floorDiv(now.getEpochSecond(), seconds) * seconds);
  }

  private static Duration roundedUp(Duration time) {
    return time.toNanosPart() == 0 ? time : Duration.ofSeconds(time.toSeconds() + 1);
  }
}
