package io.berth.functions.lifecycle;

/** Closes a deployment that came to nothing, or that its owner gave up. */
public final class CloseFailed extends StepTask {
  /** Wired from the function's environment. */
  public CloseFailed() {
    super(Wiring.closing());
  }
}
