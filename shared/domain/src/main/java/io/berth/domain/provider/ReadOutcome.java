package io.berth.domain.provider;

import java.util.List;
import java.util.Optional;

/** How reading what a provider tells, its logs or events, ended. */
public sealed interface ReadOutcome<T> {

  /**
   * Something was read, if only that there is nothing.
   *
   * @param items in the order in which they came
   * @param cut why there may be more; empty if this is all
   */
  record Read<T>(List<T> items, Optional<Cut> cut) implements ReadOutcome<T> {
    public Read {
      items = List.copyOf(items);
    }
  }

  /** The provider has nothing to tell yet: normal for some seconds after a manifest. */
  record NotReady<T>(String reason) implements ReadOutcome<T> {}

  /** No usable answer. */
  record Unavailable<T>(String reason) implements ReadOutcome<T> {}

  /** Why reading stopped before the end. */
  enum Cut {
    /** The most lines or events are reached. */
    ITEMS,
    /** The most bytes are reached. */
    BYTES,
    /** The time is up. */
    TIME,
    /** The provider stopped talking without ending. */
    SILENCE,
    /** The provider ended it with an error. */
    BROKEN
  }
}
