package io.berth.functions.deployments;

import io.berth.domain.settings.DeploymentWishes;
import io.berth.http.ApiHandler;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.Fields;
import java.util.Optional;

/**
 * {@code GET /v2/deployment-settings/{dseq}?userId=} and {@code GET
 * /v1/deployment-settings/{userId}/{dseq}}: the settings, or the defaults; reading makes none.
 */
public final class GetDeploymentSettings extends ApiHandler {
  private final DeploymentWishes wishes;

  /** Wired from the function's environment. */
  public GetDeploymentSettings() {
    this(Wiring.wishes());
  }

  GetDeploymentSettings(DeploymentWishes wishes) {
    this.wishes = wishes;
  }

  @Override
  protected ApiResponse handle(ApiRequest request) {
    String userId = request.principal().userId();
    long dseq = Fields.onlyDseq(Optional.of(request.pathParameter("dseq")));
    DeploymentSettingsRequest.requireOwn(request, userId);
    return ApiResponse.ok(DeploymentSettingsRequest.json(wishes.get(userId, dseq)));
  }
}
