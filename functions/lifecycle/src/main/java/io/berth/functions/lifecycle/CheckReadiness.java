package io.berth.functions.lifecycle;

/** Looks whether the workload runs. */
public final class CheckReadiness extends StepTask {
  /** Wired from the function's environment. */
  public CheckReadiness() {
    super(Wiring.readiness());
  }
}
