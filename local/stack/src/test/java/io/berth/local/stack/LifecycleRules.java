package io.berth.local.stack;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Berth's own rules for {@code deployment.asl.yaml}, beyond those of the language: nothing runs
 * without a deadline, is retried in step with others, or fails without a way on; what Java throws
 * and what the machine catches are the same; and no data of users gets into executions.
 */
final class LifecycleRules {
  private static final String INVOKE = "arn:aws:states:::lambda:invoke";
  private static final String INVOKE_FOR_TOKEN = INVOKE + ".waitForTaskToken";
  private static final String OURS = "io.berth.";
  private static final String ID = "{% $states.context.Execution.Input.operationId %}";
  private static final String TOKEN = "{% $states.context.Task.Token %}";

  /** Outputs that hold ids and control values only: a task's answer, and the machine's input. */
  private static final Set<String> OUTPUTS =
      Set.of("{% $states.result.Payload %}", "{% $states.context.Execution.Input %}");

  /** What Lambda and Step Functions themselves tell. */
  private static final Set<String> PLATFORM =
      Set.of(
          "Lambda.TooManyRequestsException",
          "Lambda.ServiceException",
          "Lambda.AWSLambdaException",
          "Lambda.SdkClientException",
          "States.TaskFailed",
          "States.Timeout",
          "States.ALL");

  private final JsonNode machine;
  private final Set<String> functions;
  private final Set<String> errors;
  private final Function<String, Set<String>> errorsOf;
  private final List<String> faults = new ArrayList<>();

  /**
   * @param machine the definition, with every substitution's name for its value
   * @param functions the names that the template has a function for
   * @param errors the class names that the lifecycle may throw
   * @param errorsOf those that a function may throw
   */
  LifecycleRules(
      JsonNode machine,
      Set<String> functions,
      Set<String> errors,
      Function<String, Set<String>> errorsOf) {
    this.machine = machine;
    this.functions = functions;
    this.errors = errors;
    this.errorsOf = errorsOf;
  }

  /** Everything that breaks a rule, each with the state's name. */
  List<String> faults() {
    require(machine.has("TimeoutSeconds"), "machine", "has no TimeoutSeconds");
    machine.get("States").properties().forEach(state -> check(state.getKey(), state.getValue()));
    checkFunctions();
    checkErrors();
    checkEnds();
    return List.copyOf(faults);
  }

  private void check(String name, JsonNode state) {
    require(!state.path("Comment").asString("").isBlank(), name, "has no Comment");
    require(!state.has("End"), name, "ends the machine: only Succeed and Fail may");
    require(!state.has("Assign"), name, "has variables");
    outputs(state).forEach(output -> checkOutput(name, output));
    switch (state.get("Type").asString()) {
      case "Task" -> checkTask(name, state);
      case "Choice" -> require(state.has("Default"), name, "has no Default");
      case "Wait", "Succeed", "Fail" -> {}
      default -> faults.add(name + ": is of a type that is not used here");
    }
  }

  private void checkTask(String name, JsonNode task) {
    require(task.path("TimeoutSeconds").isInt(), name, "has no TimeoutSeconds");
    checkArguments(name, task);
    Set<String> thrown = errorsOf(task);
    Set<String> decided = new TreeSet<>();
    boolean retries = false;
    for (JsonNode retrier : task.path("Retry")) {
      List<String> names = names(retrier);
      if (retrier.path("MaxAttempts").asInt(-1) == 0) {
        require(!retries, name, "retries before it looks whether it is decided");
        decided.addAll(names);
      } else {
        retries = true;
        checkRetrier(name, retrier);
      }
    }
    require(retries, name, "has no Retry");
    for (String error : thrown) {
      require(decided.contains(error), name, "can end with " + error + ", and retries it");
    }
    for (String error : decided) {
      require(thrown.contains(error), name, "decides on " + error + ", which it never ends with");
    }
    checkCatch(name, task.path("Catch"), thrown);
  }

  private void checkRetrier(String name, JsonNode retrier) {
    require(retrier.has("MaxAttempts"), name, "has a retrier without MaxAttempts");
    require(
        retrier.path("JitterStrategy").asString("").equals("FULL"),
        name,
        "has a retrier without full jitter");
    for (String error : names(retrier)) {
      require(!error.startsWith(OURS), name, "retries " + error + ", which is decided");
    }
  }

