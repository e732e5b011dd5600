package io.berth.domain.lifecycle;

/** The chosen bids cannot become leases; others may. */
public final class LeasesRefusedAgainException extends LifecycleException {
  private static final long serialVersionUID = 1L;

  public LeasesRefusedAgainException(String message) {
    super(message);
  }
}
