package io.berth.domain.deployment;

import io.berth.domain.akash.BidId;
import io.berth.domain.akash.Deployment;
import io.berth.domain.akash.Lease;
import io.berth.domain.status.KnownStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

  /** With what is known of the leases' status. Ended leases run nowhere, so they have none. */
  static DeploymentView of(
      Deployment deployment, List<Lease> leases, Map<BidId, KnownStatus> known, Instant at) {
    return new DeploymentView(
        deployment,
        leases.stream()
            .map(
                lease ->
                    new LeaseView(
                        lease,
                        Optional.ofNullable(known.get(lease.id())).filter(_ -> lease.isActive())))
            .toList(),
        at);
  }

  /**
   * A lease and what its provider says of it.
   *
   * @param status empty if nothing is known of it
   */
  public record LeaseView(Lease lease, Optional<KnownStatus> status) {}
}
