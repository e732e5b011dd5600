package io.berth.local.gateway;

import java.time.Duration;
import java.util.List;

/**
 * A Lambda authorizer of type REQUEST.
 *
 * @param name its name in the template
 * @param function the logical id of the function that decides
 * @param identitySources what identifies the caller, and keys the cache
 * @param reauthorizeEvery how long an answer is cached; zero asks every time
 */
public record Authorizer(
    String name, String function, List<IdentitySource> identitySources, Duration reauthorizeEvery) {

  public Authorizer {
    identitySources = List.copyOf(identitySources);
  }

  /** Where a request carries an identity. */
  public enum Place {
    HEADER("Headers"),
    QUERY_STRING("QueryStrings"),
    STAGE_VARIABLE("StageVariables"),
    CONTEXT("Context");

    private final String property;

    Place(String property) {
      this.property = property;
    }

    /** The property of {@code Identity} that lists sources of this place. */
    String property() {
      return property;
    }
  }

  /**
   * One part of a caller's identity.
   *
   * @param place where it is
   * @param name which header, parameter or variable it is
   */
  public record IdentitySource(Place place, String name) {}
}
