package io.berth.local.stepfunctions.query;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A JSON value of a definition in which any string may be a JSONata expression, written <code>
 * "{% … %}"</code>.
 */
public sealed interface Query {

  /** Neither it nor anything in it is an expression. */
  record Constant(JsonNode value) implements Query {}

  /**
   * An expression.
   *
   * @param source as written, without the marks
   * @param compiled of the source wrapped as {@code {"v": (source)}}: so an absent {@code v} tells
   *     an undefined result from a null one
   */
  record Expression(String source, Jsonata compiled) implements Query {}

  /** An object with expressions somewhere in it. */
  record Fields(Map<String, Query> values) implements Query {}

  /** An array with expressions somewhere in it. */
  record Items(List<Query> values) implements Query {}

  /**
   * Reads a value.
   *
   * @throws QueryException if an expression is not JSONata, or its marks are not as they must be
   */
  static Query read(JsonNode value) {
    if (value.isString()) {
      return text(value);
    }
    if (value.isObject()) {
      Map<String, Query> fields = new LinkedHashMap<>();
      value.properties().forEach(entry -> fields.put(entry.getKey(), read(entry.getValue())));
      return constant(fields.values()) ? new Constant(value) : new Fields(fields);
    }
    if (value.isArray()) {
      List<Query> items = new ArrayList<>();
      value.forEach(item -> items.add(read(item)));
      return constant(items) ? new Constant(value) : new Items(List.copyOf(items));
    }
    return new Constant(value);
  }

  private static boolean constant(Iterable<Query> parts) {
    for (Query part : parts) {
      if (!(part instanceof Constant)) {
        return false;
      }
    }
    return true;
  }

  private static Query text(JsonNode value) {
    String text = value.asString();
    boolean opened = text.startsWith("{%");
    boolean closed = text.endsWith("%}");
    if (opened != closed || (opened && text.length() < 4)) {
      throw new QueryException("The JSONata expression must stand between {% and %}: " + text);
    }
    return opened ? expression(text.substring(2, text.length() - 2).strip()) : new Constant(value);
  }

  private static Query expression(String source) {
    try {
      // On its own first: what only makes sense inside the wrapping is not an expression.
      Jsonata.jsonata(source);
      Jsonata compiled = Jsonata.jsonata("{\"v\":(" + source + "\n)}");
      compiled.setValidateInput(false);
      return new Expression(source, compiled);
    } catch (JException e) {
      throw new QueryException("'" + source + "' is not JSONata: " + e.getMessage());
    }
  }
}
