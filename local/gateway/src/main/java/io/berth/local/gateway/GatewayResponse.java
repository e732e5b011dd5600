package io.berth.local.gateway;

import java.util.Map;
import java.util.OptionalInt;

/**
 * How the template wants one of API Gateway's own answers to look.
 *
 * @param statusCode the HTTP status, over the type's own
 * @param headers header name to mapping expression: {@code 'text'} or {@code context.requestId}
 * @param templates media type to body, with {@code $context…} to be filled in
 */
public record GatewayResponse(
    OptionalInt statusCode, Map<String, String> headers, Map<String, String> templates) {

  public GatewayResponse {
    headers = Map.copyOf(headers);
  }
}
