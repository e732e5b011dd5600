package io.berth.local.stepfunctions.asl;

import io.berth.local.stepfunctions.query.Query;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Reads one state. */
final class StateReader {
  /** The longest that a task may take and a Wait may last, in seconds. */
  private static final int MOST_SECONDS = 99_999_999;

  private static final int LONGEST_NAME = 80;
  private static final int MOST_RETRY_SECONDS = 31_622_400;
  private static final Pattern VARIABLE = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]{0,79}");
  private static final Pattern FUNCTION_ARN =
      Pattern.compile(
          "arn:aws[a-z-]*:lambda:[a-z0-9-]+:\\d{12}:function:[A-Za-z0-9_-]{1,64}(:[A-Za-z0-9$_-]+)?");
  private static final Pattern INVOKE =
      Pattern.compile("arn:aws[a-z-]*:states:::lambda:invoke(?<token>\\.waitForTaskToken)?");

  /** What Lambda's Invoke takes here. */
  private static final Set<String> INVOKE_ARGUMENTS =
      Set.of("FunctionName", "Payload", "Qualifier");

  private final String name;
  private final Members members;
  private final String comment;

  StateReader(String name, JsonNode state) {
    this.name = name;
    this.members = new Members(place(name), state);
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      throw members.fault("a state's name has 1 to " + LONGEST_NAME + " characters");
    }
    this.comment = members.findText("Comment").orElse("");
  }

  static String place(String name) {
    return "state '" + name + "'";
  }

  State read() {
    members
        .findText("QueryLanguage")
        .filter(language -> !language.equals("JSONata"))
        .ifPresent(
            language -> {
              throw members.fault("QueryLanguage is " + language + "; here states are in JSONata");
            });
    String type = members.text("Type");
    State state =
        switch (type) {
          case "Pass" -> new Pass(name, comment, exit());
          case "Task" -> task();
          case "Choice" -> choice();
          case "Wait" -> waiting();
          case "Succeed" ->
              new Succeed(
                  name, comment, new Exit(members.findQuery("Output"), Map.of(), Optional.empty()));
          case "Fail" ->
              new Fail(
                  name, comment, members.findTextQuery("Error"), members.findTextQuery("Cause"));
          case "Parallel" -> parallel();
          case "Map" -> map();
          default -> throw members.fault("there is no type " + type);
        };
    members.refuseRest();
    return state;
  }

  /** The way out of a state that ends the flow or names what comes next. */
  private Exit exit() {
    Optional<String> next = members.findText("Next");
    boolean end = members.findFlag("End").orElse(false);
    if (next.isPresent() == end) {
      throw members.fault("exactly one of Next and End must be given");
    }
    return exit(members, next);
  }

  private static Exit exit(Members members, Optional<String> next) {
    Map<String, Query> assign = members.queries("Assign");
    for (String variable : assign.keySet()) {
      if (!VARIABLE.matcher(variable).matches() || variable.equals("states")) {
        throw members.fault("Assign: a variable cannot be named " + variable);
      }
    }
    return new Exit(members.findQuery("Output"), assign, next);
  }

  private Task task() {
    Task.Resource resource = resource(members.text("Resource"));
    Optional<Query> timeout = members.findIntegerQuery("TimeoutSeconds", 1, MOST_SECONDS);
    Optional<Query> heartbeat = members.findIntegerQuery("HeartbeatSeconds", 1, MOST_SECONDS);
    if (seconds(heartbeat).isPresent()
        && seconds(timeout).isPresent()
        && seconds(heartbeat).get() >= seconds(timeout).get()) {
      throw members.fault("HeartbeatSeconds must be less than TimeoutSeconds");
    }
    Optional<Query> arguments = members.findQuery("Arguments");
    if (resource instanceof Task.Resource.Invoke) {
      checkInvoke(arguments);
    }
    return new Task(name, comment, resource, arguments, timeout, heartbeat, recovery(), exit());
  }

  private static Optional<Integer> seconds(Optional<Query> query) {
    return query.flatMap(
        found ->
            found instanceof Query.Constant(JsonNode value)
                ? Optional.of(value.asInt())
                : Optional.empty());
  }

  private Task.Resource resource(String text) {
    if (FUNCTION_ARN.matcher(text).matches()) {
      return new Task.Resource.Function(text);
    }
    var invoke = INVOKE.matcher(text);
    if (invoke.matches()) {
      return new Task.Resource.Invoke(invoke.group("token") != null);
    }
    if (text.contains(":activity:")) {
      throw members.fault("Resource: activities cannot run here");
    }
    throw members.fault("Resource: " + text + " cannot be called here, only Lambda functions");
  }

  private void checkInvoke(Optional<Query> arguments) {
    Set<String> given =
        switch (arguments.orElse(null)) {
          case Query.Fields(Map<String, Query> values) -> values.keySet();
          case Query.Constant(JsonNode value) when value.isObject() ->
              Set.copyOf(value.propertyNames());
          case Query.Expression _ -> Set.of("FunctionName"); // Known only when it is evaluated.
          case null, default -> throw members.fault("Arguments must have a FunctionName");
        };
    if (!given.contains("FunctionName")) {
      throw members.fault("Arguments must have a FunctionName");
    }
    given.stream()
        .filter(argument -> !INVOKE_ARGUMENTS.contains(argument))
        .sorted()
        .findFirst()
        .ifPresent(
            argument -> {
              throw members.fault("Arguments: " + argument + " is not supported here");
            });
  }

  private Choice choice() {
    List<JsonNode> choices = members.items("Choices");
    if (choices.isEmpty()) {
      throw members.fault("Choices is missing");
    }
    List<Choice.Rule> rules = range(choices, "Choices").map(StateReader::rule).toList();
    Optional<String> defaultState = members.findText("Default");
    Exit fallback = exit(members, defaultState);
    return new Choice(name, comment, rules, defaultState.map(_ -> fallback));
  }

  private static Choice.Rule rule(Members rule) {
    rule.findText("Comment");
    Query condition =
        rule.findQuery("Condition").orElseThrow(() -> rule.fault("Condition is missing"));
    boolean truth = condition instanceof Query.Constant(JsonNode value) && value.isBoolean();
    if (!truth && !(condition instanceof Query.Expression)) {
      throw rule.fault("Condition must be one JSONata expression");
    }
    Exit exit = exit(rule, Optional.of(rule.text("Next")));
    rule.refuseRest();
    return new Choice.Rule(condition, exit);
  }

  private Wait waiting() {
    if (members.has("Seconds") == members.has("Timestamp")) {
      throw members.fault("exactly one of Seconds and Timestamp must be given");
    }
    Optional<Query> seconds = members.findIntegerQuery("Seconds", 0, MOST_SECONDS);
    Wait.Until until =
        seconds.isPresent()
            ? new Wait.Until.Seconds(seconds.get())
            : new Wait.Until.Timestamp(members.findTextQuery("Timestamp").orElseThrow());
    return new Wait(name, comment, until, exit());
  }

  private Parallel parallel() {
    List<JsonNode> branches = members.items("Branches");
    if (branches.isEmpty()) {
      throw members.fault("Branches is missing");
    }
    List<Flow> flows =
        range(branches, "Branches")
            .map(
                branch -> {
                  branch.findText("Comment");
                  Flow flow = DefinitionReader.flow(branch);
                  branch.refuseRest();
                  return flow;
                })
            .toList();
    return new Parallel(name, comment, members.findQuery("Arguments"), flows, recovery(), exit());
  }

  private MapState map() {
    Members processor =
        new Members(members.place() + ", ItemProcessor", members.get("ItemProcessor"));
    processor.findText("Comment");
    processor
        .find("ProcessorConfig")
        .map(config -> config.path("Mode").asString("INLINE"))
        .filter(mode -> !mode.equals("INLINE"))
        .ifPresent(
            mode -> {
              throw members.fault("a Map in mode " + mode + " cannot run here, only INLINE");
            });
    Flow flow = DefinitionReader.flow(processor);
    processor.refuseRest();
    Optional<Query> items = members.findQuery("Items");
    items.ifPresent(
        found -> {
          if (found instanceof Query.Fields
              || (found instanceof Query.Constant(JsonNode value) && !value.isArray())) {
            throw members.fault("Items must be an array or an expression that gives one");
          }
        });
    return new MapState(
        name,
        comment,
        items,
        members.findQuery("ItemSelector"),
        members.findIntegerQuery("MaxConcurrency", 0, Integer.MAX_VALUE),
        flow,
        recovery(),
        exit());
  }

  private Recovery recovery() {
    List<Retrier> retriers =
        range(members.items("Retry"), "Retry").map(StateReader::retrier).toList();
    List<Catcher> catchers =
        range(members.items("Catch"), "Catch").map(StateReader::catcher).toList();
    requireWildcardLast("Retry", retriers.stream().map(Retrier::errors).toList());
    requireWildcardLast("Catch", catchers.stream().map(Catcher::errors).toList());
    return new Recovery(retriers, catchers);
  }

  private void requireWildcardLast(String field, List<ErrorNames> all) {
    for (int i = 0; i < all.size(); i++) {
      List<String> names = all.get(i).names();
      if (names.contains(ErrorNames.ALL) && (names.size() > 1 || i < all.size() - 1)) {
        throw members.fault(field + ": States.ALL must stand alone, and last");
      }
    }
  }

  private static Retrier retrier(Members retrier) {
    retrier.findText("Comment");
    ErrorNames errors = errors(retrier);
    Duration interval =
        Duration.ofSeconds(retrier.findInteger("IntervalSeconds", 1, MOST_SECONDS).orElse(1));
    int attempts = retrier.findInteger("MaxAttempts", 0, MOST_SECONDS).orElse(3);
    double rate = retrier.findNumber("BackoffRate", 1.0).orElse(2.0);
    Optional<Duration> most =
        retrier.findInteger("MaxDelaySeconds", 1, MOST_RETRY_SECONDS).map(Duration::ofSeconds);
    if (most.isPresent() && most.get().compareTo(interval) <= 0) {
      throw retrier.fault("MaxDelaySeconds must be more than IntervalSeconds");
    }
    String jitter = retrier.findText("JitterStrategy").orElse("NONE");
    if (!Set.of("FULL", "NONE").contains(jitter)) {
      throw retrier.fault("JitterStrategy must be FULL or NONE");
    }
    retrier.refuseRest();
    return new Retrier(errors, interval, attempts, rate, most, jitter.equals("FULL"));
  }

  private static Catcher catcher(Members catcher) {
    catcher.findText("Comment");
    ErrorNames errors = errors(catcher);
    Exit exit = exit(catcher, Optional.of(catcher.text("Next")));
    catcher.refuseRest();
    return new Catcher(errors, exit);
  }

  private static ErrorNames errors(Members holder) {
    List<JsonNode> names = holder.items("ErrorEquals");
    if (names.isEmpty() || !names.stream().allMatch(JsonNode::isString)) {
      throw holder.fault("ErrorEquals must be an array of error names");
    }
    return new ErrorNames(names.stream().map(JsonNode::asString).toList());
  }

  /** The objects of an array, each of which knows its place. */
  private Stream<Members> range(List<JsonNode> items, String field) {
    return IntStream.range(0, items.size())
        .mapToObj(i -> new Members(members.place() + ", " + field + "[" + i + "]", items.get(i)));
  }
}
