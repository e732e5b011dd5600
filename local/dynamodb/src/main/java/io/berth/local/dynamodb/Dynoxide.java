package io.berth.local.dynamodb;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A dynoxide process. A shell between this JVM and the process kills the process when the pipe from
 * this JVM closes, so the process ends with this JVM even if that is killed.
 *
 * @see <a href="https://github.com/nubo-db/dynoxide">dynoxide</a>
 */
final class Dynoxide implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Dynoxide.class.getName());

  /** Attempts to find a port that nobody takes between its choice and the start. */
  private static final int MAX_ATTEMPTS = 5;

  /**
   * Runs a command, and kills it at the end of standard input. {@code set -m} gives the command a
   * process group of its own, so that Ctrl-C in a terminal reaches only this JVM, which then stops
   * in order.
   */
  private static final String SUPERVISOR =
      """
      trap '' INT
      exec 3<&0
      set -m 2> /dev/null
      "$@" < /dev/null 3<&- &
      child=$!
      { while read -r _; do :; done; kill -KILL "$child"; } <&3 > /dev/null 2>&1 &
      watcher=$!
      exec 3<&-
      wait "$child"
      kill -KILL "$watcher"
      """;

  private final Process supervisor;
  private final BufferedReader output;
  private final Thread logger;
  private final URI endpoint;

  private Dynoxide(Process supervisor, BufferedReader output, URI endpoint) {
    this.supervisor = supervisor;
    this.output = output;
    this.endpoint = endpoint;
    this.logger = Thread.ofVirtual().name("dynoxide").start(this::log);
  }

  /**
   * Starts the process and waits until it listens, which takes some 5 milliseconds.
   *
   * @param port 0 picks a free one
   * @param database a file; in memory if empty
   * @throws IllegalStateException with what the process said if it does not start
   */
  static Dynoxide start(Path binary, int port, Optional<Path> database) {
    for (int attempt = 1; ; attempt++) {
      try {
        return attempt(binary, port == 0 ? freePort() : port, database);
      } catch (IllegalStateException e) {
        if (port != 0 || attempt == MAX_ATTEMPTS) {
          throw e;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static Dynoxide attempt(Path binary, int port, Optional<Path> database)
      throws IOException {
    String host = InetAddress.getLoopbackAddress().getHostAddress();
    Process supervisor =
        new ProcessBuilder(command(binary, host, port, database)).redirectErrorStream(true).start();
    BufferedReader output =
        new BufferedReader(
            new InputStreamReader(supervisor.getInputStream(), StandardCharsets.UTF_8));
    String first = output.readLine();
    if (first == null || !first.contains("listening on")) {
      supervisor.getOutputStream().close();
      throw new IllegalStateException("DynamoDB did not start on port " + port + ": " + first);
    }
    return new Dynoxide(supervisor, output, URI.create("http://" + host + ":" + port));
  }

  private static List<String> command(Path binary, String host, int port, Optional<Path> database) {
    return Stream.concat(
            Stream.of("sh", "-c", SUPERVISOR, "dynoxide", binary.toString()),
            Stream.concat(
                Stream.of("--host", host, "--port", Integer.toString(port)),
                database.stream().flatMap(file -> Stream.of("--db-path", file.toString()))))
        .toList();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  URI endpoint() {
    return endpoint;
  }

  /** Ends with the process: nothing else holds the other end of its output. */
  private void log() {
    try {
      output.lines().forEach(line -> LOG.log(Level.DEBUG, line));
    } catch (UncheckedIOException e) {
      LOG.log(Level.DEBUG, "the output of dynoxide broke off", e);
    }
  }

  /** Kills the process and waits until it is gone. SQLite's log keeps what was acknowledged. */
  @Override
  public void close() {
    try {
      supervisor.getOutputStream().close();
      logger.join();
      supervisor.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
