package io.berth.local.gateway;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Words the answers API Gateway gives by itself, as the template wants them.
 *
 * <p>Bodies know variables and nothing else of the mapping language, and a variable without a value
 * is empty.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html">gateway
 *     responses</a>
 */
final class GatewayResponses {
  private static final GatewayResponse DEFAULT =
      new GatewayResponse(
          OptionalInt.empty(),
          Map.of(),
          Map.of("application/json", "{\"message\":$context.error.messageString}"));

  private static final String NAME =
      "(context|stageVariables)\\.([A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*)";

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{" + NAME + "}|\\$" + NAME);
  private static final Pattern LOGIC =
      Pattern.compile("\\$(input|util|method)\\b|#(set|if|foreach)\\b");
  private static final Pattern HEADER =
      Pattern.compile(
          "'(?<text>.*)'|context\\.(?<context>.+)|stageVariables\\.(?<variable>.+)"
              + "|method\\.request\\.header\\.(?<header>.+)");

  private final Map<ResponseType, GatewayResponse> configured;

  GatewayResponses(Map<ResponseType, GatewayResponse> configured) {
    this.configured = configured;
  }

  static void checkHeader(Value expression) {
    if (!HEADER.matcher(expression.text()).matches()) {
      throw expression.fault(
          "must be 'text' in single quotes, context.…, stageVariables.… or method.request.header.…");
    }
  }

  static void checkBody(Value template) {
    if (LOGIC.matcher(template.text()).find()) {
      throw template.fault("gateway responses substitute variables only");
    }
  }

  Response render(Refusal refusal, Exchange exchange) {
    var wanted = wanted(refusal);
    var context = context(refusal, exchange);
    var template = template(wanted, exchange.request());
    var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Content-Type", List.of(template.getKey()));
    refusal.errorType().ifPresent(type -> headers.put("x-amzn-ErrorType", List.of(type)));
    wanted
        .headers()
        .forEach(
            (name, expression) ->
                header(expression, context, exchange)
                    .ifPresent(value -> headers.put(name, List.of(value))));
    var body = substitute(template.getValue(), context, exchange);
    return new Response(
        wanted.statusCode().orElse(refusal.status()),
        headers,
        body.getBytes(StandardCharsets.UTF_8));
  }

  private GatewayResponse wanted(Refusal refusal) {
    var fallback = refusal.status() < 500 ? ResponseType.DEFAULT_4XX : ResponseType.DEFAULT_5XX;
    var found = configured.getOrDefault(refusal.type(), configured.getOrDefault(fallback, DEFAULT));
    return found.templates().isEmpty()
        ? new GatewayResponse(found.statusCode(), found.headers(), DEFAULT.templates())
        : found;
  }

  private static Map.Entry<String, String> template(GatewayResponse wanted, Request request) {
    var accepted = request.header("Accept").map(accept -> accept.split("[,;]", 2)[0].strip());
    var templates = wanted.templates();
    var mediaType =
        accepted
            .filter(templates::containsKey)
            .orElseGet(
                () ->
                    templates.containsKey("application/json")
                        ? "application/json"
                        : templates.keySet().iterator().next());
    return Map.entry(mediaType, templates.get(mediaType));
  }

  private static ObjectNode context(Refusal refusal, Exchange exchange) {
    var context = exchange.requestContext();
    context.set("authorizer", refusal.authorizer());
    var error = context.putObject("error");
    error.put("responseType", refusal.type().name());
    error.put("message", refusal.message().orElse(""));
    error.put(
        "messageString", refusal.message().map(Exchange.JSON::writeValueAsString).orElse("null"));
    return context;
  }

  private static String substitute(String template, ObjectNode context, Exchange exchange) {
    return VARIABLE
        .matcher(template)
        .replaceAll(
            found -> {
              var braced = found.group(1) != null;
              var scope = found.group(braced ? 1 : 3);
              var name = found.group(braced ? 2 : 4);
              var value =
                  scope.equals("context")
                      ? lookUp(context, name)
                      : Optional.ofNullable(exchange.stageVariables().get(name));
              return Matcher.quoteReplacement(value.orElse(""));
            });
  }

  private static Optional<String> header(String expression, ObjectNode context, Exchange exchange) {
    var parts = HEADER.matcher(expression);
    if (!parts.matches()) {
      return Optional.empty();
    }
    return Optional.ofNullable(parts.group("text"))
        .or(() -> Optional.ofNullable(parts.group("context")).flatMap(n -> lookUp(context, n)))
        .or(() -> Optional.ofNullable(parts.group("variable")).map(exchange.stageVariables()::get))
        .or(() -> Optional.ofNullable(parts.group("header")).flatMap(exchange.request()::header));
  }

  static Optional<String> lookUp(ObjectNode context, String name) {
    JsonNode found = context;
    for (var part : name.split("\\.", -1)) {
      found = found.path(part);
    }
    return found.isValueNode() && !found.isNull()
        ? Optional.of(found.asString())
        : Optional.empty();
  }
}
