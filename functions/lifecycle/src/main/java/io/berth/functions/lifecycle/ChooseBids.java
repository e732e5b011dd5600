package io.berth.functions.lifecycle;

/** Chooses bids by the owner's rules. */
public final class ChooseBids extends StepTask {
  /** Wired from the function's environment. */
  public ChooseBids() {
    super(Wiring.selection());
  }
}
