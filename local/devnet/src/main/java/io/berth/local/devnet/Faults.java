package io.berth.local.devnet;

import java.time.Duration;

/** Switches that make the node behave as real nodes do on bad days. All are off at the start. */
public final class Faults {

  private volatile Duration slow = Duration.ZERO;
  private volatile int lag;
  private volatile int hiddenBlocks;
  private volatile boolean halted;
  private volatile boolean down;
  private volatile boolean syncing;
  private int answersToDrop;

  /** Every answer takes this much longer. */
  public void slow(Duration delay) {
    slow = delay;
  }

  /**
   * The next so many BroadcastTx calls are accepted, but answered with UNAVAILABLE, as when a
   * connection breaks at the wrong moment.
   */
  public synchronized void dropAnswersAfterAccept(int calls) {
    answersToDrop = calls;
  }

  /** Queries, the latest block included, answer from this many blocks ago. */
  public void lag(int blocks) {
    lag = blocks;
  }

  /** GetTx does not find a transaction until this many blocks follow its own. */
  public void indexLag(int blocks) {
    hiddenBlocks = blocks;
  }

  /** No blocks are made; transactions are still admitted. */
  public void halt(boolean on) {
    halted = on;
  }

  /** Every call is answered with UNAVAILABLE, and nothing is accepted. */
  public void down(boolean on) {
    down = on;
  }

  /** The node says that it is still catching up. */
  public void syncing(boolean on) {
    syncing = on;
  }

  /** Switches all faults off. */
  public void clear() {
    slow(Duration.ZERO);
    dropAnswersAfterAccept(0);
    lag(0);
    indexLag(0);
    halt(false);
    down(false);
    syncing(false);
  }

  /** How much longer every answer takes. */
  public Duration slow() {
    return slow;
  }

  /** How many blocks queries are behind. */
  public int lag() {
    return lag;
  }

  /** How many blocks GetTx is behind. */
  public int indexLag() {
    return hiddenBlocks;
  }

  public boolean isHalted() {
    return halted;
  }

  public boolean isDown() {
    return down;
  }

  public boolean isSyncing() {
    return syncing;
  }

  /** Whether this answer is one to drop; counts down. */
  public synchronized boolean takeAnswerToDrop() {
    if (answersToDrop == 0) {
      return false;
    }
    answersToDrop--;
    return true;
  }
}
