package io.berth.local.stepfunctions;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An error of a state or an execution.
 *
 * @param error its name
 * @param cause for people; may be empty
 */
record Failure(String error, String cause) {

  /** As {@code $states.errorOutput}. */
  ObjectNode json() {
    return JsonNodeFactory.instance.objectNode().put("Error", error).put("Cause", cause);
  }
}
