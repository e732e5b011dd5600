package io.berth.local.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.local.aws.InvocationResult;
import io.berth.local.aws.JsonRequest;
import io.berth.local.stepfunctions.asl.Definition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** With the system's time and threads. */
class SystemTimelineTest {

  @Test
  void workThatIsCancelledDoesNotRun() throws Exception {
    CompletableFuture<String> first = new CompletableFuture<>();
    try (SystemTimeline timeline = new SystemTimeline()) {
      timeline.after(Duration.ofMillis(20), () -> first.complete("cancelled")).cancel();
      timeline.after(Duration.ofMillis(40), () -> first.complete("kept"));

      assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("kept");
    }
  }

  @Test
  void aMachineWaitsAndCallsFunctionsThatBlock() throws Exception {
    CompletableFuture<String> told = new CompletableFuture<>();
    try (SystemTimeline timeline = new SystemTimeline();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      StepFunctions stepFunctions =
          new StepFunctions(
              StepFunctions.Config.inMemory(),
              timeline,
              new Random(1),
              Functions.on(
                  threads,
                  (name, event, _) -> {
                    if (name.equals("tell")) {
                      told.complete(new String(event, StandardCharsets.UTF_8));
                    }
                    return new InvocationResult.Returned(event);
                  }));
      String machine =
          stepFunctions.add(
              "machine",
              Definition.read(
                  """
                  QueryLanguage: JSONata
                  StartAt: Hold
                  States:
                    Hold: {Type: Wait, Timestamp: "2026-01-01T00:00:00Z", Next: Ask}
                    Ask: {Type: Task, Resource: "arn:aws:lambda:us-east-1:000000000000:function:ask", Output: {heard: "{% $states.result %}"}, Next: Tell}
                    Tell: {Type: Task, Resource: "arn:aws:lambda:us-east-1:000000000000:function:tell", End: true}
                  """,
                  Map.of()));
      byte[] request =
          "{\"stateMachineArn\":\"%s\",\"input\":\"[1]\"}"
              .formatted(machine)
              .getBytes(StandardCharsets.UTF_8);
      stepFunctions.call("StartExecution", JsonRequest.parse(request));

      assertThat(told.get(10, TimeUnit.SECONDS)).isEqualTo("{\"heard\":[1]}");
    }
  }
}
