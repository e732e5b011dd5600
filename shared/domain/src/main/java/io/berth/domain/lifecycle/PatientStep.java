package io.berth.domain.lifecycle;

import io.berth.domain.Durations;
import io.berth.domain.ledger.ChainUnavailableException;
import io.berth.domain.problem.Problem;
import java.time.Duration;

/**
 * A step that waits for the block that may come any moment, and while the node does not answer, as
 * long as the step has time.
 */
public final class PatientStep implements StepWork {
  /**
   * How long a call waits for a block: state machines wait whole seconds, so what is left of a wait
   * is less than one, and a block may be a little late.
   */
  public static final Duration PATIENCE = Duration.ofMillis(1500);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

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
      Progress progress = work.run(operationId);
      return isDueAnyMoment(progress) && blocks.nextBlockComes(PATIENCE)
          ? work.run(operationId)
          : progress;
    } catch (ChainUnavailableException e) {
      Operation operation = journal.require(operationId);
      if (journal.isOverdue(operation)) {
        Problem problem = new Problem.Unavailable("The network does not answer");
        journal.fail(operationId, Fault.of("timed_out", problem));
        throw new StepTimedOutException(problem.message());
      }
      return new Progress.Wait(BlockClock.wholeSeconds(pause(journal.sinceStart(operation))));
    }
  }

  /** To be called again at once, and again, until the block is there, is what calls cost. */
  private static boolean isDueAnyMoment(Progress progress) {
    return progress instanceof Progress.Wait(int seconds) && seconds == 0;
  }

  /** Longer each time: a node that has been down for long is asked less often. */
  private Duration pause(Duration passed) {
    return Durations.within(passed.dividedBy(4), blocks.interval(), LONGEST_PAUSE);
  }
}
