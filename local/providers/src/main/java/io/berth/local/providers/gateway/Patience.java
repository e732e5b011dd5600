package io.berth.local.providers.gateway;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What requests to a slow gateway need. Changing it lets all that wait go on. */
public final class Patience {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Duration needed = Duration.ZERO;
  private long changes;

  /** How long each request waits from now on. */
  public void needed(Duration duration) {
    lock.lock();
    try {
      needed = duration;
      changes++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void await() {
    lock.lock();
    try {
      long before = changes;
      long nanos = needed.toNanos();
      while (nanos > 0 && before == changes) {
        nanos = changed.awaitNanos(nanos);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}
