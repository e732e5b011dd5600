package io.berth.local.stack;

import io.berth.local.stack.OpenApi.Operation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A request of an operation, at first with the documentation's examples.
 *
 * @param parameters of path and query, by name
 * @param body missing if the operation has none
 */
record Requests(Operation operation, Map<String, String> parameters, JsonNode body) {

  /** The request that the documentation shows. */
  static Requests example(Operation operation) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (JsonNode parameter : operation.definition().path("parameters")) {
      JsonNode resolved = OpenApi.ours().resolved(parameter);
      if (!resolved.get("in").asString().equals("header")) {
        exampleOf(resolved).ifPresent(text -> parameters.put(name(resolved), text));
      }
    }
    JsonNode media = operation.definition().at("/requestBody/content/application~1json");
    JsonNode body =
        media.has("examples")
            ? media.at("/examples").iterator().next().get("value")
            : media.path("example");
    return new Requests(operation, parameters, body);
  }

  private static String name(JsonNode parameter) {
    return parameter.get("name").asString();
  }

  /** Parameters without an example are left out, if they may be. */
  private static Optional<String> exampleOf(JsonNode parameter) {
    return parameter.has("example")
        ? Optional.of(parameter.get("example").asString())
        : Optional.empty();
  }

  Requests with(String parameter, String value) {
    Map<String, String> changed = new LinkedHashMap<>(parameters);
    changed.put(parameter, value);
    return new Requests(operation, changed, body);
  }

  Requests with(JsonNode other) {
    return new Requests(operation, parameters, other);
  }

  /** The path with all parameters in their places. */
  String path() {
    String path = operation.path();
    Map<String, String> query = new LinkedHashMap<>();
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      String place = "{" + parameter.getKey() + "}";
      if (path.contains(place)) {
        path = path.replace(place, encoded(parameter.getValue()));
      } else {
        query.put(parameter.getKey(), encoded(parameter.getValue()));
      }
    }
    return query.isEmpty()
        ? path
        : path
            + query.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("&", "?", ""));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  ApiClient.Answer sendAs(ApiClient client) {
    return switch (operation.method()) {
      case "GET" -> client.get(path());
      case "DELETE" -> client.delete(path());
      default -> client.send(operation.method(), path(), body);
    };
  }
}