  /**
   * Without an Output of its own a catcher would hand on the error, whose text may tell anything.
   */
  private void checkCatch(String name, JsonNode catchers, Set<String> thrown) {
    List<String> last = catchers.isEmpty() ? List.of() : names(catchers.get(catchers.size() - 1));
    require(last.equals(List.of("States.ALL")), name, "does not catch States.ALL last");
    for (JsonNode catcher : catchers) {
      require(catcher.has("Output"), name, "hands on what went wrong as data");
      for (String error : names(catcher)) {
        boolean possible = !error.startsWith(OURS) || thrown.contains(error);
        require(possible, name, "catches " + error + ", which it never ends with");
      }
    }
  }

  private void checkArguments(String name, JsonNode task) {
    String resource = task.path("Resource").asString("");
    boolean forToken = resource.equals(INVOKE_FOR_TOKEN);
    require(forToken || resource.equals(INVOKE), name, "is no lambda:invoke");
    require(forToken || task.has("Output"), name, "hands on all that Lambda tells");
    JsonNode arguments = task.path("Arguments");
    require(
        Set.copyOf(arguments.propertyNames()).equals(Set.of("FunctionName", "Payload")),
        name,
        "has arguments other than FunctionName and Payload");
    Map<String, String> payload =
        forToken ? Map.of("operationId", ID, "taskToken", TOKEN) : Map.of("operationId", ID);
    JsonNode given = arguments.path("Payload");
    boolean same =
        Set.copyOf(given.propertyNames()).equals(payload.keySet())
            && payload.entrySet().stream()
                .allMatch(each -> given.get(each.getKey()).asString("").equals(each.getValue()));
    require(same, name, "passes on something other than " + new TreeSet<>(payload.keySet()));
  }

  private void checkOutput(String name, JsonNode output) {
    require(
        OUTPUTS.contains(output.asString("")),
        name,
        "hands on something other than control values");
  }

  /** Of the state and of its choices and catchers. */
  private static List<JsonNode> outputs(JsonNode state) {
    return state.findValues("Output");
  }

  /** The template gives a function for every name here, and every function of it is used. */
  private void checkFunctions() {
    Set<String> called = new HashSet<>();
    for (JsonNode state : machine.get("States")) {
      if (state.has("Resource")) {
        called.add(function(state));
      }
    }
    for (String function : called) {
      require(functions.contains(function), "template", "gives no function for " + function);
    }
    for (String function : functions) {
      require(
          called.contains(function), "template", "gives " + function + ", which no state calls");
    }
  }

  /** Names are spelt right, and no class is left out. */
  private void checkErrors() {
    Set<String> handled = new HashSet<>();
    for (JsonNode list : machine.findValues("ErrorEquals")) {
      for (JsonNode error : list) {
        handled.add(error.asString());
      }
    }
    for (String error : handled) {
      require(
          errors.contains(error) || PLATFORM.contains(error), "machine", "knows no error " + error);
    }
    for (String error : errors) {
      require(handled.contains(error), "machine", "does not handle " + error);
    }
  }

  /** From every state some way leads to an end; that each is reached the loader sees. */
  private void checkEnds() {
    Set<String> ending = new HashSet<>();
    boolean grown = true;
    while (grown) {
      grown = false;
      for (Map.Entry<String, JsonNode> state : machine.get("States").properties()) {
        boolean ends =
            Set.of("Succeed", "Fail").contains(state.getValue().get("Type").asString())
                || successors(state.getValue()).stream().anyMatch(ending::contains);
        grown |= ends && ending.add(state.getKey());
      }
    }
    for (String name : machine.get("States").propertyNames()) {
      require(ending.contains(name), name, "leads to no end");
    }
  }

  private static Collection<String> successors(JsonNode state) {
    List<String> next = new ArrayList<>(state.findValuesAsString("Next"));
    next.add(state.path("Default").asString(""));
    return next;
  }

  private Set<String> errorsOf(JsonNode task) {
    String function = function(task);
    return functions.contains(function) ? errorsOf.apply(function) : Set.of();
  }

  private static String function(JsonNode task) {
    return task.path("Arguments").path("FunctionName").asString("");
  }

  private static List<String> names(JsonNode holder) {
    List<String> names = new ArrayList<>();
    holder.path("ErrorEquals").forEach(name -> names.add(name.asString()));
    return names;
  }

  private void require(boolean holds, String where, String fault) {
    if (!holds) {
      faults.add(where + ": " + fault);
    }
  }
}
