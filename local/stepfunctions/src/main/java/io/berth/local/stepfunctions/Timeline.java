package io.berth.local.stepfunctions;

import java.time.Duration;
import java.time.InstantSource;

/** Time as executions live it: the system's, or one that tests move by hand. */
public interface Timeline extends InstantSource {

  /** Runs work once, after a delay; a delay of zero or less is as soon as possible. */
  Timer after(Duration delay, Runnable work);

  /** Work that is still to run. */
  @FunctionalInterface
  interface Timer {
    /** The work does not run any more, unless it has begun. */
    void cancel();
  }
}
