package io.berth.local.stepfunctions.query;

import com.dashjoin.jsonata.Jsonata;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON as the JSONata library takes and gives it: maps, lists, strings, numbers, booleans, null.
 */
final class Plain {
  /** Up to here every whole number is a double, as all numbers of JSONata are. */
  private static final double LARGEST_EXACT = 9007199254740992.0;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Plain() {}

  /** As a value of its own, where only the library's null is null: Java's is undefined there. */
  static Object bound(JsonNode value) {
    return value.isNull() ? Jsonata.NULL_VALUE : of(value);
  }

  /** As a part of other values. */
  static Object of(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> map(value);
      case ARRAY -> list(value);
      case STRING -> value.asString();
      case BOOLEAN -> value.asBoolean();
      case NUMBER ->
          value.canConvertToLong() && value.isIntegralNumber()
              ? (Object) value.asLong()
              : value.asDouble();
      case NULL, MISSING -> null;
      case BINARY, POJO -> throw new IllegalArgumentException("no JSON: " + value.getNodeType());
    };
  }

  private static Map<String, Object> map(JsonNode value) {
    Map<String, Object> map = new LinkedHashMap<>();
    value.properties().forEach(entry -> map.put(entry.getKey(), of(entry.getValue())));
    return map;
  }

  private static List<Object> list(JsonNode value) {
    List<Object> list = new ArrayList<>();
    value.forEach(item -> list.add(of(item)));
    return list;
  }

  /**
   * The other way.
   *
   * @throws QueryException if the value, or something in it, is no JSON, such as a function
   */
  static JsonNode json(Object value) {
    return switch (value) {
      case null -> NODES.nullNode();
      case String text -> NODES.stringNode(text);
      case Boolean flag -> NODES.booleanNode(flag);
      case Integer number -> NODES.numberNode(number);
      case Long number -> NODES.numberNode(number);
      case BigInteger number -> NODES.numberNode(number);
      case BigDecimal number -> NODES.numberNode(number);
      case Number number -> number(number.doubleValue());
      case Map<?, ?> map -> object(map);
      case List<?> list -> array(list);
      default -> throw new QueryException("The result is a function, not JSON");
    };
  }

  private static JsonNode number(double number) {
    if (!Double.isFinite(number)) {
      throw new QueryException("The result is a number out of range");
    }
    boolean whole = number == Math.rint(number) && Math.abs(number) <= LARGEST_EXACT;
    return whole ? NODES.numberNode((long) number) : NODES.numberNode(number);
  }

  private static ObjectNode object(Map<?, ?> map) {
    ObjectNode object = NODES.objectNode();
    map.forEach((key, value) -> object.set(String.valueOf(key), json(value)));
    return object;
  }

  private static ArrayNode array(List<?> list) {
    ArrayNode array = NODES.arrayNode();
    list.forEach(item -> array.add(json(item)));
    return array;
  }
}
