package io.berth.local.providers.manifest;

import io.berth.local.providers.manifest.ManifestRefusedException.Fault;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * A JSON object read as Go's encoding/json fills a struct: absent and null leave the zero value,
 * names match in any case when no exact one is there, unknown names are dropped, wrong types fail.
 */
final class GoObject {
  private static final long UINT32_MAX = 0xffff_ffffL;
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]+");

  private final JsonNode node;
  private final String path;

  private GoObject(JsonNode node, String path) {
    this.node = node;
    this.path = path;
  }

  /** How to read an element. */
  interface Reader<T> {
    T read(GoObject object) throws ManifestRefusedException;
  }

  static <T> List<T> elements(JsonNode node, String path, Reader<T> reader)
      throws ManifestRefusedException {
    if (!node.isArray()) {
      throw mismatch(node, path, "list");
    }
    List<T> elements = new ArrayList<>();
    for (JsonNode element : node) {
      elements.add(reader.read(struct(element, path)));
    }
    return elements;
  }

  private static GoObject struct(JsonNode node, String path) throws ManifestRefusedException {
    if (!node.isObject() && !node.isNull()) {
      throw mismatch(node, path, "struct");
    }
    return new GoObject(node, path);
  }

  String string(String name) throws ManifestRefusedException {
    JsonNode value = find(name);
    if (value == null) {
      return "";
    }
    return text(value, path(name));
  }

  boolean bool(String name) throws ManifestRefusedException {
    JsonNode value = find(name);
    if (value == null) {
      return false;
    }
    if (!value.isBoolean()) {
      throw mismatch(value, path(name), "bool");
    }
    return value.booleanValue();
  }

  long uint32(String name) throws ManifestRefusedException {
    JsonNode value = find(name);
    if (value == null) {
      return 0;
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < 0
        || value.longValue() > UINT32_MAX) {
      throw mismatch(value, path(name), "uint32");
    }
    return value.longValue();
  }

  /** An integer of any size, which Akash writes as {@code {"val": "digits"}}. */
  BigInteger quantity(String name) throws ManifestRefusedException {
    String digits = object(name).string("val");
    if (digits.isEmpty()) {
      return BigInteger.ZERO;
    }
    if (!INTEGER.matcher(digits).matches()) {
      throw new ManifestRefusedException(
          Fault.UNREADABLE, "cannot unmarshal \"" + digits + "\" into a *big.Int");
    }
    return new BigInteger(digits);
  }

  List<String> strings(String name) throws ManifestRefusedException {
    JsonNode value = find(name);
    if (value == null) {
      return null;
    }
    if (!value.isArray()) {
      throw mismatch(value, path(name), "[]string");
    }
    List<String> strings = new ArrayList<>();
    for (JsonNode element : value) {
      strings.add(element.isNull() ? "" : text(element, path(name)));
    }
    return strings;
  }

  <T> List<T> list(String name, Reader<T> reader) throws ManifestRefusedException {
    JsonNode value = find(name);
    return value == null ? null : elements(value, path(name), reader);
  }

  /** A struct that is a pointer in Go: null when absent. */
  <T> T pointer(String name, Reader<T> reader) throws ManifestRefusedException {
    JsonNode value = find(name);
    return value == null ? null : reader.read(struct(value, path(name)));
  }

  /** A struct that is a value in Go: all zeros when absent. */
  GoObject object(String name) throws ManifestRefusedException {
    JsonNode value = find(name);
    return value == null
        ? new GoObject(NullNode.getInstance(), path(name))
        : struct(value, path(name));
  }

  private JsonNode find(String name) {
    JsonNode exact = node.get(name);
    if (exact != null) {
      return exact.isNull() ? null : exact;
    }
    for (Map.Entry<String, JsonNode> property : node.properties()) {
      if (property.getKey().equalsIgnoreCase(name)) {
        return property.getValue().isNull() ? null : property.getValue();
      }
    }
    return null;
  }

  private String path(String name) {
    return path + "." + name;
  }

  private static String text(JsonNode value, String path) throws ManifestRefusedException {
    if (!value.isString()) {
      throw mismatch(value, path, "string");
    }
    return value.stringValue();
  }

  private static ManifestRefusedException mismatch(JsonNode value, String path, String type) {
    String found =
        switch (value.getNodeType()) {
          case ARRAY -> "array";
          case OBJECT, POJO -> "object";
          case STRING, BINARY -> "string";
          case BOOLEAN -> "bool";
          case NUMBER -> "number " + value;
          case NULL, MISSING -> "null";
        };
    return new ManifestRefusedException(
        Fault.UNREADABLE,
        "json: cannot unmarshal %s into Go struct field %s of type %s"
            .formatted(found, path, type));
  }
}
