package io.berth.local.emulators;

import io.berth.local.aws.PythonTool;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** An emulator's server on a free port of the loopback interface; its output is in target. */
final class EmulatorProcess {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

  private EmulatorProcess() {}

  static RunningEmulator start(ForeignEmulator emulator, PythonTool python, Path mocks)
      throws IOException {
    int port = freePort();
    File log = new File("target", emulator.name() + ".log");
    ProcessBuilder builder = python.process(emulator.arguments().apply(port));
    builder.environment().putAll(emulator.environment().apply(port, mocks));
    Process server = builder.redirectErrorStream(true).redirectOutput(log).start();
    Runtime.getRuntime().addShutdownHook(new Thread(server::destroyForcibly));
    awaitReady(server, port, log);
    return new RunningEmulator(URI.create("http://127.0.0.1:" + port), () -> stop(server));
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitReady(Process server, int port, File log) {
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    while (!accepts(port)) {
      if (!server.isAlive() || System.nanoTime() > deadline) {
        server.destroyForcibly();
        throw new IllegalStateException("The emulator did not start; " + log + " says why");
      }
      LockSupport.parkNanos(POLL_INTERVAL.toNanos());
    }
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static void stop(Process server) {
    server.destroy();
    try {
      if (!server.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        server.destroyForcibly();
      }
    } catch (InterruptedException e) {
      server.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
