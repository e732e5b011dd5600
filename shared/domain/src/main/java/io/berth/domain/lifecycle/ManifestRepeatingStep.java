package io.berth.domain.lifecycle;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * A step during which manifests are sent again, once it has taken five blocks. A provider that took
 * the manifest before it heard of winning the lease waits for another one, and closes the lease
 * after 5 minutes, however the workload comes up (provider-gateway.md §3.4).
 */
public final class ManifestRepeatingStep implements StepWork {
  private static final Logger LOG = System.getLogger(ManifestRepeatingStep.class.getName());

  private static final int FIRST_BLOCK = 5;

  /** The step is run every few blocks, so at least once until then. Each more does no harm. */
  private static final int LAST_BLOCK = 10;

  private final Journal journal;
  private final BlockClock blocks;
  private final StepWork work;
  private final StepWork repetition;

  /**
   * @param repetition sends an operation's manifests; see {@link ManifestStep#repeat}
   */
  public ManifestRepeatingStep(
      Journal journal, BlockClock blocks, StepWork work, StepWork repetition) {
    this.journal = journal;
    this.blocks = blocks;
    this.work = work;
    this.repetition = repetition;
  }

  @Override
  public Progress run(String operationId) {
    Progress progress = work.run(operationId);
    if (progress instanceof Progress.Wait && isTime(operationId)) {
      repeat(operationId);
    }
    return progress;
  }

  private boolean isTime(String operationId) {
    Duration passed = journal.sinceStart(journal.require(operationId));
    return passed.compareTo(blocks.interval().multipliedBy(FIRST_BLOCK)) >= 0
        && passed.compareTo(blocks.interval().multipliedBy(LAST_BLOCK)) < 0;
  }

  private void repeat(String operationId) {
    try {
      Progress _ = repetition.run(operationId);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "the manifests of " + operationId + " are not sent again", e);
    }
  }
}
