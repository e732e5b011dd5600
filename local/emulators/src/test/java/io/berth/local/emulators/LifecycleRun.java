package io.berth.local.emulators;

import java.util.List;
import java.util.Optional;

/**
 * An execution of the lifecycle that has ended.
 *
 * @param end its status, and the error of one that failed
 * @param output in JSON, of one that succeeded
 * @param history its events, in order
 */
record LifecycleRun(String end, Optional<String> output, List<Event> history) {

  /**
   * An event of its history.
   *
   * @param previousId empty where the emulator gives none
   * @param state that it enters or leaves; empty for all other events
   */
  record Event(long id, Optional<Long> previousId, String type, Optional<String> state) {}

  /** What enters and leaves states, in order. */
  List<String> transitions() {
    return history.stream()
        .flatMap(event -> event.state().map(state -> event.type() + " " + state).stream())
        .toList();
  }
}
