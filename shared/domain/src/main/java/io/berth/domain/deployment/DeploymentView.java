package io.berth.domain.deployment;

import io.berth.domain.akash.Deployment;
import io.berth.domain.akash.Lease;
import io.berth.domain.provider.StatusOutcome;
import java.util.List;
import java.util.Optional;

/** A deployment with its leases, as users look at it. */
public record DeploymentView(Deployment deployment, List<LeaseView> leases) {
  public DeploymentView {
    leases = List.copyOf(leases);
  }

  /**
   * A lease and what its provider says of it.
   *
   * @param status empty if the provider was not asked
   */
  public record LeaseView(Lease lease, Optional<StatusOutcome> status) {}
}
