package io.berth.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection unless it is called off in time. A limit for single reads would not do:
 * whoever sends a byte now and then could go on for ever.
 */
final class Cutoff implements AutoCloseable {
  private final CountDownLatch calledOff = new CountDownLatch(1);

  private Cutoff() {}

  static Cutoff of(Socket connection, Duration time) {
    Cutoff cutoff = new Cutoff();
    Thread.ofVirtual()
        .name("provider-cutoff")
        .start(() -> cutoff.closeUnlessCalledOff(connection, time));
    return cutoff;
  }

  private void closeUnlessCalledOff(Socket connection, Duration time) {
    try {
      if (!calledOff.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
        connection.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody does
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Calls it off. */
  @Override
  public void close() {
    calledOff.countDown();
  }
}
