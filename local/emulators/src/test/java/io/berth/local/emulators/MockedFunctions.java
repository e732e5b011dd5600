package io.berth.local.emulators;

import io.berth.local.emulators.LifecycleScenario.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The scenarios as a mock configuration of Step Functions, which LocalStack and ministack read.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/step-functions/latest/dg/sfn-local-mock-cfg-file.html">Mock
 *     configuration file</a>
 */
final class MockedFunctions {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** More calls than any scenario makes. */
  private static final int MAX_CALLS = 20;

  private MockedFunctions() {}

  static void writeTo(Path file) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode cases =
        root.putObject("StateMachines").putObject(Lifecycle.NAME).putObject("TestCases");
    ObjectNode responses = root.putObject("MockedResponses");
    for (LifecycleScenario scenario : LifecycleScenario.all()) {
      ObjectNode states = cases.putObject(scenario.name());
      for (Lifecycle.Task task : Lifecycle.tasks()) {
        String response = scenario.name() + " " + task.state();
        states.put(task.state(), response);
        responses.set(response, responses(task, scenario.answersOf(task.state())));
      }
    }
    Files.writeString(file, root.toPrettyString());
  }

  private static ObjectNode responses(Lifecycle.Task task, List<Answer> answers) {
    ObjectNode calls = JSON.createObjectNode();
    int last = answers.size() - 1;
    for (int call = 0; call < last; call++) {
      calls.set(Integer.toString(call), response(task, answers.get(call)));
    }
    calls.set(last + "-" + MAX_CALLS, response(task, answers.getLast()));
    return calls;
  }

  private static ObjectNode response(Lifecycle.Task task, Answer answer) {
    return switch (answer) {
      case Answer.Returns(String json) -> returned(task, json);
      case Answer.Fails(String error) -> thrown(error);
      case Answer.TimesOut() -> thrown("States.Timeout");
    };
  }

  private static ObjectNode returned(Lifecycle.Task task, String json) {
    ObjectNode response = JSON.createObjectNode();
    if (task.awaitsToken()) {
      response.set("Return", JSON.readTree(json));
    } else {
      response
          .putObject("Return")
          .put("ExecutedVersion", "$LATEST")
          .put("StatusCode", 200)
          .set("Payload", JSON.readTree(json));
    }
    return response;
  }

  private static ObjectNode thrown(String error) {
    ObjectNode response = JSON.createObjectNode();
    response.putObject("Throw").put("Error", error).put("Cause", "mocked");
    return response;
  }
}
