package io.berth.local.providers.manifest;

/** Why a provider did not take a manifest. The message is the body of its answer. */
public final class ManifestRefusedException extends Exception {

  /** The kinds of refusal. Each has its own status (provider-gateway.md §1.5). */
  public enum Fault {
    /** Not JSON, or JSON of other types. */
    UNREADABLE(422, 422),
    /** Breaks a rule of manifests. */
    INVALID(422, 422),
    /** Asks for resources that no provider gives. */
    RESOURCES(500, 500),
    /** Its hash is not the deployment's. */
    VERSION(422, 500),
    /** Its groups are not the deployment's. */
    GROUPS(500, 500),
    /** Its services use other resources than the deployment's groups have. */
    CROSS_VALIDATION(422, 500),
    /** The provider's own policy is against it. */
    REJECTED(422, 500),
    /** Another deployment has the host name. */
    HOSTNAME(500, 500),
    /** The provider knows of no active lease. */
    NO_LEASE(404, 404),
    /** The provider could not ask the chain. */
    CHAIN(500, 500);

    private final int status;
    private final int statusOfOldVersions;

    Fault(int status, int statusOfOldVersions) {
      this.status = status;
      this.statusOfOldVersions = statusOfOldVersions;
    }

    /** The HTTP status of provider v0.11.2 and later. */
    public int status() {
      return status;
    }

    /** The HTTP status up to provider v0.11.1. */
    public int statusOfOldVersions() {
      return statusOfOldVersions;
    }
  }

  private final Fault fault;

  public ManifestRefusedException(Fault fault, String text) {
    super(text);
    this.fault = fault;
  }

  public Fault fault() {
    return fault;
  }

  static ManifestRefusedException invalid(String text) {
    return new ManifestRefusedException(Fault.INVALID, "invalid manifest: " + text);
  }
}
