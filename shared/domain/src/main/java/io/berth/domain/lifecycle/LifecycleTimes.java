package io.berth.domain.lifecycle;

import java.time.Duration;

/**
 * How long steps may take.
 *
 * @param transaction until a transaction's outcome is known, whatever the chain does
 * @param bidWindow how long owners may choose; providers take bids back after 5 minutes
 * @param manifests until all providers took the manifest; they close leases without one after 5
 *     minutes
 * @param readiness until everything runs
 */
public record LifecycleTimes(
    Duration transaction, Duration bidWindow, Duration manifests, Duration readiness) {

  /** As provider-gateway.md §3.4 and §6.1 have them, with a margin. */
  public static LifecycleTimes standard() {
    return new LifecycleTimes(
        Duration.ofMinutes(10),
        Duration.ofSeconds(290),
        Duration.ofMinutes(4),
        Duration.ofMinutes(10));
  }
}
