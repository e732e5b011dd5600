package io.berth.local.stepfunctions;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** What happened in one execution. */
final class History {
  /** No execution may have more events. */
  static final int LIMIT = 25_000;

  private final List<HistoryEvent> events = new ArrayList<>();

  /**
   * Adds an event.
   *
   * @return its id
   */
  long add(
      Instant time,
      long previousId,
      String type,
      Optional<String> state,
      Optional<Details> details) {
    long id = events.size() + 1L;
    events.add(new HistoryEvent(id, previousId, time, type, state, details));
    return id;
  }

  void restore(List<HistoryEvent> earlier) {
    events.addAll(earlier);
  }

  List<HistoryEvent> events() {
    return Collections.unmodifiableList(events);
  }

  /** Whether hardly more than an end has room. */
  boolean full() {
    return events.size() >= LIMIT - 1;
  }
}
