package io.berth.local.stepfunctions;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What an execution did in each state, read from its history and from where it stands. */
final class Trace {

  /** How a state of an execution looks. */
  enum Look {
    NOT_REACHED,
    CURRENT,
    DONE,
    /** It was left, but not without errors. */
    RECOVERED,
    FAILED,
    ABORTED
  }

  /** What happened in one state, in all its visits. */
  static final class Visits {
    private final Instant first;
    private int entered;
    private Optional<Instant> left = Optional.empty();
    private boolean failed;
    private final List<String> errors = new ArrayList<>();

    Visits(Instant first) {
      this.first = first;
    }

    /** When it was entered first. */
    Instant first() {
      return first;
    }

    /** How often it was entered. */
    int entered() {
      return entered;
    }

    /** When it was left last, if ever. */
    Optional<Instant> left() {
      return left;
    }

    /** Names of errors, in order. */
    List<String> errors() {
      return errors;
    }
  }

  private final Status status;
  private final Map<String, Visits> visits = new HashMap<>();
  private final Set<String> open = new HashSet<>();

  Trace(Execution execution) {
    status = execution.progress().status();
    execution
        .history()
        .events()
        .forEach(event -> event.state().ifPresent(state -> read(state, event)));
    if (status != Status.SUCCEEDED) {
      addOpen(execution.position());
    }
  }

  private void read(String state, HistoryEvent event) {
    Visits of = visits.computeIfAbsent(state, _ -> new Visits(event.time()));
    if (event.type().endsWith("StateEntered")) {
      of.entered++;
    } else if (event.type().endsWith("StateExited")) {
      of.left = Optional.of(event.time());
    }
    if (event.type().endsWith("Failed")
        || event.type().endsWith("TimedOut")
        || event.type().equals("FailStateEntered")) {
      of.failed = true;
    }
    event
        .details()
        .flatMap(details -> Optional.ofNullable(details.content().path("error").asString(null)))
        .ifPresent(of.errors::add);
  }

  private void addOpen(Position position) {
    if (position.entered().isPresent()) {
      open.add(position.state());
      position.lanes().forEach(lane -> lane.at().ifPresent(this::addOpen));
    }
  }

  /** What happened in a state; empty if it was never entered. */
  Optional<Visits> of(String state) {
    return Optional.ofNullable(visits.get(state));
  }

  Look look(String state) {
    Visits found = visits.get(state);
    if (found == null) {
      return Look.NOT_REACHED;
    }
    if (open.contains(state) && status == Status.RUNNING) {
      return Look.CURRENT;
    }
    if (open.contains(state) || found.left.isEmpty()) {
      return found.failed && status != Status.ABORTED ? Look.FAILED : Look.ABORTED;
    }
    return found.failed ? Look.RECOVERED : Look.DONE;
  }
}
