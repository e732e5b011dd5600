package io.berth.local.dynamodb;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A DynamoDB endpoint on this machine: a child process of its own, or the server that {@value
 * #ENDPOINT} names.
 */
public final class DynamoDbServer implements AutoCloseable {
  /** Environment variable: the URL of a running server to use instead of a child process. */
  public static final String ENDPOINT = "BERTH_DYNAMODB_ENDPOINT";

  private final URI endpoint;
  private final Optional<Dynoxide> child;

  private DynamoDbServer(URI endpoint, Optional<Dynoxide> child) {
    this.endpoint = endpoint;
    this.child = child;
  }

  /**
   * Starts a server on the loopback address. It takes a few milliseconds, so each test can have a
   * database of its own.
   *
   * @param port 0 picks a free one; ignored for a server that runs already
   * @param database the database's file, created if missing; in memory if empty
   * @throws IllegalStateException if the engine is not installed, or the port is taken
   */
  public static DynamoDbServer start(int port, Optional<Path> database) {
    return start(port, database, System.getenv());
  }

  static DynamoDbServer start(int port, Optional<Path> database, Map<String, String> environment) {
    String running = environment.get(ENDPOINT);
    if (running != null) {
      return new DynamoDbServer(URI.create(running), Optional.empty());
    }
    Dynoxide child = Dynoxide.start(Binary.find(environment), port, database);
    return new DynamoDbServer(child.endpoint(), Optional.of(child));
  }

  /** Where it answers. */
  public URI endpoint() {
    return endpoint;
  }

  /** True for a child process, which begins with an empty database unless it has a file. */
  public boolean isChild() {
    return child.isPresent();
  }

  /**
   * Stops the child process and waits for its end. Writes that were acknowledged stay in the file.
   */
  @Override
  public void close() {
    child.ifPresent(Dynoxide::close);
  }
}
