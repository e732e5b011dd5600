package io.berth.local.gateway;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An HTTP request as it came.
 *
 * @param method in capitals
 * @param path the path, still percent-encoded
 * @param query the query string, still percent-encoded; empty if there is none
 * @param headers values by name; names match in any case, and keep the case they came in
 * @param body the body; empty if there is none
 * @param sourceIp the peer's address
 */
@SuppressWarnings("ArrayRecordComponent") // A message body: never compared, passed on once.
public record Request(
    String method,
    String path,
    String query,
    Map<String, List<String>> headers,
    byte[] body,
    String sourceIp) {

  public Request {
    headers = caseless(headers);
  }

  static Map<String, List<String>> caseless(Map<String, List<String>> headers) {
    var copy = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach(
        (name, values) -> copy.computeIfAbsent(name, _ -> new ArrayList<>()).addAll(values));
    return Collections.unmodifiableMap(copy);
  }

  /** The last value of a header, which is the one API Gateway shows where it shows one. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name)).map(List::getLast);
  }

  /** The query parameters, decoded, in the order they came. */
  public Map<String, List<String>> queryParameters() {
    var parameters = new LinkedHashMap<String, List<String>>();
    for (var part : query.split("&", -1)) {
      if (!part.isEmpty()) {
        var equals = part.indexOf('=');
        var name = equals < 0 ? part : part.substring(0, equals);
        var value = equals < 0 ? "" : part.substring(equals + 1);
        parameters.computeIfAbsent(decodeForm(name), _ -> new ArrayList<>()).add(decodeForm(value));
      }
    }
    return parameters;
  }

  /** A path or a part of one without its percent-encoding; a plus sign is a plus sign. */
  static String decodePath(String encoded) {
    return decodeForm(encoded.replace("+", "%2B"));
  }

  private static String decodeForm(String encoded) {
    try {
      return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return encoded; // Not percent-encoding at all: then it means what it says.
    }
  }
}
