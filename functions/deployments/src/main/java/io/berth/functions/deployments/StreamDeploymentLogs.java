package io.berth.functions.deployments;

import io.berth.domain.deployment.LogFollower;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.ApiStreamHandler;

/**
 * {@code GET /v1/deployments/{dseq}/logs/stream?service&tail&provider}: the last lines of each
 * replica and then those that come, as server-sent events or, to who accepts that, as plain text.
 */
public final class StreamDeploymentLogs extends ApiStreamHandler {
  private final LogFollower follower;

  /** Wired from the function's environment. */
  public StreamDeploymentLogs() {
    this(Wiring.logFollower());
  }

  StreamDeploymentLogs(LogFollower follower) {
    this.follower = follower;
  }

  @Override
  protected ApiResponse handle(ApiRequest request) {
    String userId = request.principal().userId();
    LogsRequest wanted = LogsRequest.of(request);
    LogFollower.Following following = follower.find(userId, wanted.dseq(), wanted.query());
    return wanted.asText()
        ? ApiResponse.live("text/plain; charset=utf-8", out -> LiveLogs.asText(out).tell(following))
        : ApiResponse.live("text/event-stream", out -> LiveLogs.asEvents(out).tell(following));
  }
}
