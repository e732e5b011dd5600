package io.berth.domain.lifecycle;

/** The owner closed the deployment, or the operation is over: there is nothing to go on with. */
public final class OperationCancelledException extends LifecycleException {
  private static final long serialVersionUID = 1L;

  public OperationCancelledException(String message) {
    super(message);
  }
}
