package io.berth.local.gateway;

/**
 * The answers API Gateway gives by itself, with their default status codes.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html">gateway
 *     response types</a>
 */
public enum ResponseType {
  ACCESS_DENIED(403),
  API_CONFIGURATION_ERROR(500),
  AUTHORIZER_CONFIGURATION_ERROR(500),
  AUTHORIZER_FAILURE(500),
  BAD_REQUEST_BODY(400),
  BAD_REQUEST_PARAMETERS(400),
  /** Stands in for every type of status 4xx that the template does not set. */
  DEFAULT_4XX(400),
  /** Stands in for every type of status 5xx that the template does not set. */
  DEFAULT_5XX(500),
  EXPIRED_TOKEN(403),
  INTEGRATION_FAILURE(504),
  INTEGRATION_TIMEOUT(504),
  INVALID_API_KEY(403),
  INVALID_SIGNATURE(403),
  /** No such method and path, as API Gateway names it. */
  MISSING_AUTHENTICATION_TOKEN(403),
  QUOTA_EXCEEDED(429),
  REQUEST_TOO_LARGE(413),
  RESOURCE_NOT_FOUND(404),
  THROTTLED(429),
  UNAUTHORIZED(401),
  UNSUPPORTED_MEDIA_TYPE(415),
  WAF_FILTERED(403);

  private final int status;

  ResponseType(int status) {
    this.status = status;
  }

  /** The HTTP status where the template sets none. */
  public int status() {
    return status;
  }
}
