package io.berth.local.gateway;

import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer API Gateway gives by itself.
 *
 * @param type which of its answers
 * @param status the status where the template sets none
 * @param message {@code $context.error.message}; API Gateway has none for a broken authorizer
 * @param errorType the {@code x-amzn-ErrorType} header, if it has one
 * @param authorizer what the authorizer had to say, for {@code $context.authorizer…}
 */
record Refusal(
    ResponseType type,
    int status,
    Optional<String> message,
    Optional<String> errorType,
    ObjectNode authorizer) {

  private static Refusal of(ResponseType type, String message, String errorType) {
    return new Refusal(
        type, type.status(), Optional.of(message), Optional.of(errorType), nothing());
  }

  private static ObjectNode nothing() {
    return JsonNodeFactory.instance.objectNode();
  }

  static Refusal unknownRoute() {
    return of(
        ResponseType.MISSING_AUTHENTICATION_TOKEN,
        "Missing Authentication Token",
        "MissingAuthenticationTokenException");
  }

  static Refusal unauthorized() {
    return of(ResponseType.UNAUTHORIZED, "Unauthorized", "UnauthorizedException");
  }

  static Refusal accessDenied(boolean explicitly, ObjectNode authorizer) {
    var message = "User is not authorized to access this resource";
    return new Refusal(
        ResponseType.ACCESS_DENIED,
        ResponseType.ACCESS_DENIED.status(),
        Optional.of(explicitly ? message + " with an explicit deny" : message),
        Optional.of("AccessDeniedException"),
        authorizer);
  }

  /** The authorizer function failed. */
  static Refusal authorizerFailure() {
    return new Refusal(
        ResponseType.AUTHORIZER_FAILURE,
        ResponseType.AUTHORIZER_FAILURE.status(),
        Optional.empty(),
        Optional.of("AuthorizerFailureException"),
        nothing());
  }

  /** The authorizer function answered something that is no policy. */
  static Refusal authorizerMisconfigured() {
    return new Refusal(
        ResponseType.AUTHORIZER_CONFIGURATION_ERROR,
        ResponseType.AUTHORIZER_CONFIGURATION_ERROR.status(),
        Optional.empty(),
        Optional.of("AuthorizerConfigurationException"),
        nothing());
  }

  static Refusal requestTooLarge(int limit) {
    return of(
        ResponseType.REQUEST_TOO_LARGE,
        "HTTP content length exceeded " + limit + " bytes.",
        "RequestTooLargeException");
  }

  static Refusal integrationTimeout(ObjectNode authorizer) {
    return new Refusal(
        ResponseType.INTEGRATION_TIMEOUT,
        ResponseType.INTEGRATION_TIMEOUT.status(),
        Optional.of("Endpoint request timed out"),
        Optional.of("InternalServerErrorException"),
        authorizer);
  }

  /**
   * The function failed or its answer is not a proxy response: a 502 that has no type of its own.
   */
  static Refusal badIntegration(ObjectNode authorizer) {
    return new Refusal(
        ResponseType.DEFAULT_5XX,
        502,
        Optional.of("Internal server error"),
        Optional.of("InternalServerErrorException"),
        authorizer);
  }
}
