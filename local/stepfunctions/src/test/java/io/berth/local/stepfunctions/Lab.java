package io.berth.local.stepfunctions;

import io.berth.local.aws.InvocationResult;
import io.berth.local.aws.JsonRequest;
import io.berth.local.stepfunctions.asl.Definition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Step Functions on virtual time, with functions that a test writes down. */
public final class Lab {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** By which it waits. */
  public final VirtualTimeline time = new VirtualTimeline();

  /** The calls of functions, in order: {@code name payload}. */
  final List<String> calls = new ArrayList<>();

  /** When each of them was. */
  final List<Instant> callTimes = new ArrayList<>();

  public final StepFunctions stepFunctions;
  private final Map<String, Function<JsonNode, CompletionStage<InvocationResult>>> functions =
      new HashMap<>();
  private int machines;

  public Lab() {
    this(StepFunctions.Config.inMemory());
  }

  Lab(StepFunctions.Config config) {
    stepFunctions = new StepFunctions(config, time, new Random(11), this::invoke);
  }

  private CompletionStage<InvocationResult> invoke(String name, byte[] event) {
    JsonNode payload = JSON.readTree(event);
    calls.add(name + " " + payload);
    callTimes.add(time.instant());
    return functions
        .getOrDefault(
            name, _ -> CompletableFuture.completedFuture(new InvocationResult.NoSuchFunction()))
        .apply(payload);
  }

  public Lab on(String name, Function<JsonNode, CompletionStage<InvocationResult>> function) {
    functions.put(name, function);
    return this;
  }

  /** A function that gives back what it gets. */
  Lab echo(String name) {
    return on(name, payload -> returns(payload.toString()));
  }

  public static CompletionStage<InvocationResult> returns(String json) {
    return CompletableFuture.completedFuture(
        new InvocationResult.Returned(json.getBytes(StandardCharsets.UTF_8)));
  }

  public static CompletionStage<InvocationResult> throwsError(String type) {
    String payload = "{\"errorMessage\":\"no\",\"errorType\":\"" + type + "\"}";
    return CompletableFuture.completedFuture(
        new InvocationResult.Failed(payload.getBytes(StandardCharsets.UTF_8)));
  }

  public static CompletionStage<InvocationResult> never() {
    return new CompletableFuture<>();
  }

  CompletionStage<InvocationResult> after(
      Duration delay, CompletionStage<InvocationResult> result) {
    CompletableFuture<InvocationResult> later = new CompletableFuture<>();
    time.after(delay, () -> result.thenAccept(later::complete));
    return later;
  }

  String machine(String definition) {
    return stepFunctions.add("machine-" + machines++, Definition.read(definition, Map.of()));
  }

  /** Starts an execution of a new machine. */
  String start(String definition, String input) {
    return startAgain(machine(definition), "run", input);
  }

  public String startAgain(String machineArn, String name, String input) {
    ObjectNode request =
        JSON.createObjectNode()
            .put("stateMachineArn", machineArn)
            .put("name", name)
            .put("input", input);
    return call("StartExecution", request).get("executionArn").asString();
  }

  /** Starts an execution, lives until nothing is due any more, and describes it. */
  Ended run(String definition, String input) {
    String arn = start(definition, input);
    time.runOut();
    return ended(arn);
  }

  /** How an execution stands. */
  public record Ended(String status, String output, String error, String cause) {}

  public Ended ended(String arn) {
    JsonNode described = describe(arn);
    return new Ended(
        described.get("status").asString(),
        described.path("output").asString(""),
        described.path("error").asString(""),
        described.path("cause").asString(""));
  }

  JsonNode describe(String arn) {
    return call("DescribeExecution", JSON.createObjectNode().put("executionArn", arn));
  }

  public List<JsonNode> events(String arn) {
    List<JsonNode> events = new ArrayList<>();
    ObjectNode request = JSON.createObjectNode().put("executionArn", arn);
    Optional<String> token;
    do {
      JsonNode page = call("GetExecutionHistory", request);
      page.get("events").forEach(events::add);
      token = Optional.ofNullable(page.path("nextToken").asString(null));
      token.ifPresent(next -> request.put("nextToken", next));
    } while (token.isPresent());
    return events;
  }

  /** The types of its events, with the state's name where there is one. */
  List<String> story(String arn) {
    return events(arn).stream().map(Lab::line).toList();
  }

  private static String line(JsonNode event) {
    String type = event.get("type").asString();
    for (String member : List.of("stateEnteredEventDetails", "stateExitedEventDetails")) {
      if (event.has(member)) {
        return type + " " + event.get(member).get("name").asString();
      }
    }
    return type;
  }

  JsonNode details(String arn, String type, String member) {
    return events(arn).stream()
        .filter(event -> event.get("type").asString().equals(type))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + type + " in " + story(arn)))
        .get(member);
  }

  JsonNode call(String operation, ObjectNode request) {
    return stepFunctions.call(operation, JsonRequest.parse(JSON.writeValueAsBytes(request)));
  }

  public JsonNode call(String operation, String... members) {
    ObjectNode request = JSON.createObjectNode();
    for (int i = 0; i < members.length; i += 2) {
      request.put(members[i], members[i + 1]);
    }
    return call(operation, request);
  }
}
