package io.berth.domain.limit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Whether a request is within all limits.
 *
 * @param quotas every limit that applies
 * @param retryAfter when to come again; empty if the request may pass
 */
public record Verdict(List<Quota> quotas, Optional<Duration> retryAfter) {
  public Verdict {
    quotas = List.copyOf(quotas);
  }
}
