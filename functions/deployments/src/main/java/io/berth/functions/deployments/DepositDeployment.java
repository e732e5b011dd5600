package io.berth.functions.deployments;

import io.berth.domain.akash.Usd;
import io.berth.domain.deployment.DeploymentReader;
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
import java.util.Optional;

/**
 * {@code POST /v1/deployments/deposit/{dseq}} and {@code POST /v1/deposit-deployment} (the dseq in
 * the body): adds US dollars to a deployment's escrow.
 */
public final class DepositDeployment extends SpendingHandler {
  private final DeploymentWriter writer;
  private final DeploymentReader reader;

  /** Wired from the function's environment. */
  public DepositDeployment() {
    this(
        Wiring.writer(), Wiring.reader(), Wiring.retries(), Wiring.trail(), InstantSource.system());
  }

  DepositDeployment(
      DeploymentWriter writer,
      DeploymentReader reader,
      SafeRetries retries,
      AuditTrail trail,
      InstantSource clock) {
    super(retries, trail, clock);
    this.writer = writer;
    this.reader = reader;
  }

  @Override
  protected ApiResponse handle(ApiRequest request, RequestId id) {
    String userId = request.principal().userId();
    Fields body = Fields.of(request.body());
    Fields data = body.object("data");
    long dseq =
        request.hasPathParameter("dseq")
            ? body.dseq("dseq", Optional.of(request.pathParameter("dseq")))
            : data.dseq("dseq");
    BigDecimal deposit = data.positiveNumber("deposit");
    body.verify();
    writer.deposit(id, userId, dseq, Usd.toUact(deposit));
    return ApiResponse.ok(ConsoleJson.deployment(reader.view(userId, dseq)));
  }
}
