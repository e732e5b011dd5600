package io.berth.domain.provider;

/** How a question about a lease's status ended. */
public sealed interface StatusOutcome {

  record Known(LeaseStatus status) implements StatusOutcome {}

  /** The provider has nothing to show yet: normal for some seconds after a manifest. */
  record NotReady(String reason) implements StatusOutcome {}

  /** No usable answer. */
  record Unavailable(String reason) implements StatusOutcome {}
}
