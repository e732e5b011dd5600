package io.berth.domain.lifecycle;

/** A provider refused the manifest, or did not take it in time; another may take it. */
public final class ManifestRefusedException extends LifecycleException {
  private static final long serialVersionUID = 1L;

  public ManifestRefusedException(String message) {
    super(message);
  }
}
