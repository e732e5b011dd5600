package io.berth.domain.lifecycle;

/** A second provider refused the manifest too. */
public final class ManifestRefusedAgainException extends LifecycleException {
  private static final long serialVersionUID = 1L;

  public ManifestRefusedAgainException(String message) {
    super(message);
  }
}
