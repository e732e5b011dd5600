package io.berth.local.stepfunctions.asl;

import io.berth.local.stepfunctions.query.Query;
import io.berth.local.stepfunctions.query.QueryException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The members of an object in a definition, each taken once: what nobody takes is refused. */
final class Members {
  private final String place;
  private final JsonNode object;
  private final Set<String> left = new HashSet<>();

  Members(String place, JsonNode object) {
    this.place = place;
    this.object = object;
    if (!object.isObject()) {
      throw new DefinitionException(place, "must be an object");
    }
    object.properties().forEach(member -> left.add(member.getKey()));
  }

  String place() {
    return place;
  }

  DefinitionException fault(String problem) {
    return new DefinitionException(place, problem);
  }

  boolean has(String name) {
    return object.has(name);
  }

  Optional<JsonNode> find(String name) {
    left.remove(name);
    return object.has(name) ? Optional.of(object.get(name)) : Optional.empty();
  }

  JsonNode get(String name) {
    return find(name).orElseThrow(() -> fault(name + " is missing"));
  }

  Optional<String> findText(String name) {
    return find(name).map(value -> text(name, value));
  }

  String text(String name) {
    return text(name, get(name));
  }

  private String text(String name, JsonNode value) {
    if (!value.isString() || value.asString().isEmpty()) {
      throw fault(name + " must be a string that is not empty");
    }
    return value.asString();
  }

  Optional<Boolean> findFlag(String name) {
    return find(name)
        .map(
            value -> {
              if (!value.isBoolean()) {
                throw fault(name + " must be true or false");
              }
              return value.asBoolean();
            });
  }

  /** A whole number within bounds. */
  Optional<Integer> findInteger(String name, int least, int most) {
    return find(name).map(value -> integer(name, value, least, most));
  }

  private int integer(String name, JsonNode value, int least, int most) {
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.asInt() < least
        || value.asInt() > most) {
      throw fault(name + " must be a whole number from " + least + " to " + most);
    }
    return value.asInt();
  }

  Optional<Double> findNumber(String name, double least) {
    return find(name)
        .map(
            value -> {
              if (!value.isNumber() || value.asDouble() < least) {
                throw fault(name + " must be a number, " + least + " or more");
              }
              return value.asDouble();
            });
  }

  /** A whole number within bounds, or an expression that gives one. */
  Optional<Query> findIntegerQuery(String name, int least, int most) {
    Optional<Query> query = findQuery(name);
    query.ifPresent(
        found -> {
          if (found instanceof Query.Constant(JsonNode value)) {
            integer(name, value, least, most);
          } else {
            requireExpression(name, found);
          }
        });
    return query;
  }

  /** A string, or an expression that gives one. */
  Optional<Query> findTextQuery(String name) {
    Optional<Query> query = findQuery(name);
    query.ifPresent(
        found -> {
          if (!(found instanceof Query.Constant(JsonNode value) && value.isString())) {
            requireExpression(name, found);
          }
        });
    return query;
  }

  private void requireExpression(String name, Query query) {
    if (!(query instanceof Query.Expression)) {
      throw fault(name + " must be a plain value or one JSONata expression");
    }
  }

  Optional<Query> findQuery(String name) {
    return find(name).map(value -> query(name, value));
  }

  private Query query(String name, JsonNode value) {
    try {
      return Query.read(value);
    } catch (QueryException e) {
      throw fault(name + ": " + e.getMessage());
    }
  }

  /** An object of queries by name; empty if it is not there. */
  Map<String, Query> queries(String name) {
    Map<String, Query> queries = new LinkedHashMap<>();
    find(name)
        .ifPresent(
            value -> {
              if (!value.isObject()) {
                throw fault(name + " must be an object");
              }
              value
                  .properties()
                  .forEach(entry -> queries.put(entry.getKey(), query(name, entry.getValue())));
            });
    return queries;
  }

  /** An array's items, none if it is not there. */
  List<JsonNode> items(String name) {
    return find(name)
        .map(
            value -> {
              if (!value.isArray() || value.isEmpty()) {
                throw fault(name + " must be an array that is not empty");
              }
              return value.valueStream().toList();
            })
        .orElse(List.of());
  }

  /** Refuses members that this reader of the language does not know. */
  void refuseRest() {
    left.stream()
        .sorted()
        .findFirst()
        .ifPresent(
            name -> {
              throw fault(Unsupported.reason(name));
            });
  }
}
