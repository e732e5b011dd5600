package io.berth.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.ObjectWriter;

/**
 * What a handler answers.
 *
 * @param body written as JSON, if it is not {@link Text} or {@link Live}; empty for no body
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
    return text("text/plain; charset=utf-8", text, Map.of("X-Content-Type-Options", "nosniff"));
  }

  /** 200 with text of any kind, as it is. */
  public static ApiResponse text(String contentType, String text, Map<String, String> headers) {
    return new ApiResponse(200, Optional.of(new Text(contentType, text)), headers);
  }

  /** A body that is sent as it is. */
  record Text(String contentType, String text) {}

  /** 200 with text that is written while it is read; for {@link ApiStreamHandler} only. */
  public static ApiResponse live(String contentType, LiveBody body) {
    return new ApiResponse(
        200, Optional.of(new Live(contentType, body)), Map.of("X-Content-Type-Options", "nosniff"));
  }

  /** A body that is sent while it is written. */
  record Live(String contentType, LiveBody body) {}

  /** Writes a body, for as long as it takes. */
  public interface LiveBody {

    /** Writes all of it; what is flushed is on its way to the client. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** 204 without a body. */
  public static ApiResponse noContent() {
    return new ApiResponse(204, Optional.empty(), Map.of());
  }

  /** This answer with one more member beside the body's {@code data}. */
  public ApiResponse with(String name, Object value) {
    Map<Object, Object> members = new LinkedHashMap<>((Map<?, ?>) body.orElse(Map.of()));
    members.put(name, value);
    return new ApiResponse(status, Optional.of(members), headers);
  }

  /** The same with one more header. */
  public ApiResponse withHeader(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new ApiResponse(status, body, more);
  }

  /** The body as it is sent; empty for none. */
  String json() {
    return body.map(content -> written(content, ShownOnce.SHOWING)).orElse("");
  }

  /** The body as it may be kept: what is {@link ShownOnce} is null. */
  String keptJson() {
    return body.map(content -> written(content, Json.MAPPER.writer())).orElse("");
  }

  private static String written(Object body, ObjectWriter writer) {
    return body instanceof Text text ? text.text() : writer.writeValueAsString(body);
  }

  static String contentType(Object body) {
    return switch (body) {
      case Text text -> text.contentType();
      case Live live -> live.contentType();
      default -> "application/json";
    };
  }

  /** Whether something in the body is {@link ShownOnce}. */
  boolean showsSecrets() {
    return !json().equals(keptJson());
  }

  static ApiResponse of(int status, Object body) {
    return new ApiResponse(status, Optional.of(body), Map.of());
  }
}
