package io.berth.functions.deployments;

import io.berth.domain.akash.Usd;
import io.berth.domain.bidding.BidSelection;
import io.berth.domain.deployment.DeploymentRecord;
import io.berth.domain.deployment.DeploymentWriter;
import io.berth.domain.ledger.TransactionResult;
import io.berth.domain.lifecycle.Fault;
import io.berth.domain.lifecycle.Operation;
import io.berth.domain.lifecycle.OperationDesk;
import io.berth.domain.lifecycle.Step;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.domain.request.RequestId;
import io.berth.domain.request.SafeRetries;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.AuditTrail;
import io.berth.http.ConsoleJson;
import io.berth.http.Fields;
import io.berth.http.OperationJson;
import io.berth.http.SpendingHandler;
import io.berth.logging.LogContext;
import io.berth.logging.LogField;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code POST /v1/deployments}: {@code {data: {sdl, deposit, bidSelection?}}}, the deposit in US
 * dollars. Starts the deployment's operation and waits until it is on the chain: 201 then, 202 if
 * that takes longer or the client prefers not to wait (RFC 7240, {@code respond-async}).
 */
public final class CreateDeployment extends SpendingHandler {
  private static final String ASYNC = "respond-async";

  /** Less than API Gateway's 29 s by what comes before and after. */
  private static final Duration PATIENCE = Duration.ofSeconds(22);

  private final DeploymentWriter writer;
  private final OperationDesk operations;

  /** Wired from the function's environment. */
  public CreateDeployment() {
    this(
        Wiring.writer(),
        Wiring.operations(),
        Wiring.retries(),
        Wiring.trail(),
        InstantSource.system());
  }

  CreateDeployment(
      DeploymentWriter writer,
      OperationDesk operations,
      SafeRetries retries,
      AuditTrail trail,
      InstantSource clock) {
    super(retries, trail, clock);
    this.writer = writer;
    this.operations = operations;
  }

  @Override
  protected ApiResponse handle(ApiRequest request, RequestId id) {
    String userId = request.principal().userId();
    Fields body = Fields.of(request.body());
    Fields data = body.object("data");
    String sdl = data.string("sdl");
    BigDecimal deposit = data.positiveNumber("deposit");
    Optional<BidSelection> selection = BidSelectionFields.read(data);
    body.verify();
    DeploymentRecord record = writer.request(id, userId, sdl, Usd.toUact(deposit));
    LogContext.add(LogField.DSEQ, Long.toString(record.dseq()));
    Operation begun = operations.begin(record, selection);
    LogContext.add(LogField.OPERATION, begun.id());
    // A repetition may find that it is over, and is told how.
    if (prefersNotToWait(request) && !begun.isOver()) {
      return accepted(begun).withHeader("Preference-Applied", ASYNC);
    }
    Operation known =
        operations.await(
            begun.id(), operation -> operation.hasDone(Step.CREATE_DEPLOYMENT), PATIENCE);
    Optional<TransactionResult> transaction = writer.creationOf(record);
    if (transaction.isPresent()) {
      return created(record, transaction.get(), known);
    }
    if (known.isOver()) {
      throw new Refusal(
          known
              .fault()
              .map(Fault::problem)
              .orElseGet(() -> new Problem.Impossible("Deployment closed")));
    }
    return accepted(known);
  }

  private static boolean prefersNotToWait(ApiRequest request) {
    return request
        .header("Prefer")
        .filter(
            preferences ->
                Arrays.stream(preferences.split(","))
                    .map(preference -> preference.split(";", 2)[0].strip())
                    .anyMatch(ASYNC::equalsIgnoreCase))
        .isPresent();
  }

  private static ApiResponse created(
      DeploymentRecord record, TransactionResult transaction, Operation operation) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("dseq", Long.toString(record.dseq()));
    json.put("manifest", record.manifest());
    json.put("signTx", ConsoleJson.transaction(transaction));
    json.put("operation", OperationJson.summary(operation));
    return ApiResponse.created(json);
  }

  private static ApiResponse accepted(Operation operation) {
    return ApiResponse.accepted(
            Map.of(
                "dseq", Long.toString(operation.dseq()),
                "operation", OperationJson.summary(operation)))
        .withHeader("Location", "/v1/operations/" + operation.id());
  }
}
