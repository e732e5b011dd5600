package io.berth.domain.limit;

import java.time.Instant;

/** Counts requests; exact however many come at once. */
public interface RequestCounts {

  /** How many requests there were in a window, with the one that was just counted. */
  record Counts(long ofUser, long ofCaller) {}

  /**
   * Counts one request more.
   *
   * @param callerId the key of the user's that it came with
   * @param window when the window that it falls into began
   * @param forgotten when the counts are of no use any more
   */
  Counts count(String userId, String callerId, Instant window, Instant forgotten);
}
