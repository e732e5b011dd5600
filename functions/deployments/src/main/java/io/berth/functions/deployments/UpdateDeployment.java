package io.berth.functions.deployments;

import io.berth.domain.deployment.DeploymentReader;
import io.berth.domain.deployment.DeploymentWriter;
import io.berth.http.ApiHandler;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.AuditTrail;
import io.berth.http.ConsoleJson;
import io.berth.http.Fields;
import java.util.Optional;

/**
 * {@code PUT /v1/deployments/{dseq}}: {@code {data: {sdl}}}, a new manifest for the same groups.
 */
public final class UpdateDeployment extends ApiHandler {
  private final DeploymentWriter writer;
  private final DeploymentReader reader;

  /** Wired from the function's environment. */
  public UpdateDeployment() {
    this(Wiring.writer(), Wiring.reader(), Wiring.trail());
  }

  UpdateDeployment(DeploymentWriter writer, DeploymentReader reader, AuditTrail trail) {
    super(trail);
    this.writer = writer;
    this.reader = reader;
  }

  @Override
  protected ApiResponse handle(ApiRequest request) {
    String userId = request.principal().userId();
    Fields body = Fields.of(request.body());
    long dseq = body.dseq("dseq", Optional.of(request.pathParameter("dseq")));
    String sdl = body.object("data").string("sdl");
    body.verify();
    writer.update(userId, dseq, sdl);
    return ApiResponse.ok(ConsoleJson.deployment(reader.view(userId, dseq)));
  }
}
