package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.local.stack.ApiClient.Answer;
import io.berth.local.stack.OpenApi.Operation;
import io.berth.local.stack.RunningBerth.User;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every operation of the document with its example mutilated in one place: each member of the body
 * and each parameter. No answer is a 5xx, each is as documented, and a 4xx changed nothing. A draw
 * of all mutations is sent; {@code -Dfuzz.seed} draws others, {@code -Dfuzz.draw} more.
 */
@ExtendWith(RunningBerth.class)
class HostileInputTest {
  private static final long SEED = Long.getLong("fuzz.seed", 20261125);
  private static final int DRAW = Integer.getInteger("fuzz.draw", 30);
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final List<String> HOSTILE_TEXTS =
      List.of(
          "",
          " ",
          "null",
          "undefined",
          "0",
          "-1",
          "1.5",
          "0x10",
          "1e5",
          "9223372036854775807",
          "9223372036854775808",
          "99999999999999999999",
          "\u0000",
          "\u202e\ud83d\udea2\uffff",
          "../../etc/passwd",
          "'; DROP TABLE users; --",
          "${jndi:ldap://localhost/a}",
          "<script>alert(1)</script>",
          "{}",
          "x".repeat(3000));

  private static final List<JsonNode> HOSTILE_VALUES =
      Stream.concat(
              HOSTILE_TEXTS.stream().map(NODES::stringNode),
              Stream.of(
                  NODES.nullNode(),
                  NODES.booleanNode(true),
                  NODES.numberNode(0),
                  NODES.numberNode(-1),
                  NODES.numberNode(new BigDecimal("1e999999")),
                  NODES.numberNode(new BigDecimal("1e-999999")),
                  NODES.numberNode(Long.MAX_VALUE),
                  NODES.arrayNode(),
                  NODES.arrayNode().add(NODES.arrayNode()),
                  NODES.objectNode(),
                  NODES.objectNode().put("a/~b", 1)))
          .map(JsonNode.class::cast)
          .toList();

  static Stream<Operation> operations() {
    return OpenApi.ours().operations().stream();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void refusesWhatIsNoRequestAndChangesNothing(Operation operation, RunningBerth.Town town) {
    User ann = town.tormented();
    Random random = new Random(SEED ^ operation.toString().hashCode());
    List<Requests> mutilated = new ArrayList<>(mutations(Requests.example(operation)));
    Collections.shuffle(mutilated, random);

    Snapshot before = Snapshot.of(ann);
    for (Requests request : mutilated.subList(0, Math.min(DRAW, mutilated.size()))) {
      Answer answer = request.sendAs(ann.api());
      assertThat(answer.status())
          .as("%s %s: %s", request.path(), request.body(), answer)
          .isLessThan(500);
      if (answer.status() < 400 && !operation.method().equals("GET")) {
        // It was a request after all, and did what it asks for.
        before = Snapshot.of(ann);
      }
    }
    assertThat(Snapshot.of(ann)).isEqualTo(before);
  }

  private static List<Requests> mutations(Requests example) {
    List<Requests> mutations = new ArrayList<>();
    for (JsonNode parameter : example.operation().definition().path("parameters")) {
      JsonNode resolved = OpenApi.ours().resolved(parameter);
      if (!resolved.get("in").asString().equals("header")) {
        for (String text : HOSTILE_TEXTS) {
          // An empty part of a path is another path.
          if (!(text.isEmpty() && resolved.get("in").asString().equals("path"))) {
            mutations.add(example.with(resolved.get("name").asString(), text));
          }
        }
      }
    }
    if (!example.body().isMissingNode()) {
      HOSTILE_VALUES.forEach(value -> mutations.add(example.with(value)));
      bodies(example.body()).forEach(body -> mutations.add(example.with(body)));
    }
    return mutations;
  }

  /** The body with each of its values replaced, removed, or given a stranger beside it. */
  private static List<JsonNode> bodies(JsonNode body) {
    List<JsonNode> bodies = new ArrayList<>();
    switch (body) {
      case ObjectNode object -> {
        bodies.add(object.deepCopy().put("stranger", 1));
        for (String name : object.propertyNames()) {
          bodies.add(object.deepCopy().without(name));
          Stream.concat(HOSTILE_VALUES.stream(), bodies(object.get(name)).stream())
              .forEach(value -> bodies.add(with(object, name, value)));
        }
      }
      case ArrayNode array when !array.isEmpty() -> {
        bodies.add(array.deepCopy().add(array.get(0)));
        Stream.concat(HOSTILE_VALUES.stream(), bodies(array.get(0)).stream())
            .forEach(
                value -> {
                  ArrayNode copy = array.deepCopy();
                  copy.set(0, value);
                  bodies.add(copy);
                });
      }
      default -> {}
    }
    return bodies;
  }

  private static JsonNode with(ObjectNode object, String name, JsonNode value) {
    ObjectNode copy = object.deepCopy();
    copy.set(name, value);
    return copy;
  }
}
