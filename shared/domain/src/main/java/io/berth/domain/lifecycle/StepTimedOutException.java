package io.berth.domain.lifecycle;

/** A step's deadline is past. */
public final class StepTimedOutException extends LifecycleException {
  private static final long serialVersionUID = 1L;

  public StepTimedOutException(String message) {
    super(message);
  }
}
