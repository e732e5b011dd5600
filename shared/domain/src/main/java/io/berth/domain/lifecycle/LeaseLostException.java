package io.berth.domain.lifecycle;

/** A lease ended before its workload ran. */
public final class LeaseLostException extends LifecycleException {
  private static final long serialVersionUID = 1L;

  public LeaseLostException(String message) {
    super(message);
  }
}
