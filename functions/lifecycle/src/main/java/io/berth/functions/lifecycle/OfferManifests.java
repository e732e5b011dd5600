package io.berth.functions.lifecycle;

/** Sends the manifest to the leases' providers. */
public final class OfferManifests extends StepTask {
  /** Wired from the function's environment. */
  public OfferManifests() {
    super(Wiring.manifests());
  }
}
