package io.berth.domain.lifecycle;

/** Bids that Berth chose cannot become leases, and its attempts are used up. */
public final class LeasesRefusedAgainException extends LifecycleException {
  private static final long serialVersionUID = 1L;

  public LeasesRefusedAgainException(String message) {
    super(message);
  }
}
