package io.berth.functions.deployments;

import io.berth.domain.deployment.DeploymentLister;
import io.berth.domain.deployment.DeploymentReader;
import io.berth.domain.deployment.DeploymentWriter;
import io.berth.domain.deployment.EventKeeper;
import io.berth.domain.deployment.LogFollower;
import io.berth.domain.deployment.LogReader;
import io.berth.domain.deployment.SdlPolicy;
import io.berth.domain.ledger.OwnMessages;
import io.berth.domain.lifecycle.DeploymentDesk;
import io.berth.domain.lifecycle.OperationDesk;
import io.berth.domain.request.SafeRetries;
import io.berth.domain.settings.DeploymentWishes;
import io.berth.domain.status.StatusRefresher;
import io.berth.http.AuditTrail;
import io.berth.runtime.AuditTrails;
import io.berth.runtime.Services;

/** Puts the deployment functions together. */
final class Wiring {
  private Wiring() {}

  static AuditTrail trail() {
    return AuditTrails.trail();
  }

  static DeploymentWriter writer() {
    return Services.deploymentWriter();
  }

  static SafeRetries retries() {
    return Services.safeRetries();
  }

  static OperationDesk operations() {
    return Services.operationDesk();
  }

  static DeploymentDesk desk() {
    return new DeploymentDesk(reader(), operations());
  }

  static DeploymentReader reader() {
    return Services.deploymentReader();
  }

  static DeploymentLister lister() {
    return Services.deploymentLister();
  }

  static DeploymentWishes wishes() {
    return Services.deploymentWishes();
  }

  static OwnMessages ownMessages() {
    return Services.ownMessages();
  }

  static LogReader logs() {
    return Services.logReader();
  }

  static LogFollower logFollower() {
    return Services.logFollower();
  }

  static EventKeeper events() {
    return Services.eventKeeper();
  }

  static StatusRefresher statusRefresher() {
    return Services.statusRefresher();
  }

  static SdlPolicy sdlPolicy() {
    return Services.sdlPolicy();
  }
}
