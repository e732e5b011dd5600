package io.berth.local.stepfunctions;

/** Waits for a time: a Wait state, or the interval before a retry. */
record Pause(Timeline.Timer timer) implements Activity {

  @Override
  public void abort() {
    timer.cancel();
  }
}
