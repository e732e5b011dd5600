package io.berth.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;

/** Takes one connection, hears everything, and says nothing. */
final class SilentServer implements AutoCloseable {
  /** Counted down when the client hangs up. */
  final CountDownLatch hungUp = new CountDownLatch(1);

  private final ServerSocket server;

  SilentServer() {
    try {
      server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::hear);
  }

  private void hear() {
    try (Socket accepted = server.accept()) {
      accepted.getInputStream().readAllBytes();
    } catch (IOException e) {
      // A reset is a way of hanging up.
    } finally {
      hungUp.countDown();
    }
  }

  int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
