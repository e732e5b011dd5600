package io.berth.local.stepfunctions;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One thing at a time: requests, timers and answers of functions come on any thread, and each runs
 * here alone, together with the steps that follow from it, in the order in which they followed.
 */
final class Loop {
  private final Timeline timeline;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Runnable> steps = new ArrayDeque<>();
  private final Deque<Runnable> effects = new ArrayDeque<>();
  private Runnable settled = () -> {};
  private boolean busy;
  private boolean closed;

  Loop(Timeline timeline) {
    this.timeline = timeline;
  }

  /** Runs work whenever nothing follows any more from what ran. */
  void whenSettled(Runnable work) {
    settled = work;
  }

  /**
   * Runs work and all that follows from it; from within work, what follows waits for its end.
   *
   * @throws IllegalStateException if it is closed
   */
  <T> T call(Supplier<T> work) {
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("Step Functions is closed");
      }
      return busy ? work.get() : alone(work);
    } finally {
      lock.unlock();
    }
  }

  private <T> T alone(Supplier<T> work) {
    busy = true;
    try {
      T result = work.get();
      settle();
      while (!effects.isEmpty()) {
        effects.remove().run();
        settle();
      }
      return result;
    } finally {
      busy = false;
    }
  }

  private void settle() {
    while (!steps.isEmpty()) {
      steps.remove().run();
    }
    settled.run();
  }

  /** Runs work and all that follows from it, unless it is closed. */
  void run(Runnable work) {
    lock.lock();
    try {
      if (!closed) {
        call(
            () -> {
              work.run();
              return true;
            });
      }
    } finally {
      lock.unlock();
    }
  }

  /** Nothing runs any more. */
  void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  /** From within work: this follows. */
  void later(Runnable step) {
    steps.add(step);
  }

  /** From within work: what others see of it, once all that leads to it is written down. */
  void outside(Runnable effect) {
    effects.add(effect);
  }

  /** Runs work after a delay. Cancelled from within work, it does not run even if it is due. */
  Timeline.Timer after(Duration delay, Runnable work) {
    Once once = new Once(work);
    once.timer = timeline.after(delay, () -> run(once::fire));
    return once;
  }

  private static final class Once implements Timeline.Timer {
    private final Runnable work;
    private Timeline.Timer timer;
    private boolean cancelled;

    Once(Runnable work) {
      this.work = work;
    }

    void fire() {
      if (!cancelled) {
        work.run();
      }
    }

    @Override
    public void cancel() {
      cancelled = true;
      timer.cancel();
    }
  }

  /** The time, in whole milliseconds. */
  Instant now() {
    return timeline.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
