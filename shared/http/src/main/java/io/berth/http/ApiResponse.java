package io.berth.http;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a handler answers.
 *
 * @param body written as JSON, if it is not {@link PlainText}; empty for no body
 */
public record ApiResponse(int status, Optional<Object> body, Map<String, String> headers) {
  public ApiResponse {
    headers = Map.copyOf(headers);
  }

  /** 200 with {@code {"data": …}}. */
  public static ApiResponse ok(Object data) {
    return of(200, Map.of("data", data));
  }

  /** 201 with {@code {"data": …}}. */
  public static ApiResponse created(Object data) {
    return of(201, Map.of("data", data));
  }

  /** 202 with {@code {"data": …}}: not done yet. */
  public static ApiResponse accepted(Object data) {
    return of(202, Map.of("data", data));
  }

  /** 200 with plain text, which no browser shall take for anything else. */
  public static ApiResponse text(String text) {
    return new ApiResponse(
        200, Optional.of(new PlainText(text)), Map.of("X-Content-Type-Options", "nosniff"));
  }

  /** A body that is no JSON. */
  public record PlainText(String text) {}

  /** 204 without a body. */
  public static ApiResponse noContent() {
    return new ApiResponse(204, Optional.empty(), Map.of());
  }

  /** The same with one more header. */
  public ApiResponse withHeader(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new ApiResponse(status, body, more);
  }

  /** The body as it is sent; empty for none. */
  String json() {
    return body.map(ApiResponse::written).orElse("");
  }

  private static String written(Object body) {
    return body instanceof PlainText(String text) ? text : Json.MAPPER.writeValueAsString(body);
  }

  static String contentType(Object body) {
    return body instanceof PlainText ? "text/plain; charset=utf-8" : "application/json";
  }

  static ApiResponse of(int status, Object body) {
    return new ApiResponse(status, Optional.of(body), Map.of());
  }
}
