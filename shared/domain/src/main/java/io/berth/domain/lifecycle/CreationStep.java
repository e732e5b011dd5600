package io.berth.domain.lifecycle;

import io.berth.domain.deployment.DeploymentRecord;
import io.berth.domain.deployment.DeploymentRecords;
import io.berth.domain.deployment.DeploymentWriter;
import io.berth.domain.problem.Problem;

/** Puts the requested deployment on the chain, at most once. */
public final class CreationStep implements StepWork {
  private final Journal journal;
  private final DeploymentRecords records;
  private final DeploymentWriter writer;
  private final BlockClock blocks;
  private final LifecycleTimes times;

  public CreationStep(
      Journal journal,
      DeploymentRecords records,
      DeploymentWriter writer,
      BlockClock blocks,
      LifecycleTimes times) {
    this.journal = journal;
    this.records = records;
    this.writer = writer;
    this.blocks = blocks;
    this.times = times;
  }

  /**
   * Goes on with it.
   *
   * @throws LifecycleException if it comes to nothing
   */
  @Override
  public Progress run(String id) {
    Operation operation = journal.enter(id, Step.CREATE_DEPLOYMENT, times.transaction());
    DeploymentRecord record = records.require(operation.userId(), operation.dseq());
    if (record.state() == DeploymentRecord.State.REFUSED) {
      throw refused(id, new Problem.Impossible("The deployment was refused"));
    }
    return switch (Attempt.at(() -> writer.commit(record))) {
      case Attempt.Done done -> journal.leave(id);
      case Attempt.NotYet(Problem problem) -> {
        if (journal.isOverdue(operation)) {
          throw overdue(id, problem);
        }
        yield blocks.untilNextBlock();
      }
      case Attempt.Refused(Problem problem) -> throw refused(id, problem);
    };
  }

  private DeploymentRefusedException refused(String id, Problem problem) {
    journal.fail(id, Fault.of("deployment_refused", problem));
    return new DeploymentRefusedException(problem.message());
  }

  private StepTimedOutException overdue(String id, Problem problem) {
    journal.fail(id, Fault.of("timed_out", problem));
    return new StepTimedOutException(problem.message());
  }
}
