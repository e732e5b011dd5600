package io.berth.local.stepfunctions;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The system's time. Closed, it runs nothing any more. */
public final class SystemTimeline implements Timeline, AutoCloseable {
  private final ScheduledExecutorService scheduler =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofVirtual().name("step-functions").factory());

  @Override
  public Instant instant() {
    return Instant.now();
  }

  @Override
  public Timer after(Duration delay, Runnable work) {
    try {
      var scheduled = scheduler.schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
      return () -> scheduled.cancel(false);
    } catch (RejectedExecutionException _) {
      return () -> {}; // Closed: executions stand still from now on.
    }
  }

  @Override
  public void close() {
    scheduler.shutdownNow();
  }
}
