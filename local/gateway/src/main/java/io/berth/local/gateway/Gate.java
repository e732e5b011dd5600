package io.berth.local.gateway;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lets a request pass when its route's authorizer says so.
 *
 * <p>What is cached is the authorizer's answer, a policy; each request is held against it anew, so
 * a policy that names one method's ARN denies the others until it expires.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html">authorizer
 *     output</a>
 */
final class Gate {
  private static final int CACHED_ANSWERS = 10_000;

  private final Map<String, Authorizer> authorizers;
  private final LambdaRuntime lambda;
  private final InstantSource clock;
  private final Map<CacheKey, Cached> cache = new LinkedHashMap<>();

  Gate(Map<String, Authorizer> authorizers, LambdaRuntime lambda, InstantSource clock) {
    this.authorizers = authorizers;
    this.lambda = lambda;
    this.clock = clock;
  }

  /** Whether the request may pass, and what its function is told about the caller. */
  sealed interface Passage {}

  record Open(ObjectNode context) implements Passage {}

  record Closed(Refusal refusal) implements Passage {}

  private sealed interface Answer {}

  private record Decided(Policy policy, ObjectNode context) implements Answer {}

  private record Undecided(Refusal refusal) implements Answer {}

  private record CacheKey(String authorizer, List<String> identity) {}

  private record Cached(Decided answer, Instant until) {}

  Passage pass(Exchange exchange, Route route) {
    return route
        .authorizer()
        .map(name -> pass(exchange, authorizers.get(name)))
        .orElseGet(() -> new Open(JsonNodeFactory.instance.objectNode()));
  }

  private Passage pass(Exchange exchange, Authorizer authorizer) {
    var answer =
        authorizer.reauthorizeEvery().isZero()
            ? ask(exchange, authorizer)
            : askOnce(exchange, authorizer);
    return switch (answer) {
      case Undecided(var refusal) -> new Closed(refusal);
      case Decided(var policy, var context) ->
          switch (policy.decide(exchange.methodArn())) {
            case ALLOWED -> new Open(context);
            case DENIED -> new Closed(Refusal.accessDenied(false, context));
            case EXPLICITLY_DENIED -> new Closed(Refusal.accessDenied(true, context));
          };
    };
  }

  private Answer askOnce(Exchange exchange, Authorizer authorizer) {
    var identity = identity(exchange, authorizer);
    if (identity.size() < authorizer.identitySources().size()) {
      return new Undecided(Refusal.unauthorized());
    }
    var key = new CacheKey(authorizer.name(), identity);
    var known = cached(key);
    if (known.isPresent()) {
      return known.get();
    }
    var answer = ask(exchange, authorizer);
    if (answer instanceof Decided decided) {
      remember(key, decided, authorizer.reauthorizeEvery());
    }
    return answer;
  }

  private static List<String> identity(Exchange exchange, Authorizer authorizer) {
    var values = new ArrayList<String>();
    for (var source : authorizer.identitySources()) {
      value(exchange, source).filter(value -> !value.isEmpty()).ifPresent(values::add);
    }
    return values;
  }

  private static Optional<String> value(Exchange exchange, Authorizer.IdentitySource source) {
    return switch (source.place()) {
      case HEADER -> exchange.request().header(source.name());
      case QUERY_STRING ->
          Optional.ofNullable(exchange.request().queryParameters().get(source.name()))
              .map(List::getLast);
      case STAGE_VARIABLE -> Optional.ofNullable(exchange.stageVariables().get(source.name()));
      case CONTEXT -> GatewayResponses.lookUp(exchange.requestContext(), source.name());
    };
  }

  private synchronized Optional<Decided> cached(CacheKey key) {
    var known = cache.get(key);
    if (known != null && !clock.instant().isBefore(known.until())) {
      cache.remove(key);
      return Optional.empty();
    }
    return Optional.ofNullable(known).map(Cached::answer);
  }

  private synchronized void remember(CacheKey key, Decided answer, Duration timeToLive) {
    cache.put(key, new Cached(answer, clock.instant().plus(timeToLive)));
    if (cache.size() > CACHED_ANSWERS) {
      cache.remove(cache.keySet().iterator().next());
    }
  }

  private Answer ask(Exchange exchange, Authorizer authorizer) {
    var started = System.nanoTime();
    var result =
        lambda.invoke(
            authorizer.function(), Exchange.JSON.writeValueAsBytes(exchange.authorizerEvent()));
    var latency = Duration.ofNanos(System.nanoTime() - started).toMillis();
    var answer = read(result.payload());
    if (result.functionError().isPresent()) {
      var unauthorized = answer.path("errorMessage").asString("").equals("Unauthorized");
      return new Undecided(unauthorized ? Refusal.unauthorized() : Refusal.authorizerFailure());
    }
    return decided(answer, latency)
        .<Answer>map(decided -> decided)
        .orElseGet(() -> new Undecided(Refusal.authorizerMisconfigured()));
  }

  private static JsonNode read(byte[] payload) {
    try {
      return Exchange.JSON.readTree(payload);
    } catch (JacksonException e) {
      return JsonNodeFactory.instance.missingNode();
    }
  }

  private static Optional<Decided> decided(JsonNode answer, long latency) {
    var principal = answer.path("principalId");
    if (!principal.isString()) {
      return Optional.empty();
    }
    return context(answer.path("context"))
        .flatMap(
            context -> {
              context.put("principalId", principal.asString());
              context.put("integrationLatency", latency);
              return Policy.parse(answer.path("policyDocument"))
                  .map(policy -> new Decided(policy, context));
            });
  }

  /** Strings, numbers and booleans, which functions get as strings; anything else is an error. */
  private static Optional<ObjectNode> context(JsonNode given) {
    var context = JsonNodeFactory.instance.objectNode();
    for (var entry : given.properties()) {
      var value = entry.getValue();
      if (!value.isValueNode()) {
        return Optional.empty();
      }
      if (!value.isNull()) {
        context.put(entry.getKey(), value.asString());
      }
    }
    return Optional.of(context);
  }
}
