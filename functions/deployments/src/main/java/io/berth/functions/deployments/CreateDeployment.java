package io.berth.functions.deployments;

import io.berth.domain.akash.Usd;
import io.berth.domain.deployment.DeploymentRecord;
import io.berth.domain.deployment.DeploymentWriter;
import io.berth.domain.request.RequestId;
import io.berth.domain.request.SafeRetries;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.AuditTrail;
import io.berth.http.ConsoleJson;
import io.berth.http.Fields;
import io.berth.http.SpendingHandler;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code POST /v1/deployments}: {@code {data: {sdl, deposit}}}, the deposit in US dollars. */
public final class CreateDeployment extends SpendingHandler {
  private final DeploymentWriter writer;

  /** Wired from the function's environment. */
  public CreateDeployment() {
    this(Wiring.writer(), Wiring.retries(), Wiring.trail(), InstantSource.system());
  }

  CreateDeployment(
      DeploymentWriter writer, SafeRetries retries, AuditTrail trail, InstantSource clock) {
    super(retries, trail, clock);
    this.writer = writer;
  }

  @Override
  protected ApiResponse handle(ApiRequest request, RequestId id) {
    String userId = request.principal().userId();
    Fields body = Fields.of(request.body());
    Fields data = body.object("data");
    String sdl = data.string("sdl");
    BigDecimal deposit = data.positiveNumber("deposit");
    body.verify();
    DeploymentRecord requested = writer.request(id, userId, sdl, Usd.toUact(deposit));
    return created(writer.commit(requested));
  }

  private static ApiResponse created(DeploymentWriter.Created created) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("dseq", Long.toString(created.record().dseq()));
    json.put("manifest", created.record().manifest());
    json.put("signTx", ConsoleJson.transaction(created.transaction()));
    return ApiResponse.created(json);
  }
}
