package io.berth.local.aws;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * AWS's own DynamoDB Local in this process. Its request handler is served from here rather than by
 * its {@code DynamoDBProxyServer}, which listens on every address, sends telemetry, and leaves
 * threads behind that keep the process alive.
 */
final class DynamoDb implements AutoCloseable {
  /** How long closing waits for threads to end. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final String DATABASE_THREAD = "SQLiteQueue";

  /** Every thread that DynamoDB Local starts, since a thread's children join its group. */
  private final ThreadGroup threads;

  private final LocalDynamoDBServerHandler handler;
  private final Server server;
  private final ServerConnector connector;

  private DynamoDb(int port, Optional<Path> folder) {
    threads = new ThreadGroup("dynamodb");
    handler = new LocalDynamoDBServerHandler(requestHandler(port, folder), null);
    server = new Server(threadPool(threads));
    connector = new ServerConnector(server);
    connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    connector.setPort(port);
    server.addConnector(connector);
    server.setHandler(new ContextHandler(handler, "/"));
  }

  /**
   * Starts it on a port of this machine.
   *
   * @param port 0 picks a free one
   * @param folder an existing folder where its database file is kept; in memory if empty
   * @throws IllegalStateException if the port is taken
   */
  static DynamoDb start(int port, Optional<Path> folder) {
    DynamoDb dynamoDb = new DynamoDb(port, folder);
    try {
      dynamoDb.server.start();
    } catch (Exception e) {
      dynamoDb.close();
      throw new IllegalStateException("DynamoDB Local cannot listen on port " + port, e);
    }
    return dynamoDb;
  }

  /** One database for all regions and credentials, without the delays of a real table's states. */
  private static LocalDynamoDBRequestHandler requestHandler(int port, Optional<Path> folder) {
    boolean inMemory = folder.isEmpty();
    String path = folder.map(Path::toString).orElse(null);
    return new LocalDynamoDBRequestHandler(port, inMemory, path, true, false);
  }

  /**
   * A thread that waits for the body of a request needs another to hear of it; so there must be
   * more of them than clients that send at once, or all wait until their time is up.
   */
  private static QueuedThreadPool threadPool(ThreadGroup group) {
    QueuedThreadPool pool = new QueuedThreadPool(512, 4, 60_000, -1, null, group);
    pool.setName("dynamodb");
    pool.setDaemon(true);
    return pool;
  }

  URI endpoint() {
    return URI.create("http://" + connector.getHost() + ":" + connector.getLocalPort());
  }

  /** Stops listening, waits until kept data is complete on disk, and ends every thread. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDB Local did not stop listening", e);
    } finally {
      handler.close();
      join(thread -> thread.getName().startsWith(DATABASE_THREAD));
      // What is left are jobs that sleep for hours between their runs.
      threads.interrupt();
      join(thread -> true);
    }
  }

  private void join(Predicate<Thread> which) {
    Thread[] found = new Thread[threads.activeCount() + 16];
    int count = threads.enumerate(found);
    try {
      for (Thread thread : Stream.of(found).limit(count).filter(which).toList()) {
        thread.join(PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
