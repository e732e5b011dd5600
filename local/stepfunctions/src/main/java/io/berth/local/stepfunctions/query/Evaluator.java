package io.berth.local.stepfunctions.query;

import com.dashjoin.jsonata.Jsonata;
import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Evaluates values with expressions. What an expression sees is {@code $states}, the variables, and
 * JSONata's functions with those that Step Functions adds; {@code $eval} it takes away.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html">
 *     Transforming data with JSONata</a>
 */
public final class Evaluator {
  /** An expression that takes longer than this, or nests deeper, is stopped. */
  private static final long MOST_MILLIS = 5_000;

  private static final int DEEPEST = 500;

  private final StatesFunctions functions;

  /** With where {@code $now} and {@code $random} come from. */
  public Evaluator(InstantSource clock, RandomGenerator random) {
    this.functions = new StatesFunctions(clock, random);
  }

  /**
   * Evaluates a value.
   *
   * @param field where the value stands in its state, for messages
   * @param states the value of {@code $states}
   * @throws QueryException if an expression fails, gives nothing, or gives no JSON
   */
  public JsonNode evaluate(
      Query query, String field, Map<String, JsonNode> variables, JsonNode states) {
    return switch (query) {
      case Query.Constant(JsonNode value) -> value;
      case Query.Expression expression -> run(expression, field, variables, states);
      case Query.Fields(Map<String, Query> values) -> {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        values.forEach(
            (name, value) ->
                object.set(name, evaluate(value, field + "/" + name, variables, states)));
        yield object;
      }
      case Query.Items(var values) -> {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < values.size(); i++) {
          array.add(evaluate(values.get(i), field + "[" + i + "]", variables, states));
        }
        yield array;
      }
    };
  }

  private JsonNode run(
      Query.Expression expression, String field, Map<String, JsonNode> variables, JsonNode states) {
    Jsonata.Frame frame = expression.compiled().createFrame();
    frame.setRuntimeBounds(MOST_MILLIS, DEEPEST);
    functions.bindTo(frame);
    variables.forEach((name, value) -> frame.bind(name, Plain.bound(value)));
    frame.bind("states", Plain.of(states));
    Object result;
    try {
      result = expression.compiled().evaluate(null, frame);
    } catch (RuntimeException e) { // The library has no one type for what expressions do wrong.
      throw new QueryException(about(expression, field) + " failed: " + e.getMessage());
    } catch (StackOverflowError _) {
      throw new QueryException(about(expression, field) + " failed: it nests too deep");
    }
    if (!(result instanceof Map<?, ?> wrapped) || !wrapped.containsKey("v")) {
      throw new QueryException(about(expression, field) + " returned nothing (undefined).");
    }
    try {
      return Plain.json(wrapped.get("v"));
    } catch (QueryException e) {
      throw new QueryException(about(expression, field) + " failed: " + e.getMessage());
    }
  }

  private static String about(Query.Expression expression, String field) {
    return "The JSONata expression '%s' specified for the field '%s'"
        .formatted(expression.source(), field);
  }
}
