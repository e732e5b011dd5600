package io.berth.domain.lifecycle;

import io.berth.domain.ledger.ChainUnavailableException;
import io.berth.domain.lifecycle.Decision.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes care of operations whose execution does not: those that were never started, and those whose
 * execution was stopped, timed out or broke. What runs already is recorded as such; everything else
 * is closed, so that nothing stays half done because a machine ended.
 */
public final class Sweeper {
  /** Whoever begins an operation starts its execution well within this time. */
  private static final Duration START = Duration.ofMinutes(1);

  private static final int MOST_AT_ONCE = 200;

  private final Operations operations;
  private final Journal journal;
  private final StateMachine machine;
  private final ClosingStep closing;

  public Sweeper(
      Operations operations, Journal journal, StateMachine machine, ClosingStep closing) {
    this.operations = operations;
    this.journal = journal;
    this.machine = machine;
    this.closing = closing;
  }

  /** What became of one operation. */
  public enum Sweep {
    /** It is over, or its execution takes care of it. */
    LEFT,
    /** Its execution was missing and runs now. */
    STARTED,
    /** Its workload ran when the execution ended: recorded as a success. */
    COMPLETED,
    /** Its deployment is closed, or never was. */
    CLOSED,
    /** Its deployment is not closed yet: the next sweep goes on. */
    CLOSING,
    /** It could neither be finished nor undone: an operator must look. */
    GIVEN_UP
  }

  /** An operation and what became of it. */
  public record Swept(String operationId, Sweep sweep) {}

  /** All operations that are not over, but the youngest; the oldest first. */
  public List<Swept> sweep() {
    List<Swept> swept = new ArrayList<>();
    for (Operation operation : operations.unfinished(journal.now().minus(START), MOST_AT_ONCE)) {
      swept.add(new Swept(operation.id(), sweep(operation)));
    }
    return List.copyOf(swept);
  }

  /** One operation, whose execution has just ended; nothing if there is none of this id. */
  public Optional<Swept> sweep(String operationId) {
    return operations.find(operationId).map(operation -> new Swept(operationId, sweep(operation)));
  }

  private Sweep sweep(Operation operation) {
    if (operation.isOver()) {
      return Sweep.LEFT;
    }
    return switch (machine.runOf(operation)) {
      case UNDER_WAY -> Sweep.LEFT;
      case NONE -> {
        machine.start(operation);
        yield Sweep.STARTED;
      }
      case OVER -> isRunning(operation) ? complete(operation) : close(operation);
    };
  }

  private static boolean isRunning(Operation operation) {
    return !operation.cancelled()
        && operation.fault().isEmpty()
        && operation.decision().map(Decision::standing).equals(Optional.of(Standing.ACCEPTED));
  }

  private Sweep complete(Operation operation) {
    Operation _ =
        journal.change(
            operation.id(), known -> known.end(Operation.State.SUCCEEDED, journal.now()));
    return Sweep.COMPLETED;
  }

  private Sweep close(Operation operation) {
    try {
      return switch (closing.run(operation.id())) {
        case Progress.Done done -> Sweep.CLOSED;
        case Progress.Wait wait -> Sweep.CLOSING;
      };
    } catch (ChainUnavailableException e) {
      return Sweep.CLOSING;
    } catch (LifecycleException e) {
      closing.giveUp(operation.id());
      return Sweep.GIVEN_UP;
    }
  }
}
