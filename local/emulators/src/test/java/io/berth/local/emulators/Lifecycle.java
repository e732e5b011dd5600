package io.berth.local.emulators;

import io.berth.local.stepfunctions.asl.Definition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The lifecycle's state machine, in which each function's name stands for the function. */
final class Lifecycle {
  /** The machine's name in mock configurations. */
  static final String NAME = "Lifecycle";

  static final Definition DEFINITION = definition();

  private static final JsonNode STATES =
      JsonMapper.shared().readTree(DEFINITION.text()).get("States");

  /**
   * A state that calls a function.
   *
   * @param awaitsToken whether it goes on when somebody reports with its token
   */
  record Task(String state, String function, boolean awaitsToken) {}

  private Lifecycle() {}

  private static Definition definition() {
    Path file = Path.of("../../functions/lifecycle/deployment.asl.yaml");
    try {
      String source = Files.readString(file);
      Map<String, String> functions =
          Pattern.compile("\\$\\{(\\w+)}")
              .matcher(source)
              .results()
              .map(match -> match.group(1))
              .distinct()
              .collect(Collectors.toMap(Function.identity(), Function.identity()));
      return Definition.read(source, functions);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Set<String> states() {
    return STATES.propertyNames().stream().collect(Collectors.toUnmodifiableSet());
  }

  static List<Task> tasks() {
    return STATES
        .propertyStream()
        .filter(state -> state.getValue().get("Type").asString().equals("Task"))
        .map(
            state ->
                new Task(
                    state.getKey(),
                    state.getValue().at("/Arguments/FunctionName").asString(),
                    state.getValue().get("Resource").asString().endsWith(".waitForTaskToken")))
        .toList();
  }
}
