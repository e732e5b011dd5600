package io.berth.domain.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

/** Operations as the steps change them: each change is made on what is there now. */
public final class Journal {
  private final Operations operations;
  private final InstantSource clock;

  public Journal(Operations operations, InstantSource clock) {
    this.operations = operations;
    this.clock = clock;
  }

  Operation require(String id) {
    return operations
        .find(id)
        .orElseThrow(() -> new IllegalArgumentException("no operation " + id));
  }

  /**
   * Makes a change, again if somebody else changed the operation meanwhile; nothing if it is
   * settled.
   */
  Operation change(String id, UnaryOperator<Operation> change) {
    while (true) {
      Operation from = require(id);
      Operation next = from.isSettled() ? from : change.apply(from);
      if (next.equals(from)) {
        return from;
      }
      if (operations.replace(from, next)) {
        return next.next();
      }
    }
  }

  /** Keeps why the operation fails; the first reason counts. */
  void fail(String id, Fault why) {
    Operation _ = change(id, known -> known.fail(why));
  }

  /** Keeps a choice of bids, or how far it has come. */
  void decide(String id, Decision decision) {
    Operation _ = change(id, known -> known.decide(decision));
  }

  /**
   * Begins a step, or finds that it runs.
   *
   * @throws OperationCancelledException if the owner wants no more of it, or it is settled
   */
  Operation enter(String id, Step step, Duration limit) {
    Instant now = clock.instant();
    Operation operation = change(id, known -> known.enter(step, now, now.plus(limit)));
    if (operation.isSettled()) {
      throw new OperationCancelledException("the operation is over");
    }
    if (operation.cancelled() && step != Step.CLOSE_DEPLOYMENT) {
      throw new OperationCancelledException("the owner closed the deployment");
    }
    return operation;
  }

  /** Ends the current step. */
  Progress.Done leave(String id) {
    Operation _ = change(id, known -> known.leave(clock.instant()));
    return new Progress.Done();
  }

  /** Whether the current step's deadline is past. */
  boolean isOverdue(Operation operation) {
    return operation.current().filter(run -> clock.instant().isAfter(run.deadline())).isPresent();
  }

  /** How long the current step has run. */
  Duration sinceStart(Operation operation) {
    return Duration.between(operation.current().orElseThrow().startedAt(), clock.instant());
  }

  Instant now() {
    return clock.instant();
  }
}
