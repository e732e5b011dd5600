package io.berth.local.crashtests;

/**
 * How much of each test runs: a draw in {@code make test}, everything in {@code make crash-tests}.
 */
final class LongRun {
  /** True if {@code -Dcrash-tests=all} asks for everything. */
  static final boolean ALL = System.getProperty("crash-tests", "").equals("all");

  /** The seed of every draw, by {@code -Dcrash-tests.seed}. */
  static final long SEED = Long.getLong("crash-tests.seed", 20_261_123L);

  private LongRun() {}
}
