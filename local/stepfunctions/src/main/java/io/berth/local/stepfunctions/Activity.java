package io.berth.local.stepfunctions;

import java.util.List;

/** What a state does while it takes time. It tells its branch how it ended, at most once. */
sealed interface Activity permits Fork, Pause, TaskRun {

  /** Gives up; from now on its branch hears nothing of it. */
  void abort();

  /** Where the flows inside it stand. */
  default List<Position.Lane> lanes() {
    return List.of();
  }
}
