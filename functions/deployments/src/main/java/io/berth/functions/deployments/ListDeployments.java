package io.berth.functions.deployments;

import io.berth.domain.deployment.DeploymentReader;
import io.berth.http.ApiHandler;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.ConsoleJson;
import io.berth.http.Fields;
import java.util.Optional;

/** {@code GET /v1/deployments?skip&limit}: the user's active deployments, oldest first. */
public final class ListDeployments extends ApiHandler {
  private final DeploymentReader reader;

  /** Wired from the function's environment. */
  public ListDeployments() {
    this(Wiring.reader());
  }

  ListDeployments(DeploymentReader reader) {
    this.reader = reader;
  }

  @Override
  protected ApiResponse handle(ApiRequest request) {
    String userId = request.principal().userId();
    Fields query = Fields.ofParameters();
    int skip = query.queryInt("skip", request.queryParameter("skip"), 0).orElse(0);
    Optional<Integer> limit = query.queryInt("limit", request.queryParameter("limit"), 1);
    query.verify();
    return ApiResponse.ok(
        ConsoleJson.page(
            "deployments", reader.active(userId), skip, limit, ConsoleJson::listedDeployment));
  }
}
