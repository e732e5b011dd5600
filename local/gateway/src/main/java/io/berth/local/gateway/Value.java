package io.berth.local.gateway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A place in the template: its path, for messages, and what stands there once intrinsic functions
 * are evaluated. Nothing is evaluated before it is asked for, so what only the cloud needs (roles,
 * policies, alarms) may refer to things a machine does not have.
 */
final class Value {
  private final String path;
  private final Object raw;
  private final Intrinsics intrinsics;

  private Value(String path, Object raw, Intrinsics intrinsics) {
    this.path = path;
    this.raw = raw;
    this.intrinsics = intrinsics;
  }

  static Value of(String path, Object raw, Intrinsics intrinsics) {
    var evaluated = Plain.call(raw).isPresent() ? intrinsics.resolve(raw, path) : raw;
    return new Value(path, evaluated, intrinsics);
  }

  String path() {
    return path;
  }

  TemplateException fault(String problem) {
    return new TemplateException(path, problem);
  }

  Optional<Value> find(String key) {
    if (!(raw instanceof Map<?, ?> map)) {
      throw fault("must be a mapping");
    }
    return Optional.ofNullable(map.get(key))
        .map(found -> of(path + "." + key, found, intrinsics))
        .filter(value -> !value.raw.equals(Intrinsics.NO_VALUE));
  }

  Value get(String key) {
    return find(key).orElseThrow(() -> new TemplateException(path + "." + key, "is required"));
  }

  Map<String, Value> entries() {
    if (!(raw instanceof Map<?, ?> map)) {
      throw fault("must be a mapping");
    }
    var entries = new LinkedHashMap<String, Value>();
    for (var key : map.keySet()) {
      find(key.toString()).ifPresent(value -> entries.put(key.toString(), value));
    }
    return entries;
  }

  List<Value> items() {
    if (!(raw instanceof List<?> list)) {
      throw fault("must be a list");
    }
    var items = new ArrayList<Value>();
    for (int i = 0; i < list.size(); i++) {
      var item = of(path + "[" + i + "]", list.get(i), intrinsics);
      if (!item.raw.equals(Intrinsics.NO_VALUE)) {
        items.add(item);
      }
    }
    return items;
  }

  /** The text here; CloudFormation takes numbers and booleans for text too. */
  String text() {
    return switch (raw) {
      case String text -> text;
      case Long number -> number.toString();
      case Double number -> number.toString();
      case Boolean flag -> flag.toString();
      default -> throw fault("must be a string");
    };
  }

  /** As policies have it: a list of texts, or one text alone. */
  List<String> oneOrMoreTexts() {
    return raw instanceof List<?> ? items().stream().map(Value::text).toList() : List.of(text());
  }

  Map<String, String> texts() {
    var texts = new LinkedHashMap<String, String>();
    entries().forEach((key, value) -> texts.put(key, value.text()));
    return texts;
  }

  int integer() {
    try {
      return Integer.parseInt(text());
    } catch (NumberFormatException e) {
      throw fault("must be a whole number, not " + text());
    }
  }

  /** Refuses keys this program would silently not honour. */
  Value allow(Set<String> supported) {
    if (!(raw instanceof Map<?, ?> map)) {
      throw fault("must be a mapping");
    }
    for (var key : map.keySet()) {
      if (!supported.contains(key.toString())) {
        throw new TemplateException(path + "." + key, "is not supported locally");
      }
    }
    return this;
  }

  /** Refuses the one key this program would silently not honour. */
  Value refuse(String key, String reason) {
    find(key)
        .ifPresent(
            value -> {
              throw value.fault(reason);
            });
    return this;
  }
}
