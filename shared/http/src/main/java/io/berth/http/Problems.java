package io.berth.http;

import io.berth.domain.problem.Issue;
import io.berth.domain.problem.Problem;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The response for each problem: Console's error body plus the members of RFC 9457. */
final class Problems {
  private static final String CLIENT = "client_error";
  private static final String SERVER = "server_error";

  private Problems() {}

  /** How one problem looks on the wire; {@code slug} ends the problem's URI. */
  private record Shape(
      int status, String error, String code, String type, String slug, boolean retryable) {}

  static ApiResponse response(Problem problem, String requestId) {
    Shape shape = shape(problem);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("error", shape.error());
    body.put("message", problem.message());
    body.put("code", shape.code());
    body.put("type", shape.type());
    data(problem).ifPresent(data -> body.put("data", data));
    body.put("problem", "urn:berth:problem:" + shape.slug());
    body.put("title", shape.slug().replace('-', ' '));
    body.put("status", shape.status());
    body.put("requestId", requestId);
    body.put("retryable", shape.retryable());
    return new ApiResponse(shape.status(), Optional.of(body), headers(problem));
  }

  private static Shape shape(Problem problem) {
    return switch (problem) {
      case Problem.InvalidRequest invalid ->
          new Shape(
              400, "BadRequestError", "validation_error", "validation_error", "validation", false);
      case Problem.MalformedBody malformed ->
          new Shape(400, "Error", "bad_request", CLIENT, "malformed-body", false);
      case Problem.UnsupportedMediaType media ->
          new Shape(
              415,
              "UnsupportedMediaTypeError",
              "unsupported_media_type",
              CLIENT,
              "unsupported-media-type",
              false);
      case Problem.BodyTooLarge large ->
          new Shape(
              413, "PayloadTooLargeError", "payload_too_large", CLIENT, "payload-too-large", false);
      case Problem.InvalidSdl sdl ->
          new Shape(400, "BadRequestError", "bad_request", CLIENT, "invalid-sdl", false);
      case Problem.Impossible impossible ->
          new Shape(400, "BadRequestError", "bad_request", CLIENT, "impossible", false);
      case Problem.Unauthenticated unauthenticated ->
          new Shape(401, "UnauthorizedError", "unauthorized", CLIENT, "unauthenticated", false);
      case Problem.PaymentRequired payment ->
          new Shape(402, "PaymentRequiredError", "insufficient_funds", CLIENT, "funds", false);
      case Problem.Forbidden forbidden ->
          new Shape(403, "ForbiddenError", "forbidden", CLIENT, "forbidden", false);
      case Problem.NotFound notFound ->
          new Shape(404, "NotFoundError", "not_found", CLIENT, "not-found", false);
      case Problem.Conflict conflict ->
          new Shape(409, "ConflictError", conflict.code(), CLIENT, "conflict", true);
      case Problem.DailyLimit limit ->
          new Shape(
              429, "TooManyRequestsError", "daily_limit_reached", CLIENT, "daily-limit", true);
      case Problem.KeyReused reused ->
          new Shape(
              422,
              "UnprocessableEntityError",
              "idempotency_key_reused",
              CLIENT,
              "idempotency-key-reused",
              false);
      case Problem.RateLimited limited ->
          new Shape(429, "TooManyRequestsError", "rate_limited", CLIENT, "rate-limited", true);
      case Problem.ChainRefused refused ->
          new Shape(502, "BadGatewayError", "chain_refused", SERVER, "chain-refused", false);
      case Problem.Unavailable unavailable ->
          new Shape(
              503, "ServiceUnavailableError", "service_unavailable", SERVER, "unavailable", true);
      case Problem.OutcomeUnknown unknown ->
          new Shape(
              503, "ServiceUnavailableError", "outcome_unknown", SERVER, "outcome-unknown", true);
      case Problem.Internal internal ->
          new Shape(500, "InternalServerError", "internal_server_error", SERVER, "internal", true);
    };
  }

  private static Optional<Object> data(Problem problem) {
    return switch (problem) {
      case Problem.InvalidRequest(List<Issue> issues) ->
          Optional.of(issues.stream().map(Problems::issue).toList());
      case Problem.InvalidSdl(List<io.berth.sdl.Problem> problems) ->
          Optional.of(problems.stream().map(ConsoleJson::sdlProblem).toList());
      default -> Optional.empty();
    };
  }

  private static Map<String, Object> issue(Issue issue) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("code", issue.code());
    json.putAll(issue.details());
    json.put("path", issue.path());
    json.put("message", issue.message());
    return json;
  }

  private static Map<String, String> headers(Problem problem) {
    return switch (problem) {
      case Problem.Conflict(String code, String message, Duration wait) -> retryAfter(wait);
      case Problem.RateLimited(Duration wait) -> retryAfter(wait);
      case Problem.DailyLimit(String message, Duration wait) -> retryAfter(wait);
      default -> Map.of();
    };
  }

  private static Map<String, String> retryAfter(Duration wait) {
    return Map.of("Retry-After", Long.toString(wait.toSeconds()));
  }
}
