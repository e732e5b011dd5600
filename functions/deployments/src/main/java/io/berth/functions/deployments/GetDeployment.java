package io.berth.functions.deployments;

import io.berth.domain.lifecycle.DeploymentDesk;
import io.berth.domain.lifecycle.DeploymentDesk.Sight;
import io.berth.http.ApiHandler;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.ConsoleJson;
import io.berth.http.Fields;
import io.berth.http.OperationJson;
import java.util.Map;
import java.util.Optional;

/** {@code GET /v1/deployments/{dseq}}: state, leases with status, escrow, operation. */
public final class GetDeployment extends ApiHandler {
  private final DeploymentDesk deployments;

  /** Wired from the function's environment. */
  public GetDeployment() {
    this(Wiring.desk());
  }

  GetDeployment(DeploymentDesk deployments) {
    this.deployments = deployments;
  }

  @Override
  protected ApiResponse handle(ApiRequest request) {
    long dseq = Fields.onlyDseq(Optional.of(request.pathParameter("dseq")));
    Sight sight = deployments.look(request.principal().userId(), dseq);
    Map<String, Object> json = ConsoleJson.deployment(sight.view());
    sight
        .operation()
        .ifPresent(operation -> json.put("operation", OperationJson.summary(operation)));
    return ApiResponse.ok(json);
  }
}
