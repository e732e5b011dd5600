package io.berth.functions.lifecycle;

/** Records that an operator must look. */
public final class RaiseAttention extends StepTask {
  /** Wired from the function's environment. */
  public RaiseAttention() {
    super(Wiring.attention());
  }
}
