package io.berth.domain.lifecycle;

import io.berth.domain.Pause;
import io.berth.domain.akash.Block;
import io.berth.domain.ledger.TransactionChain;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * When it is worth looking at the chain again: just after the next block. State machines wait whole
 * seconds, so a wait ends before the block, and the step itself waits for the rest of a second.
 */
public final class BlockClock {
  private static final Duration GLANCE = Duration.ofMillis(200);

  private final TransactionChain chain;
  private final Duration interval;
  private final InstantSource clock;
  private final Pause pause;

  /**
   * @param interval usual time between blocks
   */
  public BlockClock(TransactionChain chain, Duration interval, InstantSource clock, Pause pause) {
    this.chain = chain;
    this.interval = interval;
    this.clock = clock;
    this.pause = pause;
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

  /**
   * Waits for the next block.
   *
   * @param patience how long at most
   * @return whether it came
   * @throws io.berth.domain.ledger.ChainUnavailableException if the node does not answer
   */
  boolean nextBlockComes(Duration patience) {
    long seen = chain.latestBlock().height();
    Instant giveUp = clock.instant().plus(patience);
    while (clock.instant().isBefore(giveUp)) {
      try {
        pause.pause(GLANCE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
      if (chain.latestBlock().height() > seen) {
        return true;
      }
    }
    return false;
  }

  /** Whole seconds that a duration fills, at least one. */
  public static int wholeSeconds(Duration duration) {
    return (int) Math.max(1, duration.plusMillis(999).toSeconds());
  }
}
