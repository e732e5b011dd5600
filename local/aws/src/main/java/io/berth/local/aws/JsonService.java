package io.berth.local.aws;

import tools.jackson.databind.node.ObjectNode;

/** A service of the AWS JSON 1.1 protocol, whose operations {@code X-Amz-Target} names. */
@FunctionalInterface
interface JsonService {

  /**
   * Answers one request.
   *
   * @param operation the target's name behind the service's prefix
   * @throws AwsFault when the service refuses
   */
  ObjectNode call(String operation, JsonRequest request);
}
