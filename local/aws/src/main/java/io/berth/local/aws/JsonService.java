package io.berth.local.aws;

import tools.jackson.databind.node.ObjectNode;

/** A service of AWS's JSON protocols, 1.0 and 1.1, whose operations {@code X-Amz-Target} names. */
@FunctionalInterface
public interface JsonService {

  /**
   * Answers one request.
   *
   * @param operation the target's name behind the service's prefix
   * @throws AwsFault when the service refuses
   */
  ObjectNode call(String operation, JsonRequest request);
}
