package io.berth.local.providers.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.berth.domain.Bytes;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer of the gateway.
 *
 * @param contentType empty if there is no body
 */
record Reply(int status, Optional<String> contentType, Bytes body) {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  static Reply json(Object value) {
    return bytes(200, "application/json; charset=UTF-8", MAPPER.writeValueAsBytes(value));
  }

  static Reply rawJson(byte[] json) {
    return bytes(200, "application/json; charset=UTF-8", json);
  }

  /** As Go's http.Error: the text and a line feed. */
  static Reply text(int status, String text) {
    return bytes(status, "text/plain; charset=utf-8", (text + "\n").getBytes(UTF_8));
  }

  /** As an ingress says that it does not reach what is behind it. */
  static Reply badGateway() {
    String page = "<html><head><title>502 Bad Gateway</title></head></html>\n";
    return bytes(502, "text/html", page.getBytes(UTF_8));
  }

  static Reply empty(int status) {
    return new Reply(status, Optional.empty(), Bytes.of(new byte[0]));
  }

  /** As failures of authentication are told. */
  static Reply message(int status, String message) {
    byte[] body = MAPPER.writeValueAsBytes(Map.of("message", message));
    return bytes(status, "application/json", body);
  }

  private static Reply bytes(int status, String contentType, byte[] body) {
    return new Reply(status, Optional.of(contentType), Bytes.of(body));
  }
}
