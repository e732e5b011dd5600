package io.berth.domain.lifecycle;

import io.berth.domain.akash.AkashReader;
import io.berth.domain.akash.Deployment;
import io.berth.domain.deployment.DeploymentRecord;
import io.berth.domain.deployment.DeploymentRecords;
import io.berth.domain.deployment.DeploymentWriter;
import io.berth.domain.problem.Problem;
import java.time.Duration;
import java.util.Optional;

/**
 * Undoes what was begun: closes the deployment, which returns the rest of its escrow. A deployment
 * whose creation is not decided yet is waited for: nothing is undone on an unknown outcome.
 */
public final class ClosingStep implements StepWork {
  private static final Duration LIMIT = Duration.ofHours(1);

  private final Journal journal;
  private final DeploymentRecords records;
  private final AkashReader chain;
  private final DeploymentWriter writer;
  private final BlockClock blocks;

  public ClosingStep(
      Journal journal,
      DeploymentRecords records,
      AkashReader chain,
      DeploymentWriter writer,
      BlockClock blocks) {
    this.journal = journal;
    this.records = records;
    this.chain = chain;
    this.writer = writer;
    this.blocks = blocks;
  }

  /**
   * Goes on with it; an operation that is settled is left as it is.
   *
   * @throws StepTimedOutException if the deployment cannot be closed: an operator must look
   */
  @Override
  public Progress run(String id) {
    if (journal.require(id).isSettled()) {
      return new Progress.Done();
    }
    Operation _ = journal.enter(id, Step.CLOSE_DEPLOYMENT, LIMIT);
    Operation operation = journal.change(id, ClosingStep::withReason);
    DeploymentRecord record = records.require(operation.userId(), operation.dseq());
    Optional<Deployment> deployment = chain.deployment(record.id());
    if (deployment.isEmpty()) {
      return writer.mayStillCome(record) ? wait(operation) : over(id);
    }
    return switch (Attempt.at(() -> writer.close(record.userId(), record.dseq()))) {
      case Attempt.Done done -> over(id);
      case Attempt.NotYet notYet -> wait(operation);
      case Attempt.Refused(Problem problem) -> throw new StepTimedOutException(problem.message());
    };
  }

  /** Gives the operation up: neither finished nor undone. */
  public void giveUp(String id) {
    Operation _ =
        journal.change(
            id, known -> withReason(known).end(Operation.State.NEEDS_ATTENTION, journal.now()));
  }

  private static Operation withReason(Operation operation) {
    return operation.cancelled()
        ? operation
        : operation.fail(
            new Fault(
                Fault.Kind.UNAVAILABLE, "internal_error", "The deployment could not be finished"));
  }

  private Progress wait(Operation operation) {
    if (journal.isOverdue(operation)) {
      throw new StepTimedOutException("the deployment does not close");
    }
    return blocks.untilNextBlock();
  }

  private Progress over(String id) {
    Operation _ =
        journal.change(
            id,
            known ->
                known.end(
                    known.cancelled() ? Operation.State.CANCELLED : Operation.State.FAILED,
                    journal.now()));
    return new Progress.Done();
  }
}
