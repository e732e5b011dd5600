package io.berth.local.gateway.sample;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Decides by the {@code x-api-key} header, whose value says how. */
public final class KeyAuthorizer
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  /** Every event any instance got. */
  public static final List<Map<String, Object>> EVENTS = new CopyOnWriteArrayList<>();

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    EVENTS.add(event);
    var arn = event.get("methodArn").toString();
    var key = event.get("headers") instanceof Map<?, ?> headers ? headers.get("x-api-key") : null;
    return switch (String.valueOf(key)) {
      case "good" -> policy("Allow", "*", Map.of("userId", "u1", "admin", true, "quota", 5));
      case "narrow" -> policy("Allow", arn, Map.of("userId", "u2"));
      case "denied" -> policy("Deny", arn, Map.of("userId", "u3"));
      case "other" ->
          policy("Allow", "arn:aws:execute-api:*/GET/elsewhere", Map.of("userId", "u4"));
      case "nested" -> policy("Allow", "*", Map.of("user", Map.of("id", "u5")));
      case "garbage" -> Map.of("allowed", true);
      case "crash" -> throw new IllegalStateException("no database");
      default -> throw new IllegalArgumentException("Unauthorized");
    };
  }

  private static Map<String, Object> policy(
      String effect, String resource, Map<String, Object> context) {
    var statement =
        Map.of("Action", "execute-api:Invoke", "Effect", effect, "Resource", List.of(resource));
    return Map.of(
        "principalId",
        "someone",
        "policyDocument",
        Map.of("Version", "2012-10-17", "Statement", List.of(statement)),
        "context",
        context);
  }
}
