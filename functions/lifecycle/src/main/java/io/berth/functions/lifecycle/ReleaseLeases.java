package io.berth.functions.lifecycle;

/** Closes leases whose providers refused the manifest. */
public final class ReleaseLeases extends StepTask {
  /** Wired from the function's environment. */
  public ReleaseLeases() {
    super(Wiring.release());
  }
}
