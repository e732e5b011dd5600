package io.berth.local.gateway;

import static java.util.stream.Collectors.toUnmodifiableList;
import static java.util.stream.Collectors.toUnmodifiableMap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A {@code template.yaml} of AWS SAM, read for what a machine needs to run it: functions, routes,
 * authorizers, gateway responses, tables and state machines.
 *
 * <p>What only the cloud needs (alarms, roles) is not looked at; policies are read for those who
 * check them, and enforced nowhere here. What would change a request's way and is not honoured here
 * is refused with a {@link TemplateException}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification.html">SAM
 *     specification</a>
 */
public final class Template {
  private static final String TRANSFORM = "AWS::Serverless-2016-10-31";
  private static final String FUNCTION = "AWS::Serverless::Function";
  private static final String API = "AWS::Serverless::Api";
  private static final String TABLE = "AWS::DynamoDB::Table";
  private static final Pattern RATE = Pattern.compile("rate\\((\\d{1,6}) minutes?\\)");
  private static final String STATE_MACHINE = "AWS::Serverless::StateMachine";
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "ANY");

  private final Map<String, Object> document;
  private final Intrinsics intrinsics;
  private final Map<String, Value> resources;

  private Template(Map<String, Object> document, TemplateInputs inputs) {
    this.document = document;
    this.intrinsics = new Intrinsics(document, inputs);
    if (!TRANSFORM.equals(document.get("Transform"))) {
      throw new TemplateException("Transform", "must be " + TRANSFORM);
    }
    this.resources = activeResources();
  }

  /**
   * Reads a template file.
   *
   * @throws TemplateException if it is not a template
   * @throws IOException if it cannot be read
   */
  public static Template read(Path file, TemplateInputs inputs) throws IOException {
    return parse(Files.readString(file), inputs);
  }

  /**
   * Reads a template's text.
   *
   * @throws TemplateException if it is not a template
   */
  public static Template parse(String yaml, TemplateInputs inputs) {
    return new Template(CloudFormationYaml.read(yaml), inputs);
  }

  /** The same template under other inputs, as when the keys and secrets it names exist by now. */
  public Template with(TemplateInputs inputs) {
    return new Template(document, inputs);
  }

  private Map<String, Value> activeResources() {
    var active = new LinkedHashMap<String, Value>();
    Value.of("Resources", document.getOrDefault("Resources", Map.of()), intrinsics)
        .entries()
        .forEach(
            (logicalId, resource) -> {
              var condition = resource.find("Condition");
              if (condition.isEmpty()
                  || intrinsics.condition(condition.get().text(), resource.path())) {
                active.put(logicalId, resource);
              }
            });
    return active;
  }

  /** Every function, in the template's order. */
  public List<LambdaFunction> functions() {
    return ids(FUNCTION).map(this::function).collect(toUnmodifiableList());
  }

  private LambdaFunction function(String logicalId) {
    var properties = properties(logicalId);
    properties
        .refuse("InlineCode", "only handlers on the class path run locally")
        .refuse("ImageUri", "only handlers on the class path run locally")
        .refuse("FunctionUrlConfig", "function URLs are not supported locally");
    var runtime = properties.get("Runtime");
    if (!runtime.text().startsWith("java")) {
      throw runtime.fault("only Java runs locally, not " + runtime.text());
    }
    var name = name(logicalId);
    return new LambdaFunction(
        logicalId,
        name,
        intrinsics.arn("lambda", "function:" + name),
        properties.find("CodeUri").map(Value::text).orElse("."),
        properties.get("Handler").text(),
        properties.find("Timeout").map(Template::timeout).orElse(Duration.ofSeconds(3)),
        properties.find("MemorySize").map(Value::integer).orElse(128),
        properties
            .find("Environment")
            .flatMap(environment -> environment.find("Variables"))
            .map(Value::texts)
            .orElse(Map.of()));
  }

  private String name(String function) {
    return properties(function).find("FunctionName").map(Value::text).orElse(function);
  }

  /** Every state machine, in the template's order. */
  public List<StateMachine> stateMachines() {
    return ids(STATE_MACHINE).map(this::stateMachine).collect(toUnmodifiableList());
  }

  private StateMachine stateMachine(String logicalId) {
    var properties = properties(logicalId);
    properties
        .refuse("Definition", "only definitions in files run locally")
        .refuse("Events", "state machines start only by the API locally");
    properties
        .find("Type")
        .filter(type -> !type.text().equals("STANDARD"))
        .ifPresent(
            type -> {
              throw type.fault("only STANDARD runs locally, not " + type.text());
            });
    return new StateMachine(
        logicalId,
        properties.find("Name").map(Value::text).orElse(logicalId),
        properties.find("AutoPublishAlias").map(Value::text),
        properties.get("DefinitionUri").text(),
        properties.find("DefinitionSubstitutions").map(Value::texts).orElse(Map.of()));
  }

  /**
   * Every schedule by which a function runs, in the template's order.
   *
   * @throws TemplateException if one is not of the form {@code rate(N minutes)}
   */
  public List<Schedule> schedules() {
    return ids(FUNCTION)
        .flatMap(
            logicalId ->
                properties(logicalId)
                    .find("Events")
                    .map(Value::entries)
                    .orElse(Map.of())
                    .values()
                    .stream()
                    .filter(event -> event.get("Type").text().equals("Schedule"))
                    .map(event -> schedule(logicalId, event.get("Properties").get("Schedule"))))
        .collect(toUnmodifiableList());
  }

  private Schedule schedule(String logicalId, Value expression) {
    Matcher rate = RATE.matcher(expression.text());
    if (!rate.matches()) {
      throw expression.fault("only rate(N minutes) runs locally, not " + expression.text());
    }
    return new Schedule(name(logicalId), Duration.ofMinutes(Long.parseLong(rate.group(1))));
  }

  /**
   * Every statement that a function or state machine has under {@code Policies}, in the template's
   * order. What SAM adds itself (writing logs) is not among them.
   *
   * @throws TemplateException if a policy is only named: what it allows would not stand here
   */
  public List<Permission> permissions() {
    return Stream.of(FUNCTION, STATE_MACHINE)
        .flatMap(this::ids)
        .flatMap(this::permissionsOf)
        .collect(toUnmodifiableList());
  }

  private Stream<Permission> permissionsOf(String owner) {
    return properties(owner).find("Policies").map(Value::items).orElse(List.of()).stream()
        .map(policy -> policy.allow(Set.of("Version", "Statement")))
        .flatMap(policy -> policy.get("Statement").items().stream())
        .map(statement -> permission(owner, statement));
  }

  private static Permission permission(String owner, Value statement) {
    statement.allow(Set.of("Sid", "Effect", "Action", "Resource", "Condition"));
    return new Permission(
        owner,
        statement.get("Effect").text(),
        statement.get("Action").oneOrMoreTexts(),
        statement.get("Resource").oneOrMoreTexts(),
        statement.find("Condition").map(Template::conditions).orElse(Map.of()));
  }

  private static Map<String, String> conditions(Value condition) {
    var conditions = new LinkedHashMap<String, String>();
    condition
        .entries()
        .forEach(
            (operator, keys) ->
                keys.entries()
                    .forEach(
                        (key, values) ->
                            conditions.put(
                                operator + " " + key, String.join(",", values.oneOrMoreTexts()))));
    return conditions;
  }

  private static Duration timeout(Value value) {
    var seconds = value.integer();
    if (seconds < 1 || seconds > 900) {
      throw value.fault("must be 1 to 900 seconds, not " + seconds);
    }
    return Duration.ofSeconds(seconds);
  }

  /** Every route of the API, in the template's order; one function may answer several. */
  public List<Route> routes() {
    var taken = new HashSet<String>();
    var routes = new ArrayList<Route>();
    for (var function : ids(FUNCTION).toList()) {
      for (var event :
          properties(function).find("Events").map(Value::entries).orElse(Map.of()).values()) {
        apiRoute(function, event)
            .ifPresent(
                route -> {
                  if (!taken.add(route.method() + " " + route.path())) {
                    throw event.fault(route.method() + " " + route.path() + " is routed already");
                  }
                  routes.add(route);
                });
      }
    }
    return List.copyOf(routes);
  }

  private Optional<Route> apiRoute(String function, Value event) {
    return switch (event.get("Type").text()) {
      case "Api" -> Optional.of(route(function, event.get("Properties")));
      case "HttpApi" -> throw event.fault("HTTP APIs are not supported locally: use Type: Api");
      // Schedules, queues and streams call functions too, but not through the gateway.
      default -> Optional.empty();
    };
  }

  private Route route(String function, Value event) {
    event.allow(
        Set.of("RestApiId", "Path", "Method", "Auth", "ResponseTransferMode", "TimeoutInMillis"));
    var restApi = event.get("RestApiId");
    if (!restApi.text().equals(api().id())) {
      throw restApi.fault("names no API of this template: " + restApi.text());
    }
    var method = event.get("Method").text().toUpperCase(Locale.ROOT);
    if (!METHODS.contains(method)) {
      throw event.get("Method").fault("is not an HTTP method: " + method);
    }
    var path = event.get("Path");
    if (!path.text().startsWith("/")) {
      throw path.fault("must start with /");
    }
    var streams =
        event.find("ResponseTransferMode").filter(mode -> mode.text().equals("STREAM")).isPresent();
    return new Route(method, path.text(), function, routeAuthorizer(event), streams);
  }

  private Optional<String> routeAuthorizer(Value event) {
    var own =
        event
            .find("Auth")
            .map(auth -> auth.allow(Set.of("Authorizer")))
            .flatMap(auth -> auth.find("Authorizer"));
    var chosen =
        own.or(() -> apiProperties().find("Auth").flatMap(auth -> auth.find("DefaultAuthorizer")));
    return chosen.filter(value -> !value.text().equals("NONE")).map(this::knownAuthorizer);
  }

  private String knownAuthorizer(Value name) {
    if (!authorizers().containsKey(name.text())) {
      throw name.fault("names no authorizer of this template: " + name.text());
    }
    return name.text();
  }

  /** Every Lambda authorizer of the API by name. */
  public Map<String, Authorizer> authorizers() {
    var authorizers = new LinkedHashMap<String, Authorizer>();
    apiAuth()
        .flatMap(auth -> auth.find("Authorizers"))
        .map(Value::entries)
        .orElse(Map.of())
        .forEach((name, value) -> authorizers.put(name, authorizer(name, value)));
    return authorizers;
  }

  private Optional<Value> apiAuth() {
    return apiProperties()
        .find("Auth")
        .map(
            auth ->
                auth.allow(
                    Set.of(
                        "DefaultAuthorizer",
                        "Authorizers",
                        "AddDefaultAuthorizerToCorsPreflight")));
  }

  private Authorizer authorizer(String name, Value value) {
    value.allow(Set.of("FunctionPayloadType", "FunctionArn", "FunctionInvokeRole", "Identity"));
    var type = value.find("FunctionPayloadType").map(Value::text).orElse("TOKEN");
    if (!type.equals("REQUEST")) {
      throw value.fault("FunctionPayloadType must be REQUEST; it is " + type);
    }
    var identity = value.find("Identity");
    var ttl =
        identity
            .flatMap(found -> found.find("ReauthorizeEvery"))
            .map(Template::reauthorizeEvery)
            .orElse(Duration.ofMinutes(5));
    var sources = identity.map(Template::identitySources).orElse(List.of());
    if (!ttl.isZero() && sources.isEmpty()) {
      throw value.fault("caching needs an identity source; set one, or ReauthorizeEvery: 0");
    }
    return new Authorizer(name, functionByArn(value.get("FunctionArn")), sources, ttl);
  }

  private static Duration reauthorizeEvery(Value value) {
    var seconds = value.integer();
    if (seconds < 0 || seconds > 3600) {
      throw value.fault("must be 0 to 3600 seconds, not " + seconds);
    }
    return Duration.ofSeconds(seconds);
  }

  private static List<Authorizer.IdentitySource> identitySources(Value identity) {
    identity.allow(
        Set.of("Headers", "QueryStrings", "StageVariables", "Context", "ReauthorizeEvery"));
    var sources = new ArrayList<Authorizer.IdentitySource>();
    for (var place : Authorizer.Place.values()) {
      identity
          .find(place.property())
          .map(Value::items)
          .orElse(List.of())
          .forEach(item -> sources.add(new Authorizer.IdentitySource(place, item.text())));
    }
    return sources;
  }

  private String functionByArn(Value arn) {
    return functions().stream()
        .filter(
            function -> arn.text().equals(function.arn()) || arn.text().equals(function.aliasArn()))
        .findFirst()
        .map(LambdaFunction::logicalId)
        .orElseThrow(() -> arn.fault("names no function of this template: " + arn.text()));
  }

  /** The gateway responses the template sets; the others keep API Gateway's defaults. */
  public Map<ResponseType, GatewayResponse> gatewayResponses() {
    var responses = new EnumMap<ResponseType, GatewayResponse>(ResponseType.class);
    apiProperties()
        .find("GatewayResponses")
        .map(Value::entries)
        .orElse(Map.of())
        .forEach((name, value) -> responses.put(responseType(name, value), gatewayResponse(value)));
    return responses;
  }

  private static ResponseType responseType(String name, Value value) {
    return Stream.of(ResponseType.values())
        .filter(type -> type.name().equals(name))
        .findFirst()
        .orElseThrow(() -> value.fault("is not a gateway response type"));
  }

  private static GatewayResponse gatewayResponse(Value value) {
    value.allow(Set.of("StatusCode", "ResponseParameters", "ResponseTemplates"));
    var headers =
        value
            .find("ResponseParameters")
            .map(parameters -> parameters.allow(Set.of("Headers")))
            .flatMap(parameters -> parameters.find("Headers"));
    var templates = value.find("ResponseTemplates");
    headers.ifPresent(found -> found.entries().values().forEach(GatewayResponses::checkHeader));
    templates.ifPresent(found -> found.entries().values().forEach(GatewayResponses::checkBody));
    return new GatewayResponse(
        value
            .find("StatusCode")
            .map(status -> OptionalInt.of(status.integer()))
            .orElse(OptionalInt.empty()),
        headers.map(Value::texts).orElse(Map.of()),
        templates.map(Value::texts).orElse(Map.of()));
  }

  /** Every table, in the template's order. */
  public List<Table> tables() {
    return ids(TABLE).map(this::table).collect(toUnmodifiableList());
  }

  private Table table(String logicalId) {
    var properties = properties(logicalId);
    properties.refuse("LocalSecondaryIndexes", "is not supported locally");
    var attributes =
        properties.get("AttributeDefinitions").items().stream()
            .collect(
                toUnmodifiableMap(
                    item -> item.get("AttributeName").text(),
                    item -> item.get("AttributeType").text()));
    return new Table(
        logicalId,
        properties.find("TableName").map(Value::text).orElse(logicalId),
        key(properties.get("KeySchema"), attributes),
        attributes,
        properties.find("GlobalSecondaryIndexes").map(Value::items).orElse(List.of()).stream()
            .map(item -> index(item, attributes))
            .toList(),
        properties
            .find("TimeToLiveSpecification")
            .filter(ttl -> Boolean.parseBoolean(ttl.get("Enabled").text()))
            .map(ttl -> ttl.get("AttributeName").text()));
  }

  private static Table.Index index(Value index, Map<String, String> attributes) {
    var projection = index.get("Projection");
    return new Table.Index(
        index.get("IndexName").text(),
        key(index.get("KeySchema"), attributes),
        projection.get("ProjectionType").text(),
        projection.find("NonKeyAttributes").map(Value::items).orElse(List.of()).stream()
            .map(Value::text)
            .toList());
  }

  private static Table.Key key(Value schema, Map<String, String> attributes) {
    Function<String, Optional<String>> attribute =
        type ->
            schema.items().stream()
                .filter(item -> item.get("KeyType").text().equals(type))
                .map(item -> item.get("AttributeName").text())
                .findFirst();
    for (var item : schema.items()) {
      if (!attributes.containsKey(item.get("AttributeName").text())) {
        throw item.get("AttributeName").fault("is not among AttributeDefinitions");
      }
    }
    return new Table.Key(
        attribute.apply("HASH").orElseThrow(() -> schema.fault("has no HASH key")),
        attribute.apply("RANGE"));
  }

  /** Every resource of one type, such as {@code AWS::KMS::Key}, in the template's order. */
  public List<Resource> resources(String type) {
    return ids(type).map(id -> new Resource(id, properties(id))).collect(toUnmodifiableList());
  }

  Api api() {
    var properties = apiProperties();
    for (var property : List.of("Cors", "DefinitionBody", "DefinitionUri")) {
      properties.refuse(property, "is not supported locally");
    }
    return new Api(
        ids(API).findFirst().orElseThrow(),
        properties.get("StageName").text(),
        properties.find("Variables").map(Value::texts).orElse(Map.of()),
        properties.find("BinaryMediaTypes").map(Value::items).orElse(List.of()).stream()
            .map(item -> item.text().replace("~1", "/"))
            .toList());
  }

  private Value apiProperties() {
    var apis = ids(API).toList();
    if (apis.size() != 1) {
      throw new TemplateException("Resources", "must have one " + API + ", not " + apis.size());
    }
    return properties(apis.getFirst());
  }

  String region() {
    return intrinsics.resolve(Map.of("Ref", "AWS::Region"), "AWS::Region").toString();
  }

  String accountId() {
    return intrinsics.resolve(Map.of("Ref", "AWS::AccountId"), "AWS::AccountId").toString();
  }

  private Stream<String> ids(String type) {
    return resources.entrySet().stream()
        .filter(entry -> entry.getValue().get("Type").text().equals(type))
        .map(Map.Entry::getKey);
  }

  /** A resource's properties, with the template's globals for its type underneath. */
  private Value properties(String logicalId) {
    var resource = Plain.map(section(section(document, "Resources"), logicalId));
    var own = resource.getOrDefault("Properties", Map.of());
    var type = resource.get("Type").toString();
    var globals = section(document, "Globals").get(type.replace("AWS::Serverless::", ""));
    var merged = globals == null ? own : Globals.merge(globals, own);
    return Value.of("Resources." + logicalId + ".Properties", merged, intrinsics);
  }

  private static Map<String, Object> section(Map<String, Object> parent, String name) {
    return switch (parent.getOrDefault(name, Map.of())) {
      case Map<?, ?> map -> Plain.map(map);
      default -> throw new TemplateException(name, "must be a mapping");
    };
  }
}
