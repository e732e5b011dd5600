package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.berth.local.stack.ApiClient.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code docs/openapi.yaml}, which every answer of every system test is held to: its status is one
 * of the operation's, its body fits the schema and has no member that the schema does not name.
 */
final class OpenApi {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
  private static final OpenApi OURS = read();

  private final ObjectNode document;
  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

  private OpenApi(ObjectNode document) {
    this.document = document;
  }

  /** The checkout's. */
  static OpenApi ours() {
    return OURS;
  }

  private static OpenApi read() {
    try {
      String text = Files.readString(RunningBerth.root().resolve("docs/openapi.yaml"));
      Object yaml = new Load(LoadSettings.builder().build()).loadFromString(text);
      return new OpenApi(JSON.valueToTree(yaml));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A path with a method.
   *
   * @param path with its parameters in braces
   */
  record Operation(String method, String path, JsonNode definition) {
    boolean matches(String method, String path) {
      return this.method.equals(method)
          && Pattern.matches(this.path.replaceAll("\\{[^}]+}", "[^/]+"), path);
    }

    boolean isPublic() {
      return definition.path("security").isArray() && definition.path("security").isEmpty();
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  JsonNode document() {
    return document;
  }

  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    document
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue().properties().stream()
                    .filter(item -> METHODS.contains(item.getKey()))
                    .map(
                        item ->
                            new Operation(
                                item.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                item.getValue()))
                    .forEach(operations::add));
    return operations;
  }

  /** The operation of a request; a path without parameters wins. */
  Optional<Operation> operation(String method, String pathWithQuery) {
    String path = pathWithQuery.replaceFirst("\\?.*", "");
    List<Operation> matching =
        operations().stream().filter(operation -> operation.matches(method, path)).toList();
    return matching.stream()
        .filter(operation -> operation.path().equals(path))
        .findFirst()
        .or(() -> matching.stream().findFirst());
  }

  /** Fails if the answer is not as documented. */
  void hold(ApiClient.Exchange exchange) {
    Answer answer = exchange.answer();
    String name = exchange.method() + " " + exchange.path() + " -> " + answer.status();
    assertThat(answer.headers()).as(name).containsKey("x-request-id");
    if (answer.status() >= 400) {
      assertThat(answer.body().path("requestId").asString(""))
          .as(name)
          .isEqualTo(answer.headers().get("x-request-id"));
      assertThat(answer.body().path("status").asInt(0)).as(name).isEqualTo(answer.status());
    }
    Optional<Operation> operation = operation(exchange.method(), exchange.path());
    if (operation.isEmpty()) {
      assertThat(answer.status()).as(name).isEqualTo(404);
      holdError(name, answer.body());
      return;
    }
    JsonNode response = response(operation.get(), answer.status());
    assertThat(response.isMissingNode()).as(name + " is documented").isFalse();
    JsonNode json = response.at("/content/application~1json/schema");
    if (!response.has("content")) {
      assertThat(answer.body().isMissingNode()).as(name + " has no body").isTrue();
    } else if (!json.isMissingNode()) {
      assertThat(errors(operation.get() + " " + answer.status(), json, answer.body()))
          .as(name + ": " + answer.body())
          .isEmpty();
    }
  }

  /** Fails if this is not an error in the one shape. */
  void holdError(String name, JsonNode body) {
    JsonNode error = document.at("/components/schemas/Error");
    assertThat(errors("Error", error, body)).as(name + ": " + body).isEmpty();
  }

  /** What an operation answers with a status, references followed; missing if undocumented. */
  JsonNode response(Operation operation, int status) {
    return resolved(operation.definition().path("responses").path(Integer.toString(status)));
  }

  /** What a reference within the document leads to; anything else as it is. */
  JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asString().substring(1)) : node;
  }

  private List<Error> errors(String name, JsonNode schema, JsonNode value) {
    return schemas
        .computeIfAbsent(name, _ -> registry.getSchema(standalone(schema)))
        .validate(value);
  }

  /** The schema with everything it may refer to, closed against members that it does not name. */
  private JsonNode standalone(JsonNode schema) {
    ObjectNode root = JSON.createObjectNode();
    root.putArray("allOf").add(closed(schema));
    root.putObject("components").set("schemas", closed(document.at("/components/schemas")));
    return root;
  }

  private JsonNode closed(JsonNode node) {
    return switch (node) {
      case ArrayNode array -> {
        ArrayNode copy = JSON.createArrayNode();
        array.forEach(item -> copy.add(closed(item)));
        yield copy;
      }
      case ObjectNode object when object.has("allOf") -> closedAsOne(object);
      case ObjectNode object -> {
        ObjectNode copy = JSON.createObjectNode();
        object.properties().forEach(entry -> copy.set(entry.getKey(), closed(entry.getValue())));
        if (copy.path("properties").isObject() && !copy.has("additionalProperties")) {
          copy.put("additionalProperties", false);
        }
        yield copy;
      }
      default -> node;
    };
  }

  /** Of several schemas that hold together, none may be closed alone. */
  private JsonNode closedAsOne(ObjectNode object) {
    ObjectNode copy = object.deepCopy();
    ArrayNode parts = copy.putArray("allOf");
    object
        .get("allOf")
        .forEach(
            part -> {
              ObjectNode open = (ObjectNode) closed(resolved(part)).deepCopy();
              open.remove("additionalProperties");
              parts.add(open);
            });
    copy.put("unevaluatedProperties", false);
    return copy;
  }
}
