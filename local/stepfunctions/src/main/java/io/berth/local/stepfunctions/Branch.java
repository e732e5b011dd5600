package io.berth.local.stepfunctions;

import io.berth.local.stepfunctions.asl.Catcher;
import io.berth.local.stepfunctions.asl.Choice;
import io.berth.local.stepfunctions.asl.ErrorNames;
import io.berth.local.stepfunctions.asl.Exit;
import io.berth.local.stepfunctions.asl.Fail;
import io.berth.local.stepfunctions.asl.Flow;
import io.berth.local.stepfunctions.asl.MapState;
import io.berth.local.stepfunctions.asl.Parallel;
import io.berth.local.stepfunctions.asl.Pass;
import io.berth.local.stepfunctions.asl.Retrier;
import io.berth.local.stepfunctions.asl.State;
import io.berth.local.stepfunctions.asl.Succeed;
import io.berth.local.stepfunctions.asl.Task;
import io.berth.local.stepfunctions.asl.Wait;
import io.berth.local.stepfunctions.query.Query;
import io.berth.local.stepfunctions.query.QueryException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One flow of an execution on its way from state to state. */
final class Branch {
  private static final System.Logger LOG = System.getLogger(Branch.class.getName());

  private final Execution execution;
  private final Engine engine;
  private final Flow flow;
  private final Scope scope;
  private final Optional<MapItem> item;
  private final Consumer<Outcome> done;
  private final Map<Retrier, Integer> retries = new HashMap<>();

  private State state;
  private JsonNode input;
  private Optional<Instant> entered = Optional.empty();
  private Optional<Activity> activity = Optional.empty();
  private List<Position.Lane> lanes = List.of();
  private long lastEvent;
  private boolean ended;

  /**
   * A branch that has not begun.
   *
   * @param lastEvent from which its first event follows
   * @param done hears once how it ended, unless it is aborted
   */
  Branch(
      Execution execution,
      Flow flow,
      Scope scope,
      Optional<MapItem> item,
      long lastEvent,
      Consumer<Outcome> done) {
    this.execution = execution;
    this.engine = execution.engine();
    this.flow = flow;
    this.scope = scope;
    this.item = item;
    this.lastEvent = lastEvent;
    this.done = done;
  }

  void start(JsonNode firstInput) {
    toEnter(flow.startAt(), firstInput);
  }

  /** Goes on from where an earlier branch of this flow stood, with all retries before it. */
  void resume(Position position) {
    stand(position);
    if (entered.isPresent()) {
      follow(this::attempt);
    } else {
      toEnter(position.state(), position.input());
    }
  }

  /** Stands where an earlier branch of this flow stood, and stays there. */
  void stand(Position position) {
    scope.assign(position.variables());
    state = flow.state(position.state());
    input = position.input();
    entered = position.entered();
    lanes = position.lanes();
  }

  /** Where it stands; it can be asked after the end too. */
  Position position() {
    return new Position(
        state.name(), input, scope.own(), entered, activity.map(Activity::lanes).orElse(lanes));
  }

  /** Gives up the state it is in. */
  void abort() {
    if (!ended) {
      ended = true;
      activity.ifPresent(Activity::abort);
      if (entered.isPresent()) {
        event(state.type() + "StateAborted", Optional.empty());
      }
    }
  }

  String stateName() {
    return state.name();
  }

  long lastEvent() {
    return lastEvent;
  }

  Execution execution() {
    return execution;
  }

  Scope scope() {
    return scope;
  }

  JsonNode input() {
    return input;
  }

  /** Adds to the execution's history. */
  void event(String type, Optional<Details> details) {
    lastEvent = execution.event(lastEvent, type, Optional.of(state.name()), details);
  }

  void event(String type, Details details) {
    event(type, Optional.of(details));
  }

  /** A flow inside this one has ended: what comes next follows from its last event. */
  void joined(Branch inner) {
    lastEvent = inner.lastEvent;
  }

