package io.berth.domain.lifecycle;

/** The owner chose no bids while they were open. */
public final class NobodyChoseException extends LifecycleException {
  private static final long serialVersionUID = 1L;

  public NobodyChoseException(String message) {
    super(message);
  }
}
