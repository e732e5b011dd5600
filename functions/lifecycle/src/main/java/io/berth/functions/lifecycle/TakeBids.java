package io.berth.functions.lifecycle;

/** Makes the chosen bids leases. */
public final class TakeBids extends StepTask {
  /** Wired from the function's environment. */
  public TakeBids() {
    super(Wiring.leasing());
  }
}
