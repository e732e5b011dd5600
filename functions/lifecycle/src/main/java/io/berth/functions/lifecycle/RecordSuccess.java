package io.berth.functions.lifecycle;

/** Records that the deployment runs. */
public final class RecordSuccess extends StepTask {
  /** Wired from the function's environment. */
  public RecordSuccess() {
    super(Wiring.success());
  }
}
