package io.berth.domain;

import java.time.Duration;

/** Arithmetic with durations. */
public final class Durations {
  private Durations() {}

  /** The duration, or the nearer bound if it is outside. */
  public static Duration within(Duration duration, Duration least, Duration most) {
    if (duration.compareTo(least) < 0) {
      return least;
    }
    return duration.compareTo(most) > 0 ? most : duration;
  }
}
