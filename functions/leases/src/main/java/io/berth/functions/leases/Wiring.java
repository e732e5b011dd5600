package io.berth.functions.leases;

import io.berth.domain.deployment.DeploymentReader;
import io.berth.domain.deployment.Leasing;
import io.berth.runtime.Services;

/** Puts the lease functions together. */
final class Wiring {
  private Wiring() {}

  static Leasing leasing() {
    return Services.leasing();
  }

  static DeploymentReader reader() {
    return Services.deploymentReader();
  }
}
