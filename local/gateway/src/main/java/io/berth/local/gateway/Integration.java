package io.berth.local.gateway;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lambda proxy integration: a request becomes an event, a function's answer becomes a response.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html">Lambda
 *     proxy integrations</a>
 */
final class Integration implements AutoCloseable {
  private static final Set<String> RESPONSE_FIELDS =
      Set.of("statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded");

  /**
   * Headers a function cannot set: API Gateway renames them to {@code x-amzn-Remapped-…}.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html">important
   *     notes</a>
   */
  private static final Set<String> REMAPPED = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  static {
    REMAPPED.addAll(
        List.of(
            "Connection",
            "Content-Length",
            "Content-MD5",
            "Date",
            "Host",
            "Server",
            "Trailer",
            "Transfer-Encoding",
            "Upgrade",
            "User-Agent",
            "Via",
            "WWW-Authenticate"));
  }

  private final LambdaRuntime lambda;
  private final Api api;
  private final Duration timeout;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  Integration(LambdaRuntime lambda, Api api, Duration timeout) {
    this.lambda = lambda;
    this.api = api;
    this.timeout = timeout;
  }

  /** What the client gets: the function's response, or API Gateway's own. */
  sealed interface Outcome {}

  record Answered(Response response) implements Outcome {}

  /** A response whose body follows while the function writes it. */
  record Streaming(Response head, LiveAnswer body) implements Outcome {}

  record Failed(Refusal refusal) implements Outcome {}

  Outcome call(Exchange exchange, Route route, ObjectNode authorizer) {
    var event = exchange.proxyEvent(authorizer, requestBody(exchange.request()));
    var payload = Exchange.JSON.writeValueAsBytes(event);
    if (payload.length > LambdaRuntime.PAYLOAD_LIMIT) {
      return new Failed(Refusal.requestTooLarge(LambdaRuntime.PAYLOAD_LIMIT));
    }
    return route.streams()
        ? stream(exchange, route, payload, authorizer)
        : callWhole(exchange, route, payload, authorizer);
  }

  private Outcome callWhole(Exchange exchange, Route route, byte[] payload, ObjectNode authorizer) {
    return invoke(route.function(), payload)
        .map(
            result ->
                result.functionError().isPresent()
                    ? Optional.<Response>empty()
                    : response(result.payload(), exchange.request()))
        .map(
            response ->
                response
                    .<Outcome>map(Answered::new)
                    .orElseGet(() -> new Failed(Refusal.badIntegration(authorizer))))
        .orElseGet(() -> new Failed(Refusal.integrationTimeout(authorizer)));
  }

  /** The result, or empty if it did not come in time; the function then runs on unheard. */
  private Optional<InvocationResult> invoke(String function, byte[] payload) {
    var running = threads.submit(() -> lambda.invoke(function, payload));
    try {
      return Optional.of(running.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("invoking " + function, e.getCause());
    }
  }

  /** Answers as soon as there is a head; the function writes on in a thread of its own. */
  private Outcome stream(Exchange exchange, Route route, byte[] payload, ObjectNode authorizer) {
    var body = new LiveAnswer();
    threads.execute(
        () -> {
          var result = lambda.stream(route.function(), payload, body.sink());
          body.end(result.functionError().isEmpty());
        });
    try {
      var head = body.head(timeout);
      var response = head.flatMap(found -> head(found, exchange.request()));
      if (response.isPresent()) {
        return new Streaming(response.get(), body);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    body.abandon();
    return new Failed(Refusal.badIntegration(authorizer));
  }

  /** The head's status and headers, with what came of the body already. */
  private Optional<Response> head(LiveAnswer.Head head, Request request) {
    return response(head.json(), request)
        .map(found -> new Response(found.status(), found.headers(), head.rest()));
  }

  private Exchange.Body requestBody(Request request) {
    if (request.body().length == 0) {
      return new Exchange.Body(Optional.empty(), false);
    }
    if (request.header("Content-Type").filter(this::isBinary).isPresent()) {
      var encoded = Base64.getEncoder().encodeToString(request.body());
      return new Exchange.Body(Optional.of(encoded), true);
    }
    return new Exchange.Body(
        Optional.of(new String(request.body(), StandardCharsets.UTF_8)), false);
  }

  /** Whether the API treats a media type, or the first of an Accept header's, as binary. */
  private boolean isBinary(String header) {
    var mediaType = header.split("[,;]", 2)[0].strip();
    return api.binaryMediaTypes().stream()
        .anyMatch(type -> type.equals("*/*") || type.equalsIgnoreCase(mediaType));
  }

  /** The response in a function's answer; empty if it is not one as API Gateway wants it. */
  private Optional<Response> response(byte[] payload, Request request) {
    try {
      var answer = Exchange.JSON.readTree(payload);
      if (!answer.isObject() || !RESPONSE_FIELDS.containsAll(answer.propertyNames())) {
        return Optional.empty();
      }
      var headers = headers(answer);
      headers.putIfAbsent("Content-Type", List.of("application/json"));
      return Optional.of(new Response(statusCode(answer), headers, body(answer, request)));
    } catch (JacksonException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static int statusCode(JsonNode answer) {
    var status = Integer.parseInt(answer.path("statusCode").asString(""));
    if (status < 100 || status > 599) {
      throw new IllegalArgumentException("no HTTP status: " + status);
    }
    return status;
  }

  /** Both kinds in one list; where both name a header, the one with many values wins. */
  private static Map<String, List<String>> headers(JsonNode answer) {
    var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    for (var header : answer.path("headers").properties()) {
      if (!header.getValue().isNull()) {
        headers.put(remapped(header.getKey()), List.of(text(header.getValue())));
      }
    }
    for (var header : answer.path("multiValueHeaders").properties()) {
      var values = new ArrayList<String>();
      header.getValue().forEach(value -> values.add(text(value)));
      if (!values.isEmpty()) {
        headers.put(remapped(header.getKey()), values);
      }
    }
    return headers;
  }

  private static String remapped(String name) {
    return REMAPPED.contains(name) ? "x-amzn-Remapped-" + name : name;
  }

  private static String text(JsonNode value) {
    if (!value.isValueNode()) {
      throw new IllegalArgumentException("a header's value must be a string");
    }
    return value.asString();
  }

  private byte[] body(JsonNode answer, Request request) {
    var body = answer.path("body");
    if (body.isMissingNode() || body.isNull()) {
      return new byte[0];
    }
    if (!body.isString()) {
      throw new IllegalArgumentException("the body must be a string");
    }
    var encoded = answer.path("isBase64Encoded").asBoolean(false);
    return encoded && isBinary(request.header("Accept").orElse(""))
        ? Base64.getDecoder().decode(body.asString())
        : body.asString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
