package io.berth.http;

import io.berth.domain.account.Access;
import io.berth.domain.account.Identity;
import io.berth.domain.limit.Quota;
import io.berth.domain.limit.Verdict;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.logging.LogContext;
import io.berth.logging.LogField;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the authorizer hands to gateway and handlers. API Gateway passes strings only, so lists are
 * joined by blanks.
 */
public final class AuthorizerContext {
  private static final String USER = "userId";
  private static final String KEY = "keyId";
  private static final String SCOPES = "scopes";
  private static final String AMBIGUOUS = "ambiguous";
  private static final String POLICY = "rateLimitPolicy";
  private static final String LIMIT = "rateLimit";
  private static final String RETRY_AFTER = "retryAfter";
  private static final String SUBJECT = "subject";
  private static final String EMAIL = "email";
  private static final String EMAIL_VERIFIED = "emailVerified";

  private AuthorizerContext() {}

  /**
   * Who calls.
   *
   * @param keyId empty for a person who signed in
   */
  public static Map<String, Object> of(String userId, String keyId, Access access) {
    return Map.of(USER, userId, KEY, keyId, SCOPES, String.join(" ", access.texts()));
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
      context.putAll(of(identity.subject(), "", new Access.Full()));
    }
    return context;
  }

  /** How the caller stands with the limits, as the headers of the answer say it. */
  public static Map<String, Object> of(Verdict verdict) {
    Map<String, Object> context = new HashMap<>();
    context.put(
        POLICY,
        list(verdict, quota -> ";q=%d;w=%d".formatted(quota.limit(), quota.window().toSeconds())));
    context.put(
        LIMIT,
        list(
            verdict,
            quota -> ";r=%d;t=%d".formatted(quota.remaining(), quota.reset().toSeconds())));
    verdict
        .retryAfter()
        .ifPresent(wait -> context.put(RETRY_AFTER, Long.toString(wait.toSeconds())));
    return context;
  }

  private static String list(Verdict verdict, Function<Quota, String> parameters) {
    return verdict.quotas().stream()
        .map(quota -> '"' + quota.name() + '"' + parameters.apply(quota))
        .collect(Collectors.joining(", "));
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
    return new Principal(
        String.valueOf(context.get(USER)),
        String.valueOf(context.getOrDefault(KEY, "")),
        Access.of(List.of(String.valueOf(context.getOrDefault(SCOPES, "")).split(" "))));
  }

  /** The user, or the person who is not one yet. */
  static String actor(Map<String, Object> context) {
    return context.containsKey(USER) ? principal(context).userId() : identity(context).subject();
  }

  /** The key that was brought; empty for a person. */
  static Optional<String> keyId(Map<String, Object> context) {
    return Optional.ofNullable(context.get(KEY)).map(String::valueOf).filter(id -> !id.isEmpty());
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

  /** The headers that tell about limits (draft-ietf-httpapi-ratelimit-headers); none if unknown. */
  static Map<String, String> limitHeaders(Map<String, Object> context) {
    return context.containsKey(LIMIT)
        ? Map.of(
            "RateLimit-Policy", String.valueOf(context.get(POLICY)),
            "RateLimit", String.valueOf(context.get(LIMIT)))
        : Map.of();
  }

  /**
   * Refuses whoever asks too often.
   *
   * @throws Refusal 429
   */
  static void requireWithinLimits(Map<String, Object> context) {
    if (context.containsKey(RETRY_AFTER)) {
      throw new Refusal(
          new Problem.RateLimited(
              Duration.ofSeconds(Long.parseLong(String.valueOf(context.get(RETRY_AFTER))))));
    }
  }

  private static void refuseTwo(Map<String, Object> context) {
    if (context.containsKey(AMBIGUOUS)) {
      throw new Refusal(
          new Problem.Impossible("Authorization and X-Api-Key headers are mutually exclusive"));
    }
  }

  /** Adds who calls, if anybody is known, to what is logged. */
  static LogContext describe(Map<String, Object> context, LogContext log) {
    return log.with(LogField.USER, text(context, USER, text(context, SUBJECT, "")))
        .with(LogField.KEY, text(context, KEY, ""));
  }

  private static String text(Map<String, Object> context, String name, String otherwise) {
    return String.valueOf(context.getOrDefault(name, otherwise));
  }
}
