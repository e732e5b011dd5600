package io.berth.local.stepfunctions;

import tools.jackson.databind.JsonNode;

/** How a flow ended. */
sealed interface Outcome {

  record Succeeded(JsonNode output) implements Outcome {}

  record Failed(Failure failure) implements Outcome {}
}
