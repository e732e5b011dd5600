package io.berth.http;

import io.berth.domain.account.Identity;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the authorizer hands to gateway and handlers. API Gateway passes strings only, so lists are
 * joined by blanks.
 */
public final class AuthorizerContext {
  private static final String USER = "userId";
  private static final String KEY = "keyId";
  private static final String SCOPES = "scopes";
  private static final String AMBIGUOUS = "ambiguous";
  private static final String SUBJECT = "subject";
  private static final String EMAIL = "email";
  private static final String EMAIL_VERIFIED = "emailVerified";

  private AuthorizerContext() {}

  /** Who calls. */
  public static Map<String, Object> of(String userId, String keyId, List<String> scopes) {
    return Map.of(USER, userId, KEY, keyId, SCOPES, String.join(" ", scopes));
  }

  /**
   * Who calls with a token of the identity provider.
   *
   * @param registered whether they are a user; if not, there is nobody to act for
   */
  public static Map<String, Object> of(Identity identity, boolean registered) {
    Map<String, Object> context = new HashMap<>();
    context.put(SUBJECT, identity.subject());
    identity.email().ifPresent(email -> context.put(EMAIL, email));
    context.put(EMAIL_VERIFIED, Boolean.toString(identity.emailVerified()));
    if (registered) {
      context.putAll(of(identity.subject(), "", List.of()));
    }
    return context;
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
    refuseTwo(context);
    if (!context.containsKey(USER)) {
      throw new Refusal(new Problem.Unauthenticated("Unauthorized"));
    }
    String scopes = String.valueOf(context.getOrDefault(SCOPES, ""));
    return new Principal(
        String.valueOf(context.get(USER)),
        String.valueOf(context.getOrDefault(KEY, "")),
        scopes.isBlank() ? List.of() : List.of(scopes.split(" ")));
  }

  /** The person who signed in, read back. */
  static Identity identity(Map<String, Object> context) {
    refuseTwo(context);
    if (!context.containsKey(SUBJECT)) {
      throw new Refusal(new Problem.Unauthenticated("Invalid or expired token"));
    }
    return new Identity(
        String.valueOf(context.get(SUBJECT)),
        Optional.ofNullable(context.get(EMAIL)).map(String::valueOf),
        "true".equals(String.valueOf(context.get(EMAIL_VERIFIED))));
  }

  private static void refuseTwo(Map<String, Object> context) {
    if (context.containsKey(AMBIGUOUS)) {
      throw new Refusal(
          new Problem.Impossible("Authorization and X-Api-Key headers are mutually exclusive"));
    }
  }
}
