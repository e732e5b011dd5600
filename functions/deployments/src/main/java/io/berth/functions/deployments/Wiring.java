package io.berth.functions.deployments;

import io.berth.domain.deployment.DeploymentReader;
import io.berth.domain.deployment.DeploymentWriter;
import io.berth.domain.deployment.EventKeeper;
import io.berth.domain.deployment.LogReader;
import io.berth.domain.deployment.SdlPolicy;
import io.berth.domain.lifecycle.OperationDesk;
import io.berth.domain.request.SafeRetries;
import io.berth.runtime.Services;

/** Puts the deployment functions together. */
final class Wiring {
  private Wiring() {}

  static DeploymentWriter writer() {
    return Services.deploymentWriter();
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

  static LogReader logs() {
    return Services.logReader();
  }

  static EventKeeper events() {
    return Services.eventKeeper();
  }

  static SdlPolicy sdlPolicy() {
    return Services.sdlPolicy();
  }
}
