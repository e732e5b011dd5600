package io.berth.functions.deployments;

import io.berth.domain.deployment.DeploymentLogs;
import io.berth.domain.deployment.LogReader;
import io.berth.http.ApiHandler;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.Fields;
import java.util.Optional;

/**
 * {@code GET /v1/deployments/{dseq}/logs?service&tail&provider}: the last lines of each replica, as
 * JSON or, to who accepts that, as plain text.
 */
public final class GetDeploymentLogs extends ApiHandler {
  private static final int USUAL_TAIL = 100;
  private static final int LONGEST_TAIL = 5_000;

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
    Fields parameters = Fields.ofParameters();
    long dseq = parameters.dseq("dseq", Optional.of(request.pathParameter("dseq")));
    int tail = parameters.queryInt("tail", request.queryParameter("tail"), 1).orElse(USUAL_TAIL);
    if (tail > LONGEST_TAIL) {
      parameters.reject("tail", "Number must be less than or equal to " + LONGEST_TAIL);
    }
    parameters.verify();
    DeploymentLogs logs =
        reader.read(
            userId,
            dseq,
            new LogReader.Query(
                request.queryParameter("service"), request.queryParameter("provider"), tail));
    return LogsAnswer.wantsText(request.header("Accept").orElse(""))
        ? ApiResponse.text(LogsAnswer.text(logs))
        : ApiResponse.ok(LogsAnswer.json(logs));
  }
}