  private void toEnter(String name, JsonNode nextInput) {
    state = flow.state(name);
    input = nextInput;
    entered = Optional.empty();
    activity = Optional.empty();
    lanes = List.of();
    retries.clear();
    follow(this::enter);
  }

  private void follow(Runnable step) {
    engine
        .loop()
        .later(
            () -> {
              if (!ended) {
                guarded(step);
              }
            });
  }

  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (StateFault | QueryException e) {
      failed(failure(e));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "the runner failed in " + state.name() + " of " + execution.arn(), e);
      end(new Failure(ErrorNames.RUNTIME, "The local runner failed: " + e));
    }
  }

  private Failure failure(RuntimeException fault) {
    if (fault instanceof StateFault known) {
      return known.failure();
    }
    Failure failure = new Failure(ErrorNames.QUERY_EVALUATION, fault.getMessage());
    event(
        "EvaluationFailed",
        Details.of("evaluationFailedEventDetails").with(failure).with("state", state.name()));
    return failure;
  }

  private void enter() {
    if (execution.history().full()) {
      end(
          new Failure(
              ErrorNames.RUNTIME, "The execution reached the most events, " + History.LIMIT));
      return;
    }
    entered = Optional.of(engine.loop().now());
    event(state.type() + "StateEntered", Details.entered(state.name(), input));
    attempt();
  }

  private void attempt() {
    activity = Optional.empty();
    switch (state) {
      case Pass pass -> leave(pass.exit(), input, states());
      case Succeed succeed -> leave(succeed.exit(), input, states());
      case Choice choice -> choose(choice);
      case Fail fail -> throw fault(fail);
      case Wait wait -> pause(wait);
      case Task task -> {
        TaskRun run = new TaskRun(this, task);
        activity = Optional.of(run);
        run.start();
      }
      case Parallel parallel -> fork(Fork.of(this, parallel));
      case MapState map -> fork(Fork.of(this, map));
    }
  }

  private void fork(Fork fork) {
    List<Position.Lane> before = lanes;
    lanes = List.of(); // Only for the first attempt after resuming.
    activity = Optional.of(fork);
    fork.start(before);
  }

  private void choose(Choice choice) {
    for (Choice.Rule rule : choice.rules()) {
      JsonNode holds = evaluate(rule.condition(), "Condition", states());
      if (!holds.isBoolean()) {
        throw new QueryException("Condition gave " + holds + ", neither true nor false");
      }
      if (holds.asBoolean()) {
        leave(rule.exit(), input, states());
        return;
      }
    }
    Exit otherwise =
        choice
            .otherwise()
            .orElseThrow(
                () ->
                    new StateFault(
                        ErrorNames.NO_CHOICE_MATCHED,
                        "No rule of " + choice.name() + " applied, and it has no Default"));
    leave(otherwise, input, states());
  }

  private StateFault fault(Fail fail) {
    return new StateFault(
        fail.error().map(query -> text(query, "Error")).orElse(""),
        fail.cause().map(query -> text(query, "Cause")).orElse(""));
  }

  /** Evaluates what must be a string. */
  String text(Query query, String field) {
    JsonNode value = evaluate(query, field, states());
    if (!value.isString()) {
      throw new QueryException(field + " gave " + value + ", which is no string");
    }
    return value.asString();
  }

  /** Evaluates what must be a whole number. */
  int integer(Query query, String field, int least) {
    JsonNode value = evaluate(query, field, states());
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.asInt() < least) {
      throw new QueryException(
          field + " gave " + value + ", which is no whole number from " + least);
    }
    return value.asInt();
  }

  private void pause(Wait wait) {
    Duration left = Duration.between(engine.loop().now(), end(wait));
    activity =
        Optional.of(
            new Pause(
                engine
                    .loop()
                    .after(left, () -> guarded(() -> leave(wait.exit(), input, states())))));
  }

  private Instant end(Wait wait) {
    return switch (wait.until()) {
      // From when the state was entered, which may be long ago if the execution was resumed.
      case Wait.Until.Seconds(Query seconds) ->
          entered.orElseThrow().plusSeconds(integer(seconds, "Seconds", 0));
      case Wait.Until.Timestamp(Query timestamp) -> moment(text(timestamp, "Timestamp"));
    };
  }

  private static Instant moment(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException _) {
      throw new QueryException("Timestamp gave " + text + ", which is no timestamp of RFC 3339");
    }
  }

  /** From its activity: the state succeeded. */
  void completed(JsonNode result) {
    guarded(() -> leave(exit(), limited(result, "result"), states("result", result)));
  }

  private Exit exit() {
    return state.exits().getFirst(); // Success comes before what is caught.
  }

  /** From its activity, or from the state itself: the state failed. */
  void failed(Failure failure) {
    Optional<Retrier> retrier =
        state
            .recovery()
            .retrier(failure.error())
            .filter(found -> retries.getOrDefault(found, 0) < found.maxAttempts());
    if (retrier.isPresent()) {
      retry(retrier.get());
      return;
    }
    Optional<Catcher> catcher = state.recovery().catcher(failure.error());
    if (catcher.isEmpty()) {
      end(failure);
      return;
    }
    try {
      ObjectNode errorOutput = failure.json();
      leave(catcher.get().exit(), errorOutput, states("errorOutput", errorOutput));
    } catch (StateFault | QueryException e) {
      end(failure(e)); // What fails while it is caught is not caught again.
    }
  }

  private void retry(Retrier retrier) {
    int retry = retries.merge(retrier, 1, Integer::sum);
    Duration delay = retrier.delay(retry, engine.random());
    activity = Optional.of(new Pause(engine.loop().after(delay, () -> guarded(this::attempt))));
  }

  private void leave(Exit exit, JsonNode defaultOutput, ObjectNode states) {
    JsonNode output =
        limited(
            exit.output().map(query -> evaluate(query, "Output", states)).orElse(defaultOutput),
            "output");
    Map<String, JsonNode> assigned = new LinkedHashMap<>();
    exit.assign()
        .forEach((name, query) -> assigned.put(name, evaluate(query, "Assign/" + name, states)));
    scope.assign(assigned);
    event(state.type() + "StateExited", Details.exited(state.name(), output, assigned));
    if (exit.next().isPresent()) {
      toEnter(exit.next().get(), output);
    } else {
      ended = true;
      done.accept(new Outcome.Succeeded(output));
    }
  }

  private JsonNode limited(JsonNode value, String what) {
    return Payloads.limited(value, "The state '" + state.name() + "' has a " + what);
  }

  private void end(Failure failure) {
    ended = true;
    done.accept(new Outcome.Failed(failure));
  }

  /** Evaluates with what a state sees before it has a result. */
  JsonNode evaluate(Query query, String field) {
    return evaluate(query, field, states());
  }

  /** Evaluates with a given {@code $states}. */
  JsonNode evaluate(Query query, String field, ObjectNode states) {
    return engine.evaluator().evaluate(query, field, scope.visible(), states);
  }

  /** {@code $states} before there is a result. */
  ObjectNode states() {
    ObjectNode states = JsonNodeFactory.instance.objectNode();
    states.set("input", input);
    states.set("context", context());
    return states;
  }

  private ObjectNode states(String name, JsonNode value) {
    ObjectNode states = states();
    states.set(name, value);
    return states;
  }

  private ObjectNode context() {
    ObjectNode context = execution.context();
    context
        .putObject("State")
        .put("EnteredTime", entered.map(Instant::toString).orElse(""))
        .put("Name", state.name())
        .put("RetryCount", retries.values().stream().mapToInt(Integer::intValue).sum());
    item.ifPresent(found -> addTo(context, found));
    return context;
  }

  /** Adds a Map's item to a context. */
  static void addTo(ObjectNode context, MapItem item) {
    context
        .putObject("Map")
        .putObject("Item")
        .put("Index", item.index())
        .set("Value", item.value());
  }
}
