package io.berth.functions.deployments;

import io.berth.domain.deployment.DeploymentLogs;
import io.berth.domain.deployment.LogReader;
import io.berth.http.ApiHandler;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;

/**
 * {@code GET /v1/deployments/{dseq}/logs?service&tail&provider}: the last lines of each replica, as
 * JSON or, to who accepts that, as plain text.
 */
public final class GetDeploymentLogs extends ApiHandler {
  private final LogReader reader;

  /** Wired from the function's environment. */
  public GetDeploymentLogs() {
    this(Wiring.logs());
  }

  GetDeploymentLogs(LogReader reader) {
    this.reader = reader;
  }

  @Override
  protected ApiResponse handle(ApiRequest request) {
    String userId = request.principal().userId();
    LogsRequest wanted = LogsRequest.of(request);
    DeploymentLogs logs = reader.read(userId, wanted.dseq(), wanted.query());
    return wanted.asText()
        ? ApiResponse.text(LogsAnswer.text(logs))
        : ApiResponse.ok(LogsAnswer.json(logs));
  }
}
