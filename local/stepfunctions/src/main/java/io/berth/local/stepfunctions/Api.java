package io.berth.local.stepfunctions;

import io.berth.local.aws.AwsFault;
import io.berth.local.aws.JsonRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The operations of Step Functions' API.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/step-functions/latest/apireference/Welcome.html">API</a>
 */
final class Api {
  /** What a name may not have: space, brackets, wildcards, other special and control characters. */
  private static final Pattern NAME =
      Pattern.compile("[^\\s<>{}\\[\\]?*\"#%\\\\^|~`$&,;:/\\p{Cntrl}]{1,80}");

  private static final int LONGEST_ERROR = 256;
  private static final int LONGEST_CAUSE = 32_768;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Executions executions;
  private final Engine engine;

  Api(Executions executions, Engine engine) {
    this.executions = executions;
    this.engine = engine;
  }

  ObjectNode call(String operation, JsonRequest request) {
    return switch (operation) {
      case "StartExecution" -> start(request);
      case "DescribeExecution" -> describe(execution(request));
      case "ListExecutions" -> list(request);
      case "GetExecutionHistory" -> history(request);
      case "StopExecution" -> stop(request);
      case "RedriveExecution" -> redrive(request);
      case "SendTaskSuccess" -> taskSuccess(request);
      case "SendTaskFailure" -> taskFailure(request);
      case "SendTaskHeartbeat" -> taskHeartbeat(request);
      case "ListStateMachines" -> listMachines(request);
      case "DescribeStateMachine" -> describe(machine(request));
      case "DescribeStateMachineForExecution" -> machineOf(execution(request));
      default -> throw AwsFault.unknownOperation(operation);
    };
  }

  private Machine machine(JsonRequest request) {
    return executions.machine(request.text("stateMachineArn"));
  }

  private Execution execution(JsonRequest request) {
    String arn = request.text("executionArn");
    if (!arn.startsWith("arn:")) {
      throw AwsFault.of("InvalidArn", "Invalid Arn: '" + arn + "'");
    }
    return executions.execution(arn);
  }

  private ObjectNode start(JsonRequest request) {
    Machine machine = machine(request);
    String name = request.find("name").orElseGet(() -> UUID.randomUUID().toString());
    if (!NAME.matcher(name).matches()) {
      throw AwsFault.of("InvalidName", "Invalid Name: '" + name + "'");
    }
    JsonNode input = json(request.find("input").orElse("{}"), "InvalidExecutionInput");
    Execution execution = executions.start(machine, name, input);
    return answer()
        .put("executionArn", execution.arn())
        .put("startDate", seconds(execution.started()));
  }

  private static JsonNode json(String text, String error) {
    if (text.getBytes(StandardCharsets.UTF_8).length > Payloads.MOST_BYTES) {
      throw AwsFault.of(error, "The text is longer than " + Payloads.MOST_BYTES + " bytes");
    }
    try {
      JsonNode value = JSON.readTree(text);
      if (!value.isMissingNode()) {
        return value;
      }
    } catch (JacksonException _) {
      // Refused below, like an empty text.
    }
    throw AwsFault.of(error, "The text is not JSON");
  }

  private static ObjectNode describe(Execution execution) {
    Execution.Progress progress = execution.progress();
    ObjectNode answer = summary(execution);
    answer.put("input", execution.input().toString());
    answer.putObject("inputDetails").put("included", true);
    progress
        .output()
        .ifPresent(
            output -> {
              answer.put("output", output.toString());
              answer.putObject("outputDetails").put("included", true);
            });
    progress
        .failure()
        .ifPresent(
            failure -> {
              answer.put("error", failure.error());
              answer.put("cause", failure.cause());
            });
    Optional<String> why = notRedrivable(progress.status());
    answer.put("redriveStatus", why.isPresent() ? "NOT_REDRIVABLE" : "REDRIVABLE");
    why.ifPresent(reason -> answer.put("redriveStatusReason", reason));
    return answer;
  }

  /** What lists of executions tell of one. */
  private static ObjectNode summary(Execution execution) {
    Execution.Progress progress = execution.progress();
    ObjectNode answer =
        answer()
            .put("executionArn", execution.arn())
            .put("stateMachineArn", execution.machine().arn())
            .put("name", execution.name())
            .put("status", progress.status().name())
            .put("startDate", seconds(execution.started()))
            .put("redriveCount", progress.redrives());
    progress.stopped().ifPresent(time -> answer.put("stopDate", seconds(time)));
    progress.redriven().ifPresent(time -> answer.put("redriveDate", seconds(time)));
    return answer;
  }

  private static Optional<String> notRedrivable(Status status) {
    return switch (status) {
      case FAILED, TIMED_OUT, ABORTED -> Optional.empty();
      case RUNNING -> Optional.of("Execution is RUNNING and cannot be redriven");
      case SUCCEEDED -> Optional.of("Execution is SUCCEEDED and cannot be redriven");
    };
  }

  private ObjectNode list(JsonRequest request) {
    Machine machine = machine(request);
    Optional<String> status = request.find("statusFilter");
    List<Execution> all =
        executions.newestFirst().stream()
            .filter(execution -> execution.machine().arn().equals(machine.arn()))
            .filter(
                execution -> status.map(execution.progress().status().name()::equals).orElse(true))
            .toList();
    Page<Execution> page = Page.of(all, request);
    ObjectNode answer = answer();
    var list = answer.putArray("executions");
    page.items().forEach(execution -> list.add(summary(execution)));
    page.nextToken().ifPresent(token -> answer.put("nextToken", token));
    return answer;
  }

