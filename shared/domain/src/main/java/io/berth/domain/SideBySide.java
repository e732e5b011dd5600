package io.berth.domain;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Work on several things at once, each in a thread of its own. Opened, it is a place to begin
 * different things in, which is left once all of them have ended.
 */
public final class SideBySide implements AutoCloseable {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private SideBySide() {}

  /** For things to begin in. */
  public static SideBySide open() {
    return new SideBySide();
  }

  /**
   * Begins work.
   *
   * @return waits for the result; throws what the work threw
   */
  public <R> Supplier<R> begin(Supplier<R> work) {
    Future<R> begun = threads.submit(work::get);
    return () -> join(begun);
  }

  @Override
  public void close() {
    threads.close();
  }

  /**
   * The results in the things' order, once all are there.
   *
   * @throws RuntimeException what the work threw, if it threw one
   */
  public static <T, R> List<R> map(List<T> things, Function<T, R> work) {
    try (SideBySide open = open()) {
      List<Supplier<R>> begun =
          things.stream().map(thing -> open.begin(() -> work.apply(thing))).toList();
      return begun.stream().map(Supplier::get).toList();
    }
  }

  /**
   * The results that are there in time, in the things' order; the work on the others goes on, and
   * its result is lost.
   *
   * @throws RuntimeException what work in time threw, if it threw one
   */
  public static <T, R> List<Optional<R>> within(
      Duration time, List<T> things, Function<T, R> work) {
    long deadline = System.nanoTime() + time.toNanos();
    List<FutureTask<R>> begun =
        things.stream().map(thing -> new FutureTask<>(() -> work.apply(thing))).toList();
    begun.forEach(Thread.ofVirtual().name("side-by-side")::start);
    return begun.stream().map(task -> join(task, deadline)).toList();
  }

  private static <R> Optional<R> join(FutureTask<R> task, long deadline) {
    try {
      return Optional.of(task.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (ExecutionException e) {
      throw failure(e);
    }
  }

  private static <R> R join(Future<R> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (ExecutionException e) {
      throw failure(e);
    }
  }

  private static RuntimeException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted while waiting for work at its side", e);
  }

  private static RuntimeException failure(ExecutionException e) {
    return e.getCause() instanceof RuntimeException cause
        ? cause
        : new IllegalStateException("work at its side failed", e.getCause());
  }
}
