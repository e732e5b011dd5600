package io.berth.provider;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A stretch of time that pieces of work use up one after another. Not for several threads. */
final class TimeBudget {
  private long nanosLeft;

  TimeBudget(Duration total) {
    this.nanosLeft = total.toNanos();
  }

  Duration left() {
    return Duration.ofNanos(Math.max(0, nanosLeft));
  }

  /**
   * Does the work in a thread of its own, which it leaves behind when the time is up: not
   * everything that blocks can be interrupted, resolving a name for one.
   *
   * @throws TimeoutException if the time is up, also when it was before
   * @throws ExecutionException if the work failed
   */
  <T> T spend(Callable<T> work) throws TimeoutException, ExecutionException, InterruptedException {
    if (nanosLeft <= 0) {
      throw new TimeoutException();
    }
    FutureTask<T> task = new FutureTask<>(work);
    long start = System.nanoTime();
    Thread.ofVirtual().name("provider-gateway").start(task);
    try {
      return task.get(nanosLeft, TimeUnit.NANOSECONDS);
    } finally {
      task.cancel(true);
      nanosLeft -= System.nanoTime() - start;
    }
  }
}