  private ObjectNode history(JsonRequest request) {
    List<HistoryEvent> events = execution(request).history().events();
    boolean reverse = request.findBoolean("reverseOrder").orElse(false);
    boolean withData = request.findBoolean("includeExecutionData").orElse(true);
    Page<HistoryEvent> page = Page.of(reverse ? events.reversed() : events, request);
    ObjectNode answer = answer();
    var list = answer.putArray("events");
    page.items().forEach(event -> list.add(json(event, withData)));
    page.nextToken().ifPresent(token -> answer.put("nextToken", token));
    return answer;
  }

  private static ObjectNode json(HistoryEvent event, boolean withData) {
    ObjectNode json =
        answer()
            .put("id", event.id())
            .put("previousEventId", event.previousId())
            .put("timestamp", seconds(event.time()))
            .put("type", event.type());
    event
        .details()
        .ifPresent(
            details -> {
              ObjectNode content = details.content().deepCopy();
              if (!withData) {
                content.remove(List.of("input", "output", "parameters", "assignedVariables"));
              }
              json.set(details.member(), content);
            });
    return json;
  }

  private ObjectNode stop(JsonRequest request) {
    Execution execution = execution(request);
    Optional<String> error = request.find("error");
    Optional<String> cause = request.find("cause");
    if (execution.progress().status() == Status.RUNNING) {
      boolean reason = error.isPresent() || cause.isPresent();
      execution.stop(reason ? Optional.of(failure(error, cause)) : Optional.empty());
    }
    return answer().put("stopDate", seconds(execution.progress().stopped().orElseThrow()));
  }

  private static Failure failure(Optional<String> error, Optional<String> cause) {
    requireAtMost("error", error, LONGEST_ERROR);
    requireAtMost("cause", cause, LONGEST_CAUSE);
    return new Failure(error.orElse(""), cause.orElse(""));
  }

  private static void requireAtMost(String member, Optional<String> text, int longest) {
    if (text.filter(present -> present.length() > longest).isPresent()) {
      throw AwsFault.validation(member + " must have length less than or equal to " + longest);
    }
  }

  private ObjectNode redrive(JsonRequest request) {
    Execution execution = execution(request);
    notRedrivable(execution.progress().status())
        .ifPresent(
            reason -> {
              throw AwsFault.of("ExecutionNotRedrivable", reason);
            });
    execution.redrive();
    return answer().put("redriveDate", seconds(execution.progress().redriven().orElseThrow()));
  }

  private ObjectNode taskSuccess(JsonRequest request) {
    JsonNode output = json(request.text("output"), "InvalidOutput");
    task(request).report(output);
    return answer();
  }

  private ObjectNode taskFailure(JsonRequest request) {
    Failure failure = failure(request.find("error"), request.find("cause"));
    task(request).report(failure);
    return answer();
  }

  private ObjectNode taskHeartbeat(JsonRequest request) {
    task(request).beat();
    return answer();
  }

  private TaskRun task(JsonRequest request) {
    String token = request.text("taskToken");
    return engine
        .tokens()
        .find(token)
        .orElseThrow(
            () ->
                TaskTokens.execution(token)
                    .map(this::closed)
                    .orElseGet(
                        () -> AwsFault.of("InvalidToken", "Invalid Token: 'Invalid token'")));
  }

  private AwsFault closed(String executionArn) {
    return executions.find(executionArn).isPresent()
        ? AwsFault.of("TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'")
        : AwsFault.of("TaskDoesNotExist", "Task Does Not Exist: 'Provided task does not exist'");
  }

  private ObjectNode listMachines(JsonRequest request) {
    Page<Machine> page = Page.of(List.copyOf(executions.machines()), request);
    ObjectNode answer = answer();
    var list = answer.putArray("stateMachines");
    page.items().forEach(machine -> list.add(summary(machine)));
    page.nextToken().ifPresent(token -> answer.put("nextToken", token));
    return answer;
  }

  /** What lists of machines tell of one. */
  private static ObjectNode summary(Machine machine) {
    return answer()
        .put("stateMachineArn", machine.arn())
        .put("name", machine.name())
        .put("type", "STANDARD")
        .put("creationDate", seconds(machine.created()));
  }

  private static ObjectNode describe(Machine machine) {
    ObjectNode answer =
        summary(machine)
            .put("status", "ACTIVE")
            .put("definition", machine.definition().text())
            .put("roleArn", machine.roleArn());
    if (!machine.definition().comment().isEmpty()) {
      answer.put("description", machine.definition().comment());
    }
    return answer;
  }

  private static ObjectNode machineOf(Execution execution) {
    Machine machine = execution.machine();
    return answer()
        .put("stateMachineArn", machine.arn())
        .put("name", machine.name())
        .put("definition", machine.definition().text())
        .put("roleArn", machine.roleArn())
        .put("updateDate", seconds(machine.created()));
  }

  private static ObjectNode answer() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static double seconds(Instant time) {
    return time.toEpochMilli() / 1000.0;
  }
}
