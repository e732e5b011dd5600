package io.berth.functions.deployments;

import io.berth.domain.deployment.DeploymentWriter;
import io.berth.domain.lifecycle.OperationDesk;
import io.berth.http.ApiHandler;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.Fields;
import java.util.Map;
import java.util.Optional;

/**
 * {@code DELETE /v1/deployments/{dseq}}: closes it and returns the rest of its escrow. An operation
 * that is under way is told first, so that it makes nothing more of the deployment.
 */
public final class CloseDeployment extends ApiHandler {
  private final DeploymentWriter writer;
  private final OperationDesk operations;

  /** Wired from the function's environment. */
  public CloseDeployment() {
    this(Wiring.writer(), Wiring.operations());
  }

  CloseDeployment(DeploymentWriter writer, OperationDesk operations) {
    this.writer = writer;
    this.operations = operations;
  }

  @Override
  protected ApiResponse handle(ApiRequest request) {
    String userId = request.principal().userId();
    long dseq = Fields.onlyDseq(Optional.of(request.pathParameter("dseq")));
    operations.cancel(userId, dseq);
    writer.close(userId, dseq);
    return ApiResponse.ok(Map.of("success", true));
  }
}
