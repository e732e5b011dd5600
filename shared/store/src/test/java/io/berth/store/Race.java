package io.berth.store;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * The same thing done by many at once. These tests have the tag {@code not-moto}: moto checks a
 * condition and writes in two steps without a lock, and a cancelled transaction puts back all
 * tables as they were when it began, and with them what others wrote meanwhile.
 */
final class Race {
  private static final int RUNNERS = 8;

  private Race() {}

  /** How many of the runners were told that they did it. */
  static long winners(Callable<Boolean> action) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(RUNNERS)) {
      List<Future<Boolean>> runners =
          IntStream.range(0, RUNNERS)
              .mapToObj(
                  _ ->
                      threads.submit(
                          () -> {
                            start.await();
                            return action.call();
                          }))
              .toList();
      start.countDown();
      long winners = 0;
      for (Future<Boolean> runner : runners) {
        winners += runner.get() ? 1 : 0;
      }
      return winners;
    }
  }
}
