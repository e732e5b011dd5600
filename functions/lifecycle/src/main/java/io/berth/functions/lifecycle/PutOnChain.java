package io.berth.functions.lifecycle;

/** Puts the deployment on the chain. */
public final class PutOnChain extends StepTask {
  /** Wired from the function's environment. */
  public PutOnChain() {
    super(Wiring.creation());
  }
}
