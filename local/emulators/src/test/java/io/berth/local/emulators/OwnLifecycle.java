package io.berth.local.emulators;

import io.berth.local.aws.InvocationResult;
import io.berth.local.emulators.LifecycleScenario.Answer;
import io.berth.local.stepfunctions.Lab;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Runs scenarios in Berth's Step Functions, on virtual time. */
final class OwnLifecycle {
  private OwnLifecycle() {}

  static LifecycleRun run(LifecycleScenario scenario) {
    Lab lab = new Lab();
    Lifecycle.tasks().forEach(task -> mock(lab, task, scenario.answersOf(task.state())));
    String machine = lab.stepFunctions.add(Lifecycle.NAME, Lifecycle.DEFINITION);
    String execution = lab.startAgain(machine, scenario.name(), scenario.input());
    lab.time.runOut();
    Lab.Ended ended = lab.ended(execution);
    return new LifecycleRun(
        (ended.status() + " " + ended.error()).strip(),
        Optional.of(ended.output()).filter(output -> !output.isEmpty()),
        lab.events(execution).stream().map(OwnLifecycle::event).toList());
  }

  private static void mock(Lab lab, Lifecycle.Task task, List<Answer> answers) {
    Iterator<Answer> calls =
        Stream.concat(answers.stream(), Stream.generate(answers::getLast)).iterator();
    lab.on(task.function(), payload -> answer(lab, task, calls.next(), payload));
  }

  private static CompletionStage<InvocationResult> answer(
      Lab lab, Lifecycle.Task task, Answer answer, JsonNode payload) {
    return switch (answer) {
      case Answer.Fails(String error) -> Lab.throwsError(error);
      case Answer.Returns(String json) when !task.awaitsToken() -> Lab.returns(json);
      case Answer.TimesOut() when !task.awaitsToken() -> Lab.never();
      case Answer.TimesOut() -> Lab.returns("{}");
      case Answer.Returns(String json) -> {
        String token = payload.get("taskToken").asString();
        lab.time.after(
            Duration.ofSeconds(1),
            () -> lab.call("SendTaskSuccess", "taskToken", token, "output", json));
        yield Lab.returns("{}");
      }
    };
  }

  private static LifecycleRun.Event event(JsonNode event) {
    return new LifecycleRun.Event(
        event.get("id").asLong(),
        Optional.of(event.get("previousEventId").asLong()),
        event.get("type").asString(),
        Stream.of("stateEnteredEventDetails", "stateExitedEventDetails")
            .filter(event::has)
            .map(details -> event.get(details).get("name").asString())
            .findFirst());
  }
}
