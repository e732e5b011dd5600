package io.berth.functions.deployments;

import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.domain.settings.DeploymentWishes;
import io.berth.http.ApiHandler;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.AuditTrail;
import io.berth.http.Fields;
import java.util.Optional;

/**
 * {@code POST /v2/deployment-settings} and {@code POST /v1/deployment-settings}: {@code {data:
 * {dseq, autoTopUpEnabled?, userId?}}}. Repeating it changes nothing more.
 */
public final class CreateDeploymentSettings extends ApiHandler {
  private final DeploymentWishes wishes;

  /** Wired from the function's environment. */
  public CreateDeploymentSettings() {
    this(Wiring.wishes(), Wiring.trail());
  }

  CreateDeploymentSettings(DeploymentWishes wishes, AuditTrail trail) {
    super(trail);
    this.wishes = wishes;
  }

  @Override
  protected ApiResponse handle(ApiRequest request) {
    String userId = request.principal().userId();
    Fields body = Fields.of(request.body());
    Fields data = body.object("data");
    long dseq = data.dseq("dseq");
    boolean autoTopUp = data.isPresent("autoTopUpEnabled") && data.bool("autoTopUpEnabled");
    Optional<String> whose =
        data.isPresent("userId") ? Optional.of(data.string("userId")) : Optional.empty();
    body.verify();
    if (!DeploymentWishes.isOwn(userId, whose)) {
      throw new Refusal(new Problem.Forbidden("Forbidden"));
    }
    return ApiResponse.created(DeploymentSettingsRequest.json(wishes.set(userId, dseq, autoTopUp)));
  }
}
