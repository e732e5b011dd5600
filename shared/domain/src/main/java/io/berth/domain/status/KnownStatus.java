package io.berth.domain.status;

import io.berth.domain.provider.LeaseStatus;
import io.berth.domain.provider.StatusOutcome;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a lease's status.
 *
 * @param reported what the provider reported last; empty if it never did, or has nothing now
 * @param problem why the last question brought no report; empty if it did
 * @param askedAt when the last question was answered, or given up
 */
public record KnownStatus(Optional<Reported> reported, Optional<String> problem, Instant askedAt) {

  /** A report and when it came. */
  public record Reported(LeaseStatus status, Instant at) {}

  /** What is known after the first question. */
  public static KnownStatus first(StatusOutcome outcome, Instant now) {
    return new KnownStatus(Optional.empty(), Optional.empty(), now).after(outcome, now);
  }

  /** What is known after one more. A provider out of reach leaves the last report as it is. */
  public KnownStatus after(StatusOutcome outcome, Instant now) {
    return switch (outcome) {
      case StatusOutcome.Known(LeaseStatus status) ->
          new KnownStatus(Optional.of(new Reported(status, now)), Optional.empty(), now);
      case StatusOutcome.NotReady(String reason) ->
          new KnownStatus(Optional.empty(), Optional.of(reason), now);
      case StatusOutcome.Unavailable(String reason) ->
          new KnownStatus(reported, Optional.of(reason), now);
    };
  }
}
