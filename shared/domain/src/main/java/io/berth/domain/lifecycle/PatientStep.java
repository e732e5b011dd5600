package io.berth.domain.lifecycle;

import io.berth.domain.ledger.ChainUnavailableException;
import io.berth.domain.problem.Problem;

/** A step that waits while the node does not answer, as long as the step has time. */
public final class PatientStep implements StepWork {
  private final Journal journal;
  private final BlockClock blocks;
  private final StepWork work;

  public PatientStep(Journal journal, BlockClock blocks, StepWork work) {
    this.journal = journal;
    this.blocks = blocks;
    this.work = work;
  }

  /**
   * Goes on with it.
   *
   * @throws LifecycleException if it comes to nothing
   */
  @Override
  public Progress run(String operationId) {
    try {
      return work.run(operationId);
    } catch (ChainUnavailableException e) {
      if (journal.isOverdue(journal.require(operationId))) {
        Problem problem = new Problem.Unavailable("The network does not answer");
        journal.fail(operationId, Fault.of("timed_out", problem));
        throw new StepTimedOutException(problem.message());
      }
      return new Progress.Wait(BlockClock.wholeSeconds(blocks.interval()));
    }
  }
}
