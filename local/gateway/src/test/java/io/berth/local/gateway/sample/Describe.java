package io.berth.local.gateway.sample;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;

/** Answers with what it knows of the invocation. */
public final class Describe implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  private int events;

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    events++;
    return switch (String.valueOf(event.get("do"))) {
      case "fail" -> throw new UnsupportedOperationException("not that");
      case "exhaust" -> throw new OutOfMemoryError("pretended");
      case "huge" -> Map.of("data", "x".repeat(7 * 1024 * 1024));
      default ->
          Map.of(
              "events", events,
              "arn", context.getInvokedFunctionArn(),
              "requestId", context.getAwsRequestId(),
              "remaining", context.getRemainingTimeInMillis(),
              "thread", Thread.currentThread().getName());
    };
  }
}
