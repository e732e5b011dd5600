package io.berth.http;

import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.logging.LogContext;
import io.berth.logging.LogField;
import java.util.List;
import java.util.Map;

/**
 * What the authorizer hands to gateway and handlers. API Gateway passes strings only, so lists are
 * joined by blanks.
 */
public final class AuthorizerContext {
  private static final String USER = "userId";
  private static final String KEY = "keyId";
  private static final String SCOPES = "scopes";
  private static final String AMBIGUOUS = "ambiguous";

  private AuthorizerContext() {}

  /** Who calls. */
  public static Map<String, Object> of(String userId, String keyId, List<String> scopes) {
    return Map.of(USER, userId, KEY, keyId, SCOPES, String.join(" ", scopes));
  }

  /** Two credentials at once: the handler shall answer 400. */
  public static Map<String, Object> ambiguous() {
    return Map.of(AMBIGUOUS, "true");
  }

  /** Nobody known; the gateway's answer shows the message. */
  public static Map<String, Object> denied(String message) {
    return Map.of("message", message);
  }

  /** Who calls, read back. */
  static Principal principal(Map<String, Object> context) {
    if (context.containsKey(AMBIGUOUS)) {
      throw new Refusal(
          new Problem.Impossible("Authorization and X-Api-Key headers are mutually exclusive"));
    }
    if (!context.containsKey(USER)) {
      throw new Refusal(new Problem.Unauthenticated("Unauthorized"));
    }
    String scopes = String.valueOf(context.getOrDefault(SCOPES, ""));
    return new Principal(
        String.valueOf(context.get(USER)),
        String.valueOf(context.getOrDefault(KEY, "")),
        scopes.isBlank() ? List.of() : List.of(scopes.split(" ")));
  }

  /** Adds who calls, if anybody is known, to what is logged. */
  static LogContext describe(Map<String, Object> context, LogContext log) {
    return log.with(LogField.USER, String.valueOf(context.getOrDefault(USER, "")))
        .with(LogField.KEY, String.valueOf(context.getOrDefault(KEY, "")));
  }
}
