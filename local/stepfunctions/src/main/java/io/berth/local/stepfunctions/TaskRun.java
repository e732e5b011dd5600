package io.berth.local.stepfunctions;

import io.berth.local.aws.FunctionName;
import io.berth.local.aws.InvocationResult;
import io.berth.local.stepfunctions.asl.ErrorNames;
import io.berth.local.stepfunctions.asl.Task;
import io.berth.local.stepfunctions.query.Query;
import io.berth.local.stepfunctions.query.QueryException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One attempt of a task. */
final class TaskRun implements Activity {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Branch branch;
  private final Task task;
  private final Engine engine;
  private final TaskEvents events;
  private final List<Timeline.Timer> timers = new ArrayList<>();
  private Optional<String> token = Optional.empty();
  private OptionalInt heartbeat = OptionalInt.empty();
  private Optional<Timeline.Timer> heartbeatTimer = Optional.empty();
  private boolean open = true;

  TaskRun(Branch branch, Task task) {
    this.branch = branch;
    this.task = task;
    this.engine = branch.execution().engine();
    this.events = new TaskEvents(branch, task.resource(), engine.region());
  }

  void start() {
    ObjectNode states = branch.states();
    if (task.resource() instanceof Task.Resource.Invoke(boolean forToken) && forToken) {
      String issued = engine.tokens().issue(branch.execution().arn());
      token = Optional.of(issued);
      ((ObjectNode) states.get("context")).putObject("Task").put("Token", issued);
    }
    JsonNode arguments =
        Payloads.limited(
            task.arguments()
                .map(query -> branch.evaluate(query, "Arguments", states))
                .orElse(branch.input()),
            "The arguments");
    OptionalInt timeout = seconds(task.timeout(), "TimeoutSeconds");
    heartbeat = seconds(task.heartbeat(), "HeartbeatSeconds");
    Call call = call(arguments);
    events.scheduled(arguments, timeout, heartbeat);
    token.ifPresent(issued -> engine.tokens().register(issued, this));
    timeout.ifPresent(
        seconds ->
            timers.add(
                engine
                    .loop()
                    .after(Duration.ofSeconds(seconds), () -> timedOut(ErrorNames.TIMEOUT))));
    awaitHeartbeat();
    events.started();
    engine.loop().outside(() -> invoke(call));
  }

  private OptionalInt seconds(Optional<Query> query, String field) {
    return query.isPresent()
        ? OptionalInt.of(branch.integer(query.get(), field, 1))
        : OptionalInt.empty();
  }

  /** What to call, and with what. */
  private record Call(String function, JsonNode event) {}

  private Call call(JsonNode arguments) {
    return switch (task.resource()) {
      case Task.Resource.Function(String arn) -> new Call(name(arn), arguments);
      case Task.Resource.Invoke _ ->
          new Call(
              name(arguments.path("FunctionName").asString("")),
              arguments.has("Payload")
                  ? arguments.get("Payload")
                  : JsonNodeFactory.instance.objectNode());
    };
  }

  private static String name(String function) {
    return FunctionName.of(function)
        .orElseThrow(
            () ->
                new QueryException(
                    "FunctionName gave '" + function + "', which names no function"));
  }

  private void invoke(Call call) {
    if (!open) {
      return;
    }
    begun(call)
        .whenComplete(
            (result, failed) ->
                // Not while this task is still beginning, if the answer is there at once.
                engine.loop().run(() -> engine.loop().later(() -> answered(call, result, failed))));
  }

  private CompletionStage<InvocationResult> begun(Call call) {
    byte[] event = call.event().toString().getBytes(StandardCharsets.UTF_8);
    try {
      return engine.functions().invoke(call.function(), event);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void answered(Call call, InvocationResult result, Throwable failed) {
    if (!open) {
      return;
    }
    if (failed != null) {
      fail(new Failure("Lambda.SdkClientException", String.valueOf(failed.getMessage())));
      return;
    }
    switch (result) {
      case InvocationResult.Returned(byte[] payload) -> returned(payload);
      case InvocationResult.Failed(byte[] payload) -> fail(failure(payload));
      case InvocationResult.NoSuchFunction() ->
          fail(
              new Failure(
                  "Lambda.ResourceNotFoundException", "Function not found: " + call.function()));
    }
  }

  private void returned(byte[] payload) {
    try {
      JsonNode answer = JSON.readTree(payload);
      JsonNode result = Payloads.limited(result(answer), "The result");
      if (token.isPresent()) {
        events.submitted(result);
      } else {
        succeed(result);
      }
    } catch (JacksonException e) {
      fail(
          new Failure(
              "Lambda.Unknown", "The function's answer is not JSON: " + e.getOriginalMessage()));
    } catch (StateFault e) {
      fail(e.failure());
    }
  }

  private JsonNode result(JsonNode answer) {
    if (task.resource() instanceof Task.Resource.Function) {
      return answer;
    }
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result.put("ExecutedVersion", "$LATEST");
    result.set("Payload", answer);
    result.put("StatusCode", 200);
    return result;
  }

  private static Failure failure(byte[] payload) {
    String text = new String(payload, StandardCharsets.UTF_8);
    try {
      return new Failure(JSON.readTree(text).path("errorType").asString("Lambda.Unknown"), text);
    } catch (JacksonException _) {
      return new Failure("Lambda.Unknown", text);
    }
  }

  /** Somebody reported success with the token. */
  void report(JsonNode output) {
    try {
      succeed(Payloads.limited(output, "The output"));
    } catch (StateFault e) {
      fail(e.failure());
    }
  }

  /** Somebody reported failure with the token. */
  void report(Failure failure) {
    fail(failure);
  }

  /** Somebody reported with the token that work goes on. */
  void beat() {
    awaitHeartbeat();
  }

  private void awaitHeartbeat() {
    heartbeatTimer.ifPresent(Timeline.Timer::cancel);
    if (heartbeat.isPresent() && token.isPresent()) {
      Duration most = Duration.ofSeconds(heartbeat.getAsInt());
      heartbeatTimer =
          Optional.of(engine.loop().after(most, () -> timedOut(ErrorNames.HEARTBEAT_TIMEOUT)));
    }
  }

  private void succeed(JsonNode result) {
    close();
    events.succeeded(result);
    branch.completed(result);
  }

  private void fail(Failure failure) {
    close();
    events.failed(failure);
    branch.failed(failure);
  }

  private void timedOut(String error) {
    close();
    Failure failure = new Failure(error, "");
    events.timedOut(failure);
    branch.failed(failure);
  }

  private void close() {
    open = false;
    timers.forEach(Timeline.Timer::cancel);
    heartbeatTimer.ifPresent(Timeline.Timer::cancel);
    token.ifPresent(engine.tokens()::close);
  }

  @Override
  public void abort() {
    close();
  }
}
