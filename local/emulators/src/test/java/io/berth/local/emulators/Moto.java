package io.berth.local.emulators;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Moto's server, of this machine's Python.
 *
 * @see <a href="https://docs.getmoto.org/en/latest/docs/server_mode.html">Moto, server mode</a>
 */
final class Moto {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Moto() {}

  static RunningEmulator start() throws EmulatorMissingException {
    int port = freePort();
    Process server;
    try {
      requireInstalled();
      server =
          process("-m", "moto.server", "-H", "127.0.0.1", "-p", Integer.toString(port)).start();
    } catch (IOException e) {
      throw new EmulatorMissingException("No moto: this machine has no python3");
    }
    Runtime.getRuntime().addShutdownHook(new Thread(server::destroyForcibly));
    awaitReady(server, port);
    return new RunningEmulator(URI.create("http://127.0.0.1:" + port), () -> stop(server));
  }

  private static void requireInstalled() throws IOException, EmulatorMissingException {
    Process probe = process("-c", "import moto.server").start();
    if (!hasEnded(probe) || probe.exitValue() != 0) {
      probe.destroyForcibly();
      throw new EmulatorMissingException("No moto: this machine's python3 has no moto[server]");
    }
  }

  private static ProcessBuilder process(String... arguments) {
    ProcessBuilder builder = new ProcessBuilder();
    builder.command().add("python3");
    builder.command().addAll(java.util.List.of(arguments));
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.to(new File("target/moto.log")));
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitReady(Process server, int port) {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (!answers(port)) {
      if (!server.isAlive() || System.nanoTime() > giveUp) {
        server.destroyForcibly();
        throw new IllegalStateException("moto did not start: target/moto.log says why");
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static void stop(Process server) {
    server.destroy();
    if (!hasEnded(server)) {
      server.destroyForcibly();
    }
  }

  private static boolean hasEnded(Process process) {
    try {
      return process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
