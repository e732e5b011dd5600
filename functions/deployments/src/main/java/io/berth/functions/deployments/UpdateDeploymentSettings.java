package io.berth.functions.deployments;

import io.berth.domain.settings.DeploymentWishes;
import io.berth.http.ApiHandler;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.AuditTrail;
import io.berth.http.Fields;
import java.util.Optional;

/**
 * {@code PATCH /v2/deployment-settings/{dseq}?userId=} and {@code PATCH
 * /v1/deployment-settings/{userId}/{dseq}}: {@code {data: {autoTopUpEnabled}}}.
 */
public final class UpdateDeploymentSettings extends ApiHandler {
  private final DeploymentWishes wishes;

  /** Wired from the function's environment. */
  public UpdateDeploymentSettings() {
    this(Wiring.wishes(), Wiring.trail());
  }

  UpdateDeploymentSettings(DeploymentWishes wishes, AuditTrail trail) {
    super(trail);
    this.wishes = wishes;
  }

  @Override
  protected ApiResponse handle(ApiRequest request) {
    String userId = request.principal().userId();
    Fields body = Fields.of(request.body());
    long dseq = body.dseq("dseq", Optional.of(request.pathParameter("dseq")));
    boolean autoTopUp = body.object("data").bool("autoTopUpEnabled");
    body.verify();
    DeploymentSettingsRequest.requireOwn(request, userId);
    return ApiResponse.ok(DeploymentSettingsRequest.json(wishes.set(userId, dseq, autoTopUp)));
  }
}
