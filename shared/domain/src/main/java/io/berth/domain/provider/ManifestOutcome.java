package io.berth.domain.provider;

/** How a provider took a manifest (provider-gateway.md §1.5), classified by the answer's body. */
public sealed interface ManifestOutcome {

  /** Taken; the workload is being set up, not yet running. */
  record Accepted() implements ManifestOutcome {}

  /** The provider does not see the lease yet: send again in some seconds. */
  record NotYetVisible() implements ManifestOutcome {}

  /** The provider compares with an older hash: send again in some seconds. */
  record StaleVersion(String text) implements ManifestOutcome {}

  /** This provider will never take this manifest. */
  record Rejected(String text) implements ManifestOutcome {}

  /** The provider refused the token. */
  record Unauthorized(String text) implements ManifestOutcome {}

  /** No connection, no answer in time, or the connection broke: may have been taken. */
  record Unreachable(String reason) implements ManifestOutcome {}

  /** The server is not the provider it should be; nothing was sent. */
  record Untrusted(String reason) implements ManifestOutcome {}

  /** The provider failed in some other way. */
  record ProviderFailed(int status, String text) implements ManifestOutcome {}
}
