package io.berth.local.stepfunctions;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that stands still until a test moves it. */
public final class VirtualTimeline implements Timeline {
  private record Due(Instant at, long order, Runnable work) {}

  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::order));
  private Instant now = Instant.parse("2026-03-01T00:00:00Z");
  private long order;

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public Timer after(Duration delay, Runnable work) {
    Due added = new Due(delay.isNegative() ? now : now.plus(delay), order++, work);
    due.add(added);
    return () -> due.remove(added);
  }

  /** Lives through a time, and runs what falls due in it. */
  void advance(Duration time) {
    Instant end = now.plus(time);
    while (!due.isEmpty() && !due.peek().at().isAfter(end)) {
      Due next = due.remove();
      now = next.at();
      next.work().run();
    }
    now = end;
  }

  /** Lives until nothing is due any more. */
  public void runOut() {
    while (!due.isEmpty()) {
      advance(Duration.between(now, due.peek().at()));
    }
  }

  /** How much is still to run. */
  int pending() {
    return due.size();
  }
}
