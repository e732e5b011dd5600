package io.berth.domain.lifecycle;

import io.berth.domain.deployment.Leasing;
import io.berth.domain.problem.Problem;

/** Closes the leases of providers that refused the manifest; the chain then takes new bids. */
public final class ReleaseStep implements StepWork {
  private final Journal journal;
  private final Leasing leasing;
  private final BlockClock blocks;
  private final LifecycleTimes times;

  public ReleaseStep(Journal journal, Leasing leasing, BlockClock blocks, LifecycleTimes times) {
    this.journal = journal;
    this.leasing = leasing;
    this.blocks = blocks;
    this.times = times;
  }

  /**
   * Goes on with it.
   *
   * @throws LifecycleException if it cannot be done
   */
  @Override
  public Progress run(String id) {
    Operation operation = journal.enter(id, Step.RELEASE_LEASES, times.transaction());
    Attempt attempt =
        Attempt.at(
            () -> leasing.release(operation.userId(), operation.dseq(), operation.refusedBy()));
    return switch (attempt.last(journal.isOverdue(operation))) {
      case Attempt.Done done -> journal.leave(id);
      case Attempt.NotYet notYet -> blocks.untilNextBlock();
      case Attempt.Refused(Problem problem) -> throw new StepTimedOutException(problem.message());
    };
  }
}
