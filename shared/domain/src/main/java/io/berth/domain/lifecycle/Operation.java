package io.berth.domain.lifecycle;

import io.berth.domain.bidding.BidSelection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

  /** Whether some run of this step is over. */
  public boolean hasDone(Step step) {
    return steps.stream().anyMatch(run -> run.step() == step && run.endedAt().isPresent());
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
    return copy(end, leave(at).steps(), Optional.empty(), decision, refusedBy, fault, ready);
  }

  /** The first reason counts. */
  public Operation fail(Fault why) {
    return copy(
        state, steps, taskToken, decision, refusedBy, fault.or(() -> Optional.of(why)), ready);
  }

  public Operation decide(Decision next) {
    return copy(state, steps, taskToken, Optional.of(next), refusedBy, fault, ready);
  }

  /** Waits for the owner's choice; empty once that is made. */
  public Operation awaitChoice(Optional<String> token) {
    return copy(state, steps, token, decision, refusedBy, fault, ready);
  }

  /** These providers are not asked again. */
  public Operation refuse(Set<String> providers) {
    Set<String> all = new HashSet<>(refusedBy);
    all.addAll(providers);
    return copy(state, steps, taskToken, decision, all, fault, ready);
  }

  public Operation ready(boolean isReady) {
    return copy(state, steps, taskToken, decision, refusedBy, fault, Optional.of(isReady));
  }

  /** The owner wants no more of it. */
  public Operation cancel() {
    return new Operation(
        id, userId, dseq, selection, state, startedAt, steps, taskToken, decision, refusedBy, true,
        fault, ready, version);
  }

  /** The same, as its next version. */
  public Operation next() {
    return new Operation(
        id,
        userId,
        dseq,
        selection,
        state,
        startedAt,
        steps,
        taskToken,
        decision,
        refusedBy,
        cancelled,
        fault,
        ready,
        version + 1);
  }

  private Operation with(List<StepRun> others) {
    return copy(state, others, taskToken, decision, refusedBy, fault, ready);
  }

  private Operation copy(
      State newState,
      List<StepRun> newSteps,
      Optional<String> newToken,
      Optional<Decision> newDecision,
      Set<String> newRefusedBy,
      Optional<Fault> newFault,
      Optional<Boolean> newReady) {
    return new Operation(
        id,
        userId,
        dseq,
        selection,
        newState,
        startedAt,
        newSteps,
        newToken,
        newDecision,
        newRefusedBy,
        cancelled,
        newFault,
        newReady,
        version);
  }
}
