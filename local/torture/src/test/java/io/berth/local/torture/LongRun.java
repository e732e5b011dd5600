package io.berth.local.torture;

/** How much of each test runs: a draw in {@code make test}, everything in {@code make torture}. */
final class LongRun {
  /** True if {@code -Dtorture=all} asks for everything. */
  static final boolean ALL = System.getProperty("torture", "").equals("all");

  /** The seed of every draw, by {@code -Dtorture.seed}. */
  static final long SEED = Long.getLong("torture.seed", 20_261_123L);

  private LongRun() {}
}
