package io.berth.domain;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Work on several things at once, each in a thread of its own. */
public final class SideBySide {
  private SideBySide() {}

  /**
   * The results in the things' order, once all are there.
   *
   * @throws RuntimeException what the work threw, if it threw one
   */
  public static <T, R> List<R> map(List<T> things, Function<T, R> work) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<R>> begun =
          things.stream().map(thing -> threads.submit(() -> work.apply(thing))).toList();
      return begun.stream().map(SideBySide::join).toList();
    }
  }

  private static <R> R join(Future<R> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for work at its side", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("work at its side failed", e.getCause());
    }
  }
}
