package io.berth.local.stepfunctions;

import io.berth.local.stepfunctions.asl.ErrorNames;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One execution of a machine, from its start to its end, and on again after a redrive. */
final class Execution {
  private final Engine engine;
  private final Machine machine;
  private final String arn;
  private final String name;
  private final JsonNode input;
  private final Instant started;
  private final History history = new History();
  private Progress progress;
  private Branch root;
  private Optional<Timeline.Timer> deadline = Optional.empty();

  /**
   * What changes of an execution, besides its history.
   *
   * @param stopped when it ended last
   * @param output once it succeeded
   * @param failure once it failed, or was stopped for a reason
   * @param redrives how often it was taken up again
   * @param redriven when it was last
   */
  record Progress(
      Status status,
      Optional<Instant> stopped,
      Optional<JsonNode> output,
      Optional<Failure> failure,
      int redrives,
      Optional<Instant> redriven) {

    static final Progress BEGUN =
        new Progress(
            Status.RUNNING,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0,
            Optional.empty());

    private Progress ended(
        Status how, Instant now, Optional<JsonNode> result, Optional<Failure> why) {
      return new Progress(how, Optional.of(now), result, why, redrives, redriven);
    }

    private Progress redriven(Instant now) {
      return new Progress(
          Status.RUNNING,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          redrives + 1,
          Optional.of(now));
    }
  }

  Execution(
      Engine engine, Machine machine, String arn, String name, JsonNode input, Instant started) {
    this.engine = engine;
    this.machine = machine;
    this.arn = arn;
    this.name = name;
    this.input = input;
    this.started = started;
    this.progress = Progress.BEGUN;
    // The first state's event has no previous one, as in the example of GetExecutionHistory's page.
    this.root = root(0);
  }

  private Branch root(long lastEvent) {
    return new Branch(
        this,
        machine.definition().flow(),
        new Scope(Optional.empty()),
        Optional.empty(),
        lastEvent,
        this::ended);
  }

  void start() {
    event(
        0,
        "ExecutionStarted",
        Details.of("executionStartedEventDetails")
            .withData("input", input)
            .with("roleArn", machine.roleArn()));
    limitTime(engine.loop().now());
    root.start(input);
  }

  /** Goes on from the states that did not succeed, with their inputs. */
  void redrive() {
    Position position = root.position();
    progress = progress.redriven(engine.loop().now());
    long event =
        event(
            history.events().size(),
            "ExecutionRedriven",
            Details.of("executionRedrivenEventDetails").with("redriveCount", progress.redrives()));
    root = root(event);
    limitTime(engine.loop().now());
    root.resume(position);
  }

  /** As a stopped process left it; one that ran goes on. */
  void restore(Journal.Kept kept) {
    history.restore(kept.events());
    progress = kept.progress();
    root = root(history.events().size());
    if (progress.status() == Status.RUNNING) {
      limitTime(progress.redriven().orElse(started));
      root.resume(kept.position());
    } else {
      root.stand(kept.position());
    }
  }

  private void limitTime(Instant from) {
    deadline =
        machine
            .definition()
            .timeout()
            .map(
                most ->
                    engine
                        .loop()
                        .after(
                            Duration.between(engine.loop().now(), from.plus(most)), this::timeOut));
  }

  /** Ends it from outside. */
  void stop(Optional<Failure> why) {
    giveUp(Status.ABORTED, "Aborted", why);
  }

  private void timeOut() {
    giveUp(Status.TIMED_OUT, "TimedOut", Optional.of(new Failure(ErrorNames.TIMEOUT, "")));
  }

  private void giveUp(Status status, String what, Optional<Failure> why) {
    root.abort();
    Details details = Details.of("execution" + what + "EventDetails");
    why.ifPresent(details::with);
    end(status, "Execution" + what, details, Optional.empty(), why);
  }

  private void ended(Outcome outcome) {
    switch (outcome) {
      case Outcome.Succeeded(JsonNode output) ->
          end(
              Status.SUCCEEDED,
              "ExecutionSucceeded",
              Details.of("executionSucceededEventDetails").withData("output", output),
              Optional.of(output),
              Optional.empty());
      case Outcome.Failed(Failure failure) ->
          end(
              Status.FAILED,
              "ExecutionFailed",
              Details.of("executionFailedEventDetails").with(failure),
              Optional.empty(),
              Optional.of(failure));
    }
  }

  private void end(
      Status status,
      String event,
      Details details,
      Optional<JsonNode> output,
      Optional<Failure> failure) {
    deadline.ifPresent(Timeline.Timer::cancel);
    progress = progress.ended(status, engine.loop().now(), output, failure);
    event(root.lastEvent(), event, details);
  }

  /**
   * Adds to the history.
   *
   * @return the event's id
   */
  long event(long previous, String type, Optional<String> state, Optional<Details> details) {
    engine.changed().accept(this);
    return history.add(engine.loop().now(), previous, type, state, details);
  }

  private long event(long previous, String type, Details details) {
    return event(previous, type, Optional.empty(), Optional.of(details));
  }

  /** {@code $states.context}, short of what only a state adds. */
  ObjectNode context() {
    ObjectNode context = JsonNodeFactory.instance.objectNode();
    ObjectNode execution =
        context
            .putObject("Execution")
            .put("Id", arn)
            .put("Name", name)
            .put("RoleArn", machine.roleArn())
            .put("StartTime", started.toString())
            .put("RedriveCount", progress.redrives());
    execution.set("Input", input);
    progress.redriven().ifPresent(time -> execution.put("RedriveTime", time.toString()));
    context.putObject("StateMachine").put("Id", machine.arn()).put("Name", machine.name());
    return context;
  }

  Engine engine() {
    return engine;
  }

  Machine machine() {
    return machine;
  }

  String arn() {
    return arn;
  }

  String name() {
    return name;
  }

  JsonNode input() {
    return input;
  }

  Instant started() {
    return started;
  }

  History history() {
    return history;
  }

  Progress progress() {
    return progress;
  }

  Position position() {
    return root.position();
  }
}
