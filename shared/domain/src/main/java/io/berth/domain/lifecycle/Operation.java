package io.berth.domain.lifecycle;

import io.berth.domain.bidding.BidSelection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One deployment's way from SDL to running workload, as users and operators see it. The state
 * machine's execution has the operation's id as its name.
 *
 * @param id the creating request's id
 * @param selection rules that choose among bids; empty if the owner chooses
 * @param steps every run of a step, oldest first
 * @param taskToken what makes the waiting state machine go on; a secret, empty unless it waits for
 *     the owner's choice
 * @param decision the last choice of bids
 * @param refusedBy providers that refused the manifest, by address
 * @param cancelled whether the owner closed the deployment meanwhile
 * @param fault why it failed; empty unless it did
 * @param ready whether everything was seen running; empty while unknown
 * @param version counts the changes, from 0
 */
public record Operation(
    String id,
    String userId,
    long dseq,
    Optional<BidSelection> selection,
    State state,
    Instant startedAt,
    List<StepRun> steps,
    Optional<String> taskToken,
    Optional<Decision> decision,
    Set<String> refusedBy,
    boolean cancelled,
    Optional<Fault> fault,
    Optional<Boolean> ready,
    long version) {
  public Operation {
    steps = List.copyOf(steps);
    refusedBy = Set.copyOf(refusedBy);
  }

  /** Where an operation stands. */
  public enum State {
    RUNNING,
    /** The leases are active and their providers took the manifest. */
    SUCCEEDED,
    /** It came to nothing; the deployment is closed, or was never created. */
    FAILED,
    /** The owner closed the deployment before the operation was over. */
    CANCELLED,
    /** It could neither be finished nor undone: an operator must look. */
    NEEDS_ATTENTION
  }

  /** An operation that begins. */
  public static Operation begin(
      String id, String userId, long dseq, Optional<BidSelection> selection, Instant at) {
    return new Operation(
        id,
        userId,
        dseq,
        selection,
        State.RUNNING,
        at,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        false,
        Optional.empty(),
        Optional.empty(),
        0);
  }

  public boolean isOver() {
    return state != State.RUNNING;
  }

  /** The step that runs, or ran last. */
  public Optional<StepRun> current() {
    return steps.isEmpty() ? Optional.empty() : Optional.of(steps.getLast());
  }

  /** The last choice of bids, while something may still become of it. */
  public Optional<Decision> openDecision() {
    return decision.filter(last -> !last.isOver());
  }

  /** Whether some run of this step is over. */
  public boolean hasDone(Step step) {
    return steps.stream().anyMatch(run -> run.step() == step && run.endedAt().isPresent());
  }

  /** How often a step was begun. */
  public long runsOf(Step step) {
    return steps.stream().filter(run -> run.step() == step).count();
  }

  /** Begins a step and ends the one before; nothing changes if it runs already. */
  public Operation enter(Step step, Instant at, Instant deadline) {
    boolean runs =
        current().filter(run -> run.step() == step && run.endedAt().isEmpty()).isPresent();
    if (runs) {
      return this;
    }
    List<StepRun> all = new ArrayList<>(leave(at).steps());
    all.add(StepRun.begin(step, at, deadline));
    return with(all);
  }

  /** Ends the current step. */
  public Operation leave(Instant at) {
    return with(steps.stream().map(run -> run.end(at)).toList());
  }

  /** The whole is over. */
  public Operation end(State end, Instant at) {
    return change(
        draft -> {
          draft.state = end;
          draft.steps = leave(at).steps();
          draft.taskToken = Optional.empty();
        });
  }

  /** The first reason counts. */
  public Operation fail(Fault why) {
    return change(draft -> draft.fault = fault.or(() -> Optional.of(why)));
  }

  public Operation decide(Decision next) {
    return change(draft -> draft.decision = Optional.of(next));
  }

  /** Waits for the owner's choice; empty once that is made. */
  public Operation awaitChoice(Optional<String> token) {
    return change(draft -> draft.taskToken = token);
  }

  /** These providers are not asked again. */
  public Operation refuse(Set<String> providers) {
    Set<String> all = new HashSet<>(refusedBy);
    all.addAll(providers);
    return change(draft -> draft.refusedBy = all);
  }

  public Operation ready(boolean isReady) {
    return change(draft -> draft.ready = Optional.of(isReady));
  }

  /** The owner wants no more of it. */
  public Operation cancel() {
    return change(draft -> draft.cancelled = true);
  }

  /** The same, as its next version. */
  public Operation next() {
    return change(draft -> draft.version = version + 1);
  }

  private Operation with(List<StepRun> others) {
    return change(draft -> draft.steps = others);
  }

  private Operation change(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return new Operation(
        id,
        userId,
        dseq,
        selection,
        draft.state,
        startedAt,
        draft.steps,
        draft.taskToken,
        draft.decision,
        draft.refusedBy,
        draft.cancelled,
        draft.fault,
        draft.ready,
        draft.version);
  }

  /** What changes of an operation, by name. */
  private static final class Draft {
    private State state;
    private List<StepRun> steps;
    private Optional<String> taskToken;
    private Optional<Decision> decision;
    private Set<String> refusedBy;
    private boolean cancelled;
    private Optional<Fault> fault;
    private Optional<Boolean> ready;
    private long version;

    Draft(Operation from) {
      this.state = from.state;
      this.steps = from.steps;
      this.taskToken = from.taskToken;
      this.decision = from.decision;
      this.refusedBy = from.refusedBy;
      this.cancelled = from.cancelled;
      this.fault = from.fault;
      this.ready = from.ready;
      this.version = from.version;
    }
  }
}
