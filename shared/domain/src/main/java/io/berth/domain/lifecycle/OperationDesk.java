package io.berth.domain.lifecycle;

import io.berth.domain.Durations;
import io.berth.domain.Pause;
import io.berth.domain.bidding.BidSelection;
import io.berth.domain.deployment.DeploymentRecord;
import io.berth.domain.deployment.DeploymentRecords;
import io.berth.domain.deployment.Leasing.Choice;
import io.berth.domain.lifecycle.Decision.Standing;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Operations as requests see them: begin, choose, cancel, look, and wait a while. */
public final class OperationDesk {
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

  private final Operations operations;
  private final Journal journal;
  private final DeploymentRecords records;
  private final StateMachine machine;
  private final InstantSource clock;
  private final Pause pause;

  public OperationDesk(
      Operations operations,
      DeploymentRecords records,
      StateMachine machine,
      InstantSource clock,
      Pause pause) {
    this.operations = operations;
    this.journal = new Journal(operations, clock);
    this.records = records;
    this.machine = machine;
    this.clock = clock;
    this.pause = pause;
  }

  /** Starts a requested deployment on its way, or finds that it was started. */
  public Operation begin(DeploymentRecord record, Optional<BidSelection> selection) {
    Operation fresh =
        Operation.begin(
            record.requestId(), record.userId(), record.dseq(), selection, clock.instant());
    Operation known = operations.create(fresh) ? fresh : journal.require(fresh.id());
    if (!known.isOver()) {
      machine.start(known);
    }
    return known;
  }

  /**
   * The user's operation.
   *
   * @throws Refusal if the user has none of this id
   */
  public Operation require(String userId, String id) {
    return operations
        .find(id)
        .filter(operation -> operation.userId().equals(userId))
        .orElseThrow(() -> new Refusal(new Problem.NotFound("Operation not found")));
  }

  /** The operation that made a deployment; empty for those made without one. */
  public Optional<Operation> of(String userId, long dseq) {
    return records.find(userId, dseq).map(DeploymentRecord::requestId).flatMap(operations::find);
  }

  /**
   * Chooses bids for a deployment whose machine waits for that, or finds that the same ones were
   * chosen.
   *
   * @return empty if no machine has anything to do with it any more
   * @throws Refusal if it is not the time to choose
   */
  public Optional<Operation> choose(String userId, long dseq, List<Choice> choices) {
    Optional<Operation> known = of(userId, dseq).filter(operation -> !operation.isOver());
    if (known.isEmpty() || hasDecided(known.get(), Standing.ACCEPTED)) {
      return Optional.empty();
    }
    Operation chosen = journal.change(known.get().id(), operation -> choose(operation, choices));
    chosen.taskToken().ifPresent(machine::goOn);
    return Optional.of(chosen);
  }

  private Operation choose(Operation operation, List<Choice> choices) {
    Optional<Decision> underWay = operation.openDecision();
    if (underWay.filter(decision -> decision.isFor(choices)).isPresent()) {
      return operation;
    }
    if (operation.selection().isPresent()) {
      throw notNow("bids_being_chosen", "Berth chooses this deployment's bids itself");
    }
    if (underWay.isPresent()) {
      throw notNow("leases_under_way", "Other bids were chosen a moment ago");
    }
    if (!operation.hasDone(Step.CREATE_DEPLOYMENT) || operation.isOver()) {
      throw notNow("deployment_under_way", "The deployment is not on the chain yet");
    }
    return operation.decide(Decision.of(choices, clock.instant()));
  }

  private static boolean hasDecided(Operation operation, Standing standing) {
    return operation.decision().filter(known -> known.standing() == standing).isPresent();
  }

  private static Refusal notNow(String code, String message) {
    return new Refusal(new Problem.Conflict(code, message, Duration.ofSeconds(2)));
  }

  /** The owner closes the deployment: its machine, if one runs, ends. */
  public void cancel(String userId, long dseq) {
    Optional<Operation> running = of(userId, dseq).filter(operation -> !operation.isOver());
    if (running.isPresent()) {
      Operation cancelled = journal.change(running.get().id(), Operation::cancel);
      cancelled.taskToken().ifPresent(machine::goOn);
    }
  }

  /**
   * Waits until the operation is as wished or over, or the time has passed; then as it is. Each
   * pause is a quarter of the time waited so far: every read is billed, and what takes longer may
   * be noticed a little later.
   */
  public Operation await(String id, Predicate<Operation> wish, Duration patience) {
    Instant started = clock.instant();
    Instant giveUp = started.plus(patience);
    while (true) {
      Operation operation = journal.require(id);
      Instant now = clock.instant();
      Duration pause =
          Durations.within(
              Duration.between(started, now).dividedBy(4), SHORTEST_PAUSE, LONGEST_PAUSE);
      if (operation.isOver() || wish.test(operation) || !now.plus(pause).isBefore(giveUp)) {
        return operation;
      }
      pause(pause);
    }
  }

  /**
   * Waits until the deployment is on the chain or has come to nothing, whichever is known first.
   * One that failed is waited for until it is closed, since only then there is an answer.
   */
  public Operation awaitCreation(String id, Duration patience) {
    return await(
        id,
        operation -> operation.hasDone(Step.CREATE_DEPLOYMENT) && operation.fault().isEmpty(),
        patience);
  }

  private void pause(Duration time) {
    try {
      pause.pause(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal(new Problem.Unavailable("Interrupted while waiting"));
    }
  }
}
