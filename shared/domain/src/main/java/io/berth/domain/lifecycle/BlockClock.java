package io.berth.domain.lifecycle;

import io.berth.domain.akash.Block;
import io.berth.domain.ledger.TransactionChain;
import java.time.Duration;
import java.time.InstantSource;

/**
 * When it is worth looking at the chain again: just after the next block. State machines wait whole
 * seconds, so a wait ends before the block, and the step itself waits for the rest of a second.
 */
public final class BlockClock {
  private final TransactionChain chain;
  private final Duration interval;
  private final InstantSource clock;

  /**
   * @param interval usual time between blocks
   */
  public BlockClock(TransactionChain chain, Duration interval, InstantSource clock) {
    this.chain = chain;
    this.interval = interval;
    this.clock = clock;
  }

  /** Usual time between blocks. */
  public Duration interval() {
    return interval;
  }

  /** Whole seconds until just before the next block; an interval if that is overdue. */
  public Progress.Wait untilNextBlock() {
    Block newest = chain.latestBlock();
    Duration left = Duration.between(clock.instant(), newest.time().plus(interval));
    boolean overdue = left.plus(interval).isNegative();
    return new Progress.Wait(
        overdue ? wholeSeconds(interval) : (int) Math.max(0, left.toSeconds()));
  }

  /** Whole seconds that a duration fills, at least one. */
  public static int wholeSeconds(Duration duration) {
    return (int) Math.max(1, duration.plusMillis(999).toSeconds());
  }
}
