package io.berth.local.stepfunctions.asl;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How often and when a state is tried again.
 *
 * @param errors after which errors
 * @param interval before the first retry
 * @param maxAttempts the most retries; may be 0
 * @param backoffRate by which the interval grows with each retry, 1 or more
 * @param maxDelay no interval is longer
 * @param fullJitter whether the wait is anything from nothing to the interval
 */
public record Retrier(
    ErrorNames errors,
    Duration interval,
    int maxAttempts,
    double backoffRate,
    Optional<Duration> maxDelay,
    boolean fullJitter) {

  /**
   * The wait before a retry.
   *
   * @param retry 1 for the first
   */
  public Duration delay(int retry, RandomGenerator random) {
    double most = maxDelay.orElse(Duration.ofDays(365)).toMillis();
    double millis = Math.min(interval.toMillis() * Math.pow(backoffRate, retry - 1.0), most);
    return Duration.ofMillis((long) (fullJitter ? millis * random.nextDouble() : millis));
  }
}
