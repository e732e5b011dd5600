package io.berth.local.gateway;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One request on its way through the API, and the events that functions get about it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-input-format">proxy
 *     event</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-input.html">authorizer
 *     event</a>
 */
final class Exchange {
  static final JsonMapper JSON = JsonMapper.shared();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final DateTimeFormatter REQUEST_TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);

  private final Request request;
  private final Stage stage;
  private final Optional<Router.Match> match;
  private final Instant time;
  private final String requestId = UUID.randomUUID().toString();
  private final String extendedRequestId = UUID.randomUUID().toString().substring(0, 13) + "=";
  private final Map<String, List<String>> headers;

  /** What is the same for every request: the API, and where it is deployed. */
  record Stage(Api api, String region, String accountId) {}

  Exchange(Request request, Stage stage, Optional<Router.Match> match, Instant time) {
    this.request = request;
    this.stage = stage;
    this.match = match;
    this.time = time;
    this.headers = headersWithProxy();
  }

  /** The headers a function sees: the client's, and those API Gateway's front adds. */
  private Map<String, List<String>> headersWithProxy() {
    var seen = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    seen.putAll(request.headers());
    var forwardedFor = new ArrayList<>(seen.getOrDefault("X-Forwarded-For", List.of()));
    forwardedFor.add(request.sourceIp());
    seen.put("X-Forwarded-For", List.of(String.join(", ", forwardedFor)));
    seen.put("X-Forwarded-Proto", List.of("http"));
    seen.computeIfAbsent("X-Amzn-Trace-Id", _ -> List.of(traceId()));
    return seen;
  }

  private String traceId() {
    var hex = UUID.randomUUID().toString().replace("-", "").substring(0, 24);
    return "Root=1-%08x-%s".formatted(time.getEpochSecond(), hex);
  }

  Request request() {
    return request;
  }

  String requestId() {
    return requestId;
  }

  String extendedRequestId() {
    return extendedRequestId;
  }

  Map<String, String> stageVariables() {
    return stage.api().stageVariables();
  }

  Map<String, String> pathParameters() {
    return match.map(Router.Match::pathParameters).orElse(Map.of());
  }

  /** What an authorizer's policy is asked about. */
  String methodArn() {
    return "arn:aws:execute-api:%s:%s:%s/%s/%s%s"
        .formatted(
            stage.region(),
            stage.accountId(),
            stage.api().id(),
            stage.api().stage(),
            request.method(),
            request.path());
  }

  /** The event for the function behind the route. */
  ObjectNode proxyEvent(ObjectNode authorizer, Body body) {
    var event = event();
    var context = requestContext();
    if (!authorizer.isEmpty()) {
      context.set("authorizer", authorizer);
    }
    event.set("requestContext", context);
    event.put("body", body.text().orElse(null));
    event.put("isBase64Encoded", body.base64());
    return event;
  }

  /** A body as an event carries it: absent, as text, or as base64. */
  record Body(Optional<String> text, boolean base64) {}

  /** The event for a REQUEST authorizer. */
  ObjectNode authorizerEvent() {
    var event = NODES.objectNode();
    event.put("type", "REQUEST");
    event.put("methodArn", methodArn());
    event.setAll(event());
    event.set("requestContext", requestContext());
    return event;
  }

  private ObjectNode event() {
    var event = NODES.objectNode();
    event.put("resource", resourcePath());
    event.put("path", Request.decodePath(request.path()));
    event.put("httpMethod", request.method());
    var query = request.queryParameters();
    setOrNull(event, "headers", last(headers));
    setOrNull(event, "multiValueHeaders", all(headers));
    setOrNull(event, "queryStringParameters", last(query));
    setOrNull(event, "multiValueQueryStringParameters", all(query));
    setOrNull(event, "pathParameters", texts(pathParameters()));
    setOrNull(event, "stageVariables", texts(stageVariables()));
    return event;
  }

  private String resourcePath() {
    return match.map(found -> found.route().path()).orElse(null);
  }

  /** Where API Gateway has nothing to list it says null, not an empty map. */
  private static void setOrNull(ObjectNode event, String name, ObjectNode map) {
    event.set(name, map.isEmpty() ? NODES.nullNode() : map);
  }

  private static ObjectNode texts(Map<String, String> values) {
    var node = NODES.objectNode();
    values.forEach(node::put);
    return node;
  }

  private static ObjectNode last(Map<String, List<String>> values) {
    var node = NODES.objectNode();
    values.forEach((name, all) -> node.put(name, all.getLast()));
    return node;
  }

  private static ObjectNode all(Map<String, List<String>> values) {
    var node = NODES.objectNode();
    values.forEach((name, all) -> all.forEach(node.withArray(name)::add));
    return node;
  }

  /** What events call {@code requestContext}, and templates {@code $context}. */
  ObjectNode requestContext() {
    var context = NODES.objectNode();
    match.ifPresent(
        found -> {
          context.put("resourceId", resourceId(found.route().path()));
          context.put("resourcePath", found.route().path());
        });
    context.put("httpMethod", request.method());
    context.put("extendedRequestId", extendedRequestId);
    context.put("requestTime", REQUEST_TIME.format(time.atOffset(ZoneOffset.UTC)));
    context.put("path", request.path());
    context.put("accountId", stage.accountId());
    context.put("protocol", "HTTP/1.1");
    context.put("stage", stage.api().stage());
    request.header("Host").ifPresent(host -> context.put("domainName", host));
    context.put("requestTimeEpoch", time.toEpochMilli());
    context.put("requestId", requestId);
    context.put("apiId", stage.api().id());
    var identity = context.putObject("identity");
    identity.put("sourceIp", request.sourceIp());
    identity.put("userAgent", request.header("User-Agent").orElse(null));
    return context;
  }

  /** Six characters that are the same for the same resource, as API Gateway's ids look. */
  private static String resourceId(String path) {
    var id = Long.toString(Integer.toUnsignedLong(path.hashCode()), 36);
    return "000000".substring(Math.min(6, id.length())) + id.substring(0, Math.min(6, id.length()));
  }
}
