package io.berth.local.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What a function writes, on its way to a client. The function waits while the client is slow. When
 * the client is gone it goes on unheard, as in Lambda.
 */
final class LiveAnswer {
  /** Pieces that were written and not yet sent. */
  private static final int BACKLOG = 64;

  /** Zero bytes between the head and the body. */
  private static final int DELIMITER = 8;

  private static final int LONGEST_HEAD = 64 << 10;

  private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>(BACKLOG);
  private volatile boolean abandoned;

  private sealed interface Piece {}

  @SuppressWarnings("ArrayRecordComponent") // Never compared, passed on once.
  private record Some(byte[] bytes) implements Piece {}

  /** The end; whole if the function said so itself. */
  private record End(boolean whole) implements Piece {}

  /** Where the function writes. */
  OutputStream sink() {
    return new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        put(new Some(Arrays.copyOfRange(bytes, offset, offset + length)));
      }
    };
  }

  /** The function is done; if not well, the client sees its answer break off. */
  void end(boolean whole) {
    try {
      put(new End(whole));
    } catch (IOException e) {
      abandoned = true;
    }
  }

  private void put(Piece piece) throws IOException {
    try {
      while (!abandoned && !pieces.offer(piece, 1, TimeUnit.SECONDS)) {
        // The client is slow, or about to go.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  /** The head, before eight zero bytes, and what came of the body with it. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared, passed on once.
  record Head(byte[] json, byte[] rest) {}

  /** Waits for the head; empty if the function ended without one, or there was none in time. */
  Optional<Head> head(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    var read = new ByteArrayOutputStream();
    while (read.size() <= LONGEST_HEAD) {
      var piece = pieces.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (!(piece instanceof Some(byte[] bytes))) {
        return Optional.empty();
      }
      read.writeBytes(bytes);
      var all = read.toByteArray();
      var end = delimiterIn(all);
      if (end >= 0) {
        return Optional.of(
            new Head(
                Arrays.copyOf(all, end), Arrays.copyOfRange(all, end + DELIMITER, all.length)));
      }
    }
    return Optional.empty();
  }

  private static int delimiterIn(byte[] bytes) {
    var zeros = 0;
    for (var i = 0; i < bytes.length; i++) {
      zeros = bytes[i] == 0 ? zeros + 1 : 0;
      if (zeros == DELIMITER) {
        return i - DELIMITER + 1;
      }
    }
    return -1;
  }

  /**
   * Passes on the body, each piece at once.
   *
   * @throws IOException if the client is gone, or the function failed
   */
  void sendTo(OutputStream client) throws IOException {
    try {
      while (true) {
        switch (pieces.take()) {
          case Some(byte[] bytes) -> {
            client.write(bytes);
            client.flush();
          }
          case End(boolean whole) -> {
            if (!whole) {
              throw new IOException("the function failed in the middle of its answer");
            }
            return;
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    } finally {
      abandon();
    }
  }

  /** Nobody reads any more. */
  void abandon() {
    abandoned = true;
    pieces.clear();
  }
}
