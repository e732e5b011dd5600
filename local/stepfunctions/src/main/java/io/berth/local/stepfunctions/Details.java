package io.berth.local.stepfunctions;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an event tells besides its type.
 *
 * @param member the member of the API's HistoryEvent in which it stands
 */
record Details(String member, ObjectNode content) {

  static Details of(String member) {
    return new Details(member, JsonNodeFactory.instance.objectNode());
  }

  Details with(String name, String value) {
    content.put(name, value);
    return this;
  }

  Details with(String name, long value) {
    content.put(name, value);
    return this;
  }

  /** JSON as text, with the note that none of it is cut off. */
  Details withData(String name, JsonNode value) {
    content.put(name, value.toString());
    content.putObject(name + "Details").put("truncated", false);
    return this;
  }

  Details with(Failure failure) {
    return with("error", failure.error()).with("cause", failure.cause());
  }

  static Details entered(String state, JsonNode input) {
    return of("stateEnteredEventDetails").with("name", state).withData("input", input);
  }

  static Details exited(String state, JsonNode output, Map<String, JsonNode> assigned) {
    Details details = of("stateExitedEventDetails").with("name", state).withData("output", output);
    if (!assigned.isEmpty()) {
      ObjectNode variables = details.content().putObject("assignedVariables");
      assigned.forEach((name, value) -> variables.put(name, value.toString()));
      details.content().putObject("assignedVariablesDetails").put("truncated", false);
    }
    return details;
  }
}
