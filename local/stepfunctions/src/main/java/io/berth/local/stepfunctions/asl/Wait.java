package io.berth.local.stepfunctions.asl;

import io.berth.local.stepfunctions.query.Query;

/** Waits for a time, then hands its input on. */
public record Wait(String name, String comment, Until until, Exit exit) implements State {

  /** When it ends. */
  public sealed interface Until {
    /** So many seconds after it began. */
    record Seconds(Query seconds) implements Until {}

    /** At a moment of RFC 3339. */
    record Timestamp(Query timestamp) implements Until {}
  }
}
