package io.berth.domain.lifecycle;

/** A group's time is over and its bids are all refused by the owner's rules. */
public final class NoAcceptableBidException extends LifecycleException {
  private static final long serialVersionUID = 1L;

  public NoAcceptableBidException(String message) {
    super(message);
  }
}
