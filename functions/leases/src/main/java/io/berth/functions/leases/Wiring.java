package io.berth.functions.leases;

import io.berth.domain.deployment.DeploymentReader;
import io.berth.domain.deployment.Leasing;
import io.berth.domain.request.SafeRetries;
import io.berth.http.AuditTrail;
import io.berth.runtime.Services;

/** Puts the lease functions together. */
final class Wiring {
  private Wiring() {}

  static AuditTrail trail() {
    return Services.auditTrail();
  }

  static Leasing leasing() {
    return Services.leasing();
  }

  static SafeRetries retries() {
    return Services.safeRetries();
  }

  static DeploymentReader reader() {
    return Services.deploymentReader();
  }
}
