package io.berth.domain.lifecycle;

/** The chosen bids cannot become leases; others may. */
public final class LeasesRefusedException extends LifecycleException {
  private static final long serialVersionUID = 1L;

  public LeasesRefusedException(String message) {
    super(message);
  }
}
