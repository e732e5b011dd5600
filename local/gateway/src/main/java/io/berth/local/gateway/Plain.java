package io.berth.local.gateway;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Plain values as the YAML reader makes them: maps, lists, strings, longs, doubles, booleans. */
final class Plain {
  private Plain() {}

  static Map<String, Object> map(Map<?, ?> map) {
    var typed = new LinkedHashMap<String, Object>();
    map.forEach((key, value) -> typed.put(key.toString(), value));
    return typed;
  }

  /** The intrinsic function this value calls, if it is such a call and not a plain mapping. */
  static Optional<Call> call(Object value) {
    if (!(value instanceof Map<?, ?> map) || map.size() != 1) {
      return Optional.empty();
    }
    var entry = map.entrySet().iterator().next();
    var name = entry.getKey().toString();
    return name.equals("Ref") || name.startsWith("Fn::")
        ? Optional.of(new Call(name, entry.getValue()))
        : Optional.empty();
  }

  record Call(String function, Object argument) {}
}
