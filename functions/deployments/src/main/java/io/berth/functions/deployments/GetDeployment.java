package io.berth.functions.deployments;

import io.berth.domain.deployment.DeploymentReader;
import io.berth.http.ApiHandler;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.ConsoleJson;
import io.berth.http.Fields;
import java.util.Optional;

/** {@code GET /v1/deployments/{dseq}}: state, leases with status, escrow. */
public final class GetDeployment extends ApiHandler {
  private final DeploymentReader reader;

  /** Wired from the function's environment. */
  public GetDeployment() {
    this(Wiring.reader());
  }

  GetDeployment(DeploymentReader reader) {
    this.reader = reader;
  }

  @Override
  protected ApiResponse handle(ApiRequest request) {
    String userId = request.principal().userId();
    long dseq = Fields.onlyDseq(Optional.of(request.pathParameter("dseq")));
    return ApiResponse.ok(ConsoleJson.deployment(reader.view(userId, dseq)));
  }
}
