package io.berth.local.crashtests;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Prints what a long run ran and what failed, since Maven prints no line for a dynamic test. */
public final class RunSummary implements TestExecutionListener {
  private final Map<String, AtomicInteger> cases = new TreeMap<>();
  private final List<String> failures = new CopyOnWriteArrayList<>();

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    String className = className(test.getUniqueIdObject());
    if (test.isTest()) {
      count(className);
    }
    if (result.getStatus() == Status.FAILED) {
      String reason = result.getThrowable().map(Throwable::toString).orElse("no reason given");
      failures.add(className + ": " + test.getDisplayName() + ": " + reason);
    }
  }

  private synchronized void count(String className) {
    cases.computeIfAbsent(className, _ -> new AtomicInteger()).incrementAndGet();
  }

  private static String className(UniqueId id) {
    return id.getSegments().stream()
        .filter(segment -> segment.getType().equals("class"))
        .map(segment -> segment.getValue().substring(segment.getValue().lastIndexOf('.') + 1))
        .findFirst()
        .orElse("engine");
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    if (!LongRun.ALL) {
      return;
    }
    cases.forEach((name, count) -> System.out.printf("%s ran %,d cases%n", name, count.get()));
    failures.forEach(failure -> System.out.println("FAILED " + failure));
    System.out.printf("seed %d: %d failed%n", LongRun.SEED, failures.size());
  }
}
