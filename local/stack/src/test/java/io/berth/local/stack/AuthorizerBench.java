package io.berth.local.stack;

import io.berth.local.gateway.InvocationResult;
import io.berth.local.gateway.LambdaRuntime;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the authorizer costs ({@code make bench-authorizer}): its own time for a key that is looked
 * up each time or was just before, and for a token, and a read that needs no chain with and without
 * it. Functions run through Lambda's own serialization; DynamoDB is a process of the same machine.
 */
final class AuthorizerBench {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int WARM_UP = 5_000;
  private static final int CALLS = 2_000;
  private static final int CLIENTS = 50;
  private static final String USER = "bench";

  private AuthorizerBench() {}

  /**
   * What was measured.
   *
   * @param used by all calls
   */
  private record Figures(
      String what, double p50, double p99, double perSecond, StoreMeter.Usage used, int calls) {
    @Override
    public String toString() {
      return "| %s | %.2f | %.2f | %.0f | %.2f | %.2f | %.2f |"
          .formatted(
              what,
              p50,
              p99,
              perSecond,
              (double) used.calls() / calls,
              used.reads() / calls,
              used.writes() / calls);
    }
  }

  /** Something to be timed. */
  private interface Call {
    void run();
  }

  /**
   * Prints a table. Functions of one process share its settings, so each setting takes its own.
   *
   * @param arguments how many seconds the authorizer trusts a key that it looked up; with 0 each
   *     call looks it up
   */
  public static void main(String[] arguments) throws Exception {
    // A line on the console for each call would be what is timed.
    for (Handler console : Logger.getLogger("").getHandlers()) {
      console.setLevel(Level.WARNING);
    }
    Duration keyCache = Duration.ofSeconds(Long.parseLong(arguments[0]));
    try (IdentityProvider provider = new IdentityProvider();
        LocalBerth berth = LocalBerth.start(options(provider, keyCache))) {
      berth.users().activate(USER, 1_000_000);
      Bench bench = new Bench(berth, berth.users().apiKey(USER, "bench", Optional.empty()));
      List<Figures> figures =
          keyCache.isZero() ? authorizerAlone(bench, provider) : besideReads(bench);
      System.out.println(
          "| what | p50 ms | p99 ms | per second | store calls | RCU | WCU |\n"
              + "|---|---|---|---|---|---|---|");
      figures.forEach(System.out::println);
    }
    System.exit(0);
  }

  private static LocalOptions options(IdentityProvider provider, Duration keyCache) {
    return new LocalOptions(
            Path.of("").toAbsolutePath(), 0, Duration.ofSeconds(1), Optional.empty())
        .with(provider.asBerthSeesIt())
        .trustingKeysFor(keyCache);
  }

  private static List<Figures> authorizerAlone(Bench bench, IdentityProvider provider)
      throws Exception {
    return List.of(
        measure("authorizer, key looked up, 1 caller", bench.authorizeKey(), 1),
        measure("authorizer, token, 1 caller", bench.authorizeToken(provider), 1));
  }

  private static List<Figures> besideReads(Bench bench) throws Exception {
    Call authorize = bench.authorizeKey();
    Call read = bench.listKeys();
    Call both =
        () -> {
          authorize.run();
          read.run();
        };
    List<Figures> figures = new ArrayList<>();
    figures.add(measure("authorizer, key cached, 1 caller", authorize, 1));
    for (int callers : new int[] {1, CLIENTS}) {
      Figures off = measure("list keys, authorizer off, " + callers + " callers", read, callers);
      Figures on = measure("list keys, authorizer on, " + callers + " callers", both, callers);
      figures.add(off);
      figures.add(on);
      System.out.printf(
          "The authorizer takes the read from 1 to %.2f (p50, %d callers).%n",
          on.p50() / off.p50(), callers);
    }
    figures.add(measure("list keys over HTTP, 50 clients", bench.overHttp(), CLIENTS));
    return figures;
  }

  /** A running Berth, and the key of a user of it. */
  private record Bench(LocalBerth berth, String key) {
    Call authorizeKey() {
      return invoking("AuthorizerFunction", authorizerEvent(Map.of("x-api-key", List.of(key))));
    }

    Call authorizeToken(IdentityProvider provider) {
      String header = "Bearer " + provider.token(USER);
      return invoking(
          "AuthorizerFunction", authorizerEvent(Map.of("authorization", List.of(header))));
    }

    Call listKeys() {
      return invoking("ListApiKeysFunction", readEvent(USER));
    }

    Call overHttp() {
      ApiClient api = new ApiClient(berth.url(), Optional.of(key));
      return () -> api.get("/v1/users/api-keys");
    }

    private Call invoking(String function, byte[] event) {
      LambdaRuntime lambda = berth.lambda();
      return () -> invoke(lambda, function, event);
    }
  }

  private static void invoke(LambdaRuntime lambda, String function, byte[] event) {
    InvocationResult result = lambda.invoke(function, event);
    if (result.functionError().isPresent()) {
      throw new IllegalStateException(new String(result.payload(), StandardCharsets.UTF_8));
    }
  }

  private static Figures measure(String what, Call call, int callers) throws Exception {
    times(call, callers, WARM_UP);
    StoreMeter.reset();
    long started = System.nanoTime();
    double[] millis = times(call, callers, CALLS);
    double seconds = (System.nanoTime() - started) / 1e9;
    Arrays.sort(millis);
    return new Figures(
        what,
        millis[millis.length / 2],
        millis[(int) (millis.length * 0.99)],
        millis.length / seconds,
        StoreMeter.total(),
        millis.length);
  }

  private static double[] times(Call call, int callers, int calls) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
      List<Future<List<Double>>> results = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        results.add(threads.submit(() -> timed(call, calls / callers)));
      }
      List<Double> all = new ArrayList<>();
      for (Future<List<Double>> result : results) {
        all.addAll(result.get());
      }
      return all.stream().mapToDouble(Double::doubleValue).toArray();
    }
  }

  private static List<Double> timed(Call call, int times) {
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      long started = System.nanoTime();
      call.run();
      millis.add((System.nanoTime() - started) / 1e6);
    }
    return millis;
  }

  private static byte[] authorizerEvent(Map<String, List<String>> headers) {
    return JSON.writeValueAsBytes(
        Map.of(
            "type",
            "REQUEST",
            "methodArn",
            "arn:aws:execute-api:us-east-1:000000000000:api/live/GET/v1/users/api-keys",
            "headers",
            headers.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().getFirst())),
            "multiValueHeaders",
            headers));
  }

  private static byte[] readEvent(String userId) {
    return JSON.writeValueAsBytes(
        Map.of(
            "httpMethod", "GET",
            "resource", "/v1/users/api-keys",
            "path", "/v1/users/api-keys",
            "requestContext",
                Map.of(
                    "requestId",
                    UUID.randomUUID().toString(),
                    "authorizer",
                    Map.of("userId", userId, "keyId", "", "scopes", "*"))));
  }
}
