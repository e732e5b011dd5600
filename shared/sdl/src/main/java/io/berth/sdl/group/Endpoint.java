package io.berth.sdl.group;

/**
 * A way in from outside.
 *
 * @param sequenceNumber number of the leased address; zero when {@code kind} is not {@code
 *     LEASED_IP}
 */
public record Endpoint(Kind kind, int sequenceNumber) {

  /** Kinds in the order of {@code akash.base.resources.v1beta4.Endpoint.Kind}: 0, 1, 2. */
  public enum Kind {
    SHARED_HTTP,
    RANDOM_PORT,
    LEASED_IP
  }
}
