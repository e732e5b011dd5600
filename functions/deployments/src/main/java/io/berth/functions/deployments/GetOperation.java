package io.berth.functions.deployments;

import io.berth.domain.lifecycle.Operation;
import io.berth.domain.lifecycle.OperationDesk;
import io.berth.http.ApiHandler;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.Fields;
import io.berth.http.OperationJson;
import java.time.Duration;

/**
 * {@code GET /v1/operations/{id}}: state, step, history; with {@code ?wait=} the answer comes when
 * the operation is over, or after so many seconds.
 */
public final class GetOperation extends ApiHandler {
  private static final int LONGEST_WAIT_SECONDS = 20;

  private final OperationDesk operations;

  /** Wired from the function's environment. */
  public GetOperation() {
    this(Wiring.operations());
  }

  GetOperation(OperationDesk operations) {
    this.operations = operations;
  }

  @Override
  protected ApiResponse handle(ApiRequest request) {
    String userId = request.principal().userId();
    Fields query = Fields.ofParameters();
    int wait =
        query.queryInt("wait", request.queryParameter("wait"), 0, LONGEST_WAIT_SECONDS).orElse(0);
    query.verify();
    Operation known = operations.require(userId, request.pathParameter("id"));
    Operation operation = operations.await(known.id(), Operation::isOver, Duration.ofSeconds(wait));
    return ApiResponse.ok(OperationJson.full(operation));
  }
}
