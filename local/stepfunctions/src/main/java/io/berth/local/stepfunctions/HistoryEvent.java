package io.berth.local.stepfunctions;

import java.time.Instant;
import java.util.Optional;

/**
 * One line of an execution's history.
 *
 * @param id from 1, without gaps
 * @param previousId the event from which this one followed; 0 if there is none
 * @param type as in the API, such as {@code TaskStateEntered}
 */
record HistoryEvent(
    long id, long previousId, Instant time, String type, Optional<Details> details) {

  /** The state that this event enters, leaves or gives up, if it is such an event. */
  Optional<String> stateName() {
    return details.flatMap(
        found -> Optional.ofNullable(found.content().path("name").asString(null)));
  }
}
