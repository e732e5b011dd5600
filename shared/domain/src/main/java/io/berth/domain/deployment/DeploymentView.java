package io.berth.domain.deployment;

import io.berth.domain.akash.Deployment;
import io.berth.domain.akash.Lease;
import io.berth.domain.status.KnownStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A deployment with its leases, as users look at it.
 *
 * @param at when they do
 */
public record DeploymentView(Deployment deployment, List<LeaseView> leases, Instant at) {
  public DeploymentView {
    leases = List.copyOf(leases);
  }

  /**
   * A lease and what its provider says of it.
   *
   * @param status empty if nothing is known of it
   */
  public record LeaseView(Lease lease, Optional<KnownStatus> status) {}
}
