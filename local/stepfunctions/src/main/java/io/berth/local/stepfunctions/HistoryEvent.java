package io.berth.local.stepfunctions;

import java.time.Instant;
import java.util.Optional;

/**
 * One line of an execution's history.
 *
 * @param id from 1, without gaps
 * @param previousId the event from which this one followed; 0 if there is none
 * @param type as in the API, such as {@code TaskStateEntered}
 * @param state the name of the state it belongs to; empty if it is about the whole execution
 */
record HistoryEvent(
    long id,
    long previousId,
    Instant time,
    String type,
    Optional<String> state,
    Optional<Details> details) {}
