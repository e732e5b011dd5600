package io.berth.domain.provider;

import java.time.Duration;

/**
 * How much to read of what a provider tells, which may have no end.
 *
 * @param items most lines or events
 * @param bytes most bytes of them all, in the provider's JSON
 * @param time longest time from the first packet to the last
 */
public record ReadCaps(int items, int bytes, Duration time) {

  /**
   * Of the same time, which passes for all at once, an equal part of the rest; all of it if nobody
   * reads.
   */
  public ReadCaps dividedBy(int readers) {
    int parts = Math.max(1, readers);
    return new ReadCaps(Math.max(1, items / parts), Math.max(1, bytes / parts), time);
  }
}
