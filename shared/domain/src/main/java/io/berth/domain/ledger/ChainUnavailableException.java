package io.berth.domain.ledger;

/**
 * The node could not be reached, or did not answer in time. Nothing is known about what it did:
 * never to be treated as a refusal.
 */
public final class ChainUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ChainUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
