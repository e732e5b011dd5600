package io.berth.local.stepfunctions;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The variables of one flow. It sees those of the flows around it, which see none of its own. */
final class Scope {
  private final Optional<Scope> outer;
  private final Map<String, JsonNode> own = new LinkedHashMap<>();

  Scope(Optional<Scope> outer) {
    this.outer = outer;
  }

  void assign(Map<String, JsonNode> values) {
    own.putAll(values);
  }

  Map<String, JsonNode> own() {
    return Map.copyOf(own);
  }

  Map<String, JsonNode> visible() {
    Map<String, JsonNode> all = new LinkedHashMap<>();
    outer.ifPresent(scope -> all.putAll(scope.visible()));
    all.putAll(own);
    return all;
  }
}
