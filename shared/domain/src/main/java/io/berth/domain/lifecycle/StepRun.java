package io.berth.domain.lifecycle;

import java.time.Instant;
import java.util.Optional;

/**
 * One run of a step.
 *
 * @param deadline when the step gives up
 * @param endedAt empty while it runs
 */
public record StepRun(Step step, Instant startedAt, Instant deadline, Optional<Instant> endedAt) {

  /** A run that begins. */
  public static StepRun begin(Step step, Instant at, Instant deadline) {
    return new StepRun(step, at, deadline, Optional.empty());
  }

  /** This run, over; one that is over stays as it is. */
  public StepRun end(Instant at) {
    return endedAt.isPresent() ? this : new StepRun(step, startedAt, deadline, Optional.of(at));
  }
}
