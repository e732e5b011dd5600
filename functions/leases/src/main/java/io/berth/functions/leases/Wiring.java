package io.berth.functions.leases;

import io.berth.domain.Durations;
import io.berth.domain.deployment.DeploymentReader;
import io.berth.domain.deployment.Leasing;
import io.berth.domain.lifecycle.OperationDesk;
import io.berth.domain.request.SafeRetries;
import io.berth.runtime.Services;
import java.time.Duration;

/** Puts the lease functions together. */
final class Wiring {
  private static final Duration LEAST_PATIENCE = Duration.ofSeconds(8);

  /** Less than API Gateway's 29 s by what comes before and after. */
  private static final Duration MOST_PATIENCE = Duration.ofSeconds(22);

  private Wiring() {}

  /** A block for the leases, one until providers see them, and one and a half to be on time. */
  static Duration patience() {
    Duration blocks = Services.blockInterval().multipliedBy(7).dividedBy(2);
    return Durations.within(blocks, LEAST_PATIENCE, MOST_PATIENCE);
  }

  static Leasing leasing() {
    return Services.leasing();
  }

  static SafeRetries retries() {
    return Services.safeRetries();
  }

  static OperationDesk operations() {
    return Services.operationDesk();
  }

  static DeploymentReader reader() {
    return Services.deploymentReader();
  }
}
