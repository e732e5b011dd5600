package io.berth.functions.deployments;

import io.berth.domain.deployment.DeploymentReader;
import io.berth.domain.lifecycle.OperationDesk;
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
  private final DeploymentReader reader;
  private final OperationDesk operations;

  /** Wired from the function's environment. */
  public GetDeployment() {
    this(Wiring.reader(), Wiring.operations());
  }

  GetDeployment(DeploymentReader reader, OperationDesk operations) {
    this.reader = reader;
    this.operations = operations;
  }

  @Override
  protected ApiResponse handle(ApiRequest request) {
    String userId = request.principal().userId();
    long dseq = Fields.onlyDseq(Optional.of(request.pathParameter("dseq")));
    Map<String, Object> json = ConsoleJson.deployment(reader.view(userId, dseq));
    operations
        .of(userId, dseq)
        .ifPresent(operation -> json.put("operation", OperationJson.summary(operation)));
    return ApiResponse.ok(json);
  }
}
