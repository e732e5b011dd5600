package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.berth.http.SpendingHandler;
import io.berth.local.gateway.LambdaFunction;
import io.berth.local.gateway.Route;
import io.berth.local.gateway.Template;
import io.berth.local.gateway.TemplateInputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The five places of an endpoint agree: handler class, {@code template.yaml}, {@code
 * docs/openapi.yaml} and sample events (wiring is shown by running it).
 */
class ContractTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
  private static final Path ROOT = RunningBerth.root();

  // Read once: each reading resolves every function anew.
  private static final Template TEMPLATE = template();
  private static final List<Route> ROUTES = TEMPLATE.routes();
  private static final List<LambdaFunction> FUNCTIONS = TEMPLATE.functions();
  private final Map<String, Object> openApi = openApi();

  /** The checkout's template, with names for what only a deployment has. */
  static Template template() {
    try {
      return Template.read(
          ROOT.resolve("template.yaml"),
          TemplateInputs.local()
              .withParameters(Map.of("NodeUri", "http://localhost:1"))
              .withResources(
                  Map.of(
                      "WalletKey.Arn", "arn:key",
                      "PepperSecret", "pepper",
                      "FundingWalletSecret", "funding")));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Map<String, Object> openApi() {
    try {
      String text = Files.readString(ROOT.resolve("docs/openapi.yaml"));
      return map(new Load(LoadSettings.builder().build()).loadFromString(text));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return value == null ? Map.of() : (Map<String, Object>) value;
  }

  private Map<String, Map<String, Object>> operations() {
    Map<String, Map<String, Object>> operations = new TreeMap<>();
    map(openApi.get("paths"))
        .forEach(
            (path, item) ->
                map(item).entrySet().stream()
                    .filter(entry -> METHODS.contains(entry.getKey()))
                    .forEach(
                        entry ->
                            operations.put(
                                entry.getKey().toUpperCase(Locale.ROOT) + " " + path,
                                map(entry.getValue()))));
    return operations;
  }

  static String name(Route route) {
    return route.method().toUpperCase(Locale.ROOT) + " " + route.path();
  }

  @Test
  void everyRouteIsDocumentedAndEveryDocumentedRouteExists() {
    Set<String> routes = ROUTES.stream().map(ContractTest::name).collect(Collectors.toSet());

    assertThat(operations().keySet()).isEqualTo(new TreeSet<>(routes));
  }

  @Test
  void everyRouteWithoutAuthorizerSaysSoInTheDocumentation() {
    for (Route route : ROUTES) {
      Object security = operations().get(name(route)).get("security");
      assertThat(List.of().equals(security))
          .as(name(route))
          .isEqualTo(route.authorizer().isEmpty());
    }
  }

  @Test
  void everyHandlerClassIsInTheTemplateAndEveryFunctionHasItsHandler() {
    Set<String> handlers =
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.berth.functions")
                .stream()
                .filter(
                    type ->
                        type.isAssignableTo(RequestHandler.class)
                            || type.isAssignableTo(RequestStreamHandler.class))
                .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                .map(JavaClass::getName)
                .collect(Collectors.toSet());

    assertThat(FUNCTIONS.stream().map(LambdaFunction::handler).collect(Collectors.toSet()))
        .isEqualTo(handlers);
  }

  @Test
  void everyFunctionLivesInTheFolderOfItsArea() {
    for (LambdaFunction function : FUNCTIONS) {
      String area = function.handler().replaceFirst("io\\.berth\\.functions\\.(\\w+)\\..*", "$1");
      String folder = area.equals("apikeys") ? "api-keys" : area;
      assertThat(
              ROOT.resolve("functions/" + folder + "/src/main/java")
                  .resolve(function.handler().replace('.', '/') + ".java"))
          .exists();
    }
  }

  @Test
  void everyHandlerHasASampleEventAndEveryEventAHandler() throws IOException {
    Set<String> handlers =
        FUNCTIONS.stream().map(function -> kebab(function.handler())).collect(Collectors.toSet());
    Set<String> events =
        eventFiles().stream().map(ContractTest::handlerOf).collect(Collectors.toSet());

    assertThat(events).isEqualTo(handlers);
  }

  /** {@code io.berth.functions.x.CreateApiKey} to {@code create-api-key}. */
  private static String kebab(String handler) {
    String simple = handler.substring(handler.lastIndexOf('.') + 1);
    return simple.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  /** {@code create-api-key.empty-name.json} to {@code create-api-key}. */
  private static String handlerOf(Path event) {
    return event.getFileName().toString().replaceFirst("\\..*", "");
  }

  private static List<Path> eventFiles() throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve("events"))) {
      return files.filter(file -> file.toString().endsWith(".json")).toList();
    }
  }

  @Test
  void everyApiEventIsOfARouteOfItsHandler() throws IOException {
    for (Path file : eventFiles()) {
      JsonNode event = JSON.readTree(Files.readString(file));
      if (!event.has("resource") || event.path("type").asString("").equals("REQUEST")) {
        continue;
      }
      String handler = handlerOf(file);
      List<String> routes = new ArrayList<>();
      for (Route route : ROUTES) {
        if (kebab(handlerOf(route)).equals(handler)) {
          routes.add(name(route));
        }
      }
      assertThat(routes)
          .as(file.toString())
          .contains(event.get("httpMethod").asString() + " " + event.get("resource").asString());
    }
  }

  /** By Lambda's own serializer, which passes over what it does not know. */
  @Test
  void everyApiEventReachesItsHandlerWhole() throws IOException {
    for (Path file : eventFiles()) {
      String text = Files.readString(file);
      JsonNode json = JSON.readTree(text);
      if (!json.has("resource") || json.path("type").asString("").equals("REQUEST")) {
        continue;
      }
      APIGatewayProxyRequestEvent event =
          LambdaEventSerializers.serializerFor(
                  APIGatewayProxyRequestEvent.class, getClass().getClassLoader())
              .fromJson(text);

      assertThat(event.getResource()).as(file.toString()).isEqualTo(text(json, "resource"));
      assertThat(event.getHttpMethod()).as(file.toString()).isEqualTo(text(json, "httpMethod"));
      assertThat(event.getBody()).as(file.toString()).isEqualTo(text(json, "body"));
      assertThat(filledIn(event)).as(file.toString()).isEqualTo(event.getPath());
      if (isAuthorized(event)) {
        assertThat(event.getRequestContext().getAuthorizer())
            .as(file.toString())
            .containsKeys("userId", "keyId", "scopes");
      }
    }
  }

  private static String text(JsonNode json, String name) {
    return json.get(name).isNull() ? null : json.get(name).asString();
  }

  /** The resource with the event's path parameters in their places. */
  private static String filledIn(APIGatewayProxyRequestEvent event) {
    String path = event.getResource();
    Map<String, String> parameters =
        event.getPathParameters() == null ? Map.of() : event.getPathParameters();
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      path = path.replace("{" + parameter.getKey() + "}", parameter.getValue());
    }
    return path;
  }

  private boolean isAuthorized(APIGatewayProxyRequestEvent event) {
    return ROUTES.stream()
        .filter(route -> name(route).equals(event.getHttpMethod() + " " + event.getResource()))
        .anyMatch(route -> route.authorizer().isPresent());
  }

  private String handlerOf(Route route) {
    return FUNCTIONS.stream()
        .filter(function -> function.logicalId().equals(route.function()))
        .findFirst()
        .orElseThrow()
        .handler();
  }

  @Test
  void everyOperationHasItsOwnIdAndDescribesEveryAnswer() {
    Set<Object> ids = new TreeSet<>();
    operations()
        .forEach(
            (name, operation) -> {
              assertThat(ids.add(operation.get("operationId").toString())).as(name).isTrue();
              Map<String, Object> responses = map(operation.get("responses"));
              assertThat(responses).as(name).isNotEmpty();
              responses.forEach(
                  (status, response) ->
                      assertThat(resolved(map(response)).get("description"))
                          .as(name + " " + status)
                          .isNotNull());
              responses.keySet().stream()
                  .filter(status -> status.compareTo("400") >= 0)
                  .forEach(
                      status ->
                          assertThat(resolved(map(responses.get(status))).toString())
                              .as(name + " " + status)
                              .contains("#/components/schemas/Error"));
            });
  }

  /** A POST that can be lost on its way is safe to send again, or says that it is no matter. */
  @Test
  void everyPostTakesAnIdempotencyKeyOrSaysWhyItNeedsNone() throws ClassNotFoundException {
    for (Route route : ROUTES) {
      if (!route.method().equalsIgnoreCase("post")) {
        continue;
      }
      String name = name(route);
      Map<String, Object> operation = operations().get(name);
      boolean takesKey =
          String.valueOf(operation.get("parameters")).contains("parameters/IdempotencyKey");
      boolean saysWhy = !String.valueOf(operation.getOrDefault("x-safe-to-repeat", "")).isBlank();

      assertThat(takesKey ^ saysWhy)
          .as(name + " takes an Idempotency-Key or has x-safe-to-repeat with the reason")
          .isTrue();
      assertThat(SpendingHandler.class.isAssignableFrom(Class.forName(handlerOf(route))))
          .as(name + " is handled by a SpendingHandler")
          .isEqualTo(takesKey);
      if (takesKey) {
        assertThat(map(operation.get("responses"))).as(name).containsKeys("409", "422");
      }
    }
  }

  private Map<String, Object> resolved(Map<String, Object> response) {
    if (!response.containsKey("$ref")) {
      return response;
    }
    String name = response.get("$ref").toString().replaceFirst(".*/", "");
    return map(map(map(openApi.get("components")).get("responses")).get(name));
  }
}
