package io.berth.local.stepfunctions;

import io.berth.local.stepfunctions.asl.Task;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/** What the history tells of a task: it has other events for each way of calling a function. */
final class TaskEvents {
  private final Branch branch;
  private final Task.Resource resource;
  private final String region;

  TaskEvents(Branch branch, Task.Resource resource, String region) {
    this.branch = branch;
    this.resource = resource;
    this.region = region;
  }

  void scheduled(JsonNode arguments, OptionalInt timeout, OptionalInt heartbeat) {
    Details details =
        switch (resource) {
          case Task.Resource.Function(String arn) ->
              Details.of("lambdaFunctionScheduledEventDetails")
                  .with("resource", arn)
                  .withData("input", arguments);
          case Task.Resource.Invoke _ ->
              details("Scheduled").with("region", region).with("parameters", arguments.toString());
        };
    timeout.ifPresent(seconds -> details.with("timeoutInSeconds", seconds));
    heartbeat.ifPresent(
        seconds -> {
          if (resource instanceof Task.Resource.Invoke) {
            details.with("heartbeatInSeconds", seconds);
          }
        });
    branch.event(type("Scheduled"), details);
  }

  void started() {
    branch.event(
        type("Started"),
        resource instanceof Task.Resource.Function
            ? Optional.empty()
            : Optional.of(details("Started")));
  }

  /** The function has taken the token; now somebody must report with it. */
  void submitted(JsonNode result) {
    branch.event(type("Submitted"), details("Submitted").withData("output", result));
  }

  void succeeded(JsonNode result) {
    branch.event(type("Succeeded"), details("Succeeded").withData("output", result));
  }

  void failed(Failure failure) {
    branch.event(type("Failed"), details("Failed").with(failure));
  }

  void timedOut(Failure failure) {
    branch.event(type("TimedOut"), details("TimedOut").with(failure));
  }

  private String type(String what) {
    return (resource instanceof Task.Resource.Function ? "LambdaFunction" : "Task") + what;
  }

  private Details details(String what) {
    return switch (resource) {
      case Task.Resource.Function _ -> Details.of("lambdaFunction" + what + "EventDetails");
      case Task.Resource.Invoke(boolean forToken) ->
          Details.of("task" + what + "EventDetails")
              .with("resourceType", "lambda")
              .with("resource", forToken ? "invoke.waitForTaskToken" : "invoke");
    };
  }
}
