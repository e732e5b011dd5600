package io.berth.local.stack;

import io.berth.local.stack.ApiClient.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * How long deployments take to be created ({@code make bench-creates}): 100 requests of 25 users at
 * once over HTTP, on blocks of one second, and the store calls and capacity units of one request of
 * each kind.
 */
final class CreatesBench {
  private static final int CALLERS = 25;
  private static final int CREATES = 100;
  private static final int SINGLES = 3;
  private static final Duration BLOCK_TIME = Duration.ofSeconds(1);
  private static final Duration QUIET = Duration.ofMillis(1500);

  private CreatesBench() {}

  /**
   * Prints the tables.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) throws Exception {
    for (Handler console : Logger.getLogger("").getHandlers()) {
      console.setLevel(Level.WARNING);
    }
    LocalOptions options =
        new LocalOptions(Path.of("").toAbsolutePath(), 0, BLOCK_TIME, Optional.empty())
            .trustingKeysFor(Duration.ofMinutes(1));
    try (LocalBerth berth = LocalBerth.start(options)) {
      List<ApiClient> users = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        users.add(user(berth, "bench-" + i));
      }
      burst(users, CALLERS); // Loads the classes and starts the function instances.
      awaitQuiet();
      printBurst(users);
      awaitQuiet();
      printUsage(user(berth, "alone"));
    }
    System.exit(0);
  }

  private static ApiClient user(LocalBerth berth, String id) {
    String _ = berth.users().activate(id, 500_000_000);
    return new ApiClient(
        berth.url(), Optional.of(berth.users().apiKey(id, "bench", Optional.empty())));
  }

  private static void printBurst(List<ApiClient> users) throws Exception {
    StoreMeter.reset();
    long started = System.nanoTime();
    List<Double> seconds = burst(users, CREATES);
    double all = (System.nanoTime() - started) / 1e9;
    System.out.println("| creates | callers | all, s | p50, s | p99, s | store calls each |");
    System.out.println("|---|---|---|---|---|---|");
    System.out.printf(
        "| %d | %d | %.1f | %.2f | %.2f | %.1f |%n%n",
        CREATES,
        users.size(),
        all,
        seconds.get(seconds.size() / 2),
        seconds.get(seconds.size() * 99 / 100),
        (double) StoreMeter.total().calls() / CREATES);
    printOperations(CREATES);
  }

  private static void printOperations(int requests) {
    System.out.println("| store call | each | RCU each | WCU each |\n|---|---|---|---|");
    StoreMeter.byOperation().entrySet().stream()
        .sorted(
            Comparator.comparingLong(
                (Map.Entry<String, StoreMeter.Usage> entry) -> -entry.getValue().calls()))
        .forEach(
            entry ->
                System.out.printf(
                    "| %s | %.2f | %.2f | %.2f |%n",
                    entry.getKey(),
                    (double) entry.getValue().calls() / requests,
                    entry.getValue().reads() / requests,
                    entry.getValue().writes() / requests));
    System.out.println();
  }

  /** The seconds that each create took, the shortest first. */
  private static List<Double> burst(List<ApiClient> users, int creates) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Double>>> results = new ArrayList<>();
      for (ApiClient user : users) {
        results.add(threads.submit(() -> creates(user, creates / users.size())));
      }
      List<Double> seconds = new ArrayList<>();
      for (Future<List<Double>> result : results) {
        seconds.addAll(result.get());
      }
      return seconds.stream().sorted().toList();
    }
  }

  private static List<Double> creates(ApiClient user, int times) {
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      long started = System.nanoTime();
      Answer _ = require(201, create(user));
      seconds.add((System.nanoTime() - started) / 1e9);
    }
    return seconds;
  }

  private static Answer create(ApiClient user) {
    return user.post("/v1/deployments", Sdls.create(Sdls.small(), 1));
  }

  private static Answer require(int status, Answer answer) {
    if (answer.status() != status) {
      throw new IllegalStateException(answer.toString());
    }
    return answer;
  }

  /** One request after the other, each with everything that it starts, and at a quiet time. */
  private static void printUsage(ApiClient user) {
    System.out.println("| request | store calls | RCU | WCU | p50, ms |\n|---|---|---|---|---|");
    List<String> dseqs = new ArrayList<>();
    metered(
        "POST /v1/deployments",
        () -> {
          Answer created = require(201, create(user));
          dseqs.add(created.data().get("dseq").asString());
          return created;
        });
    String last = dseqs.getLast();
    Answer bids = user.get("/v1/bids/" + last);
    while (bids.data().isEmpty()) {
      LockSupport.parkNanos(BLOCK_TIME.toNanos());
      bids = user.get("/v1/bids/" + last);
    }
    metered("GET /v1/users/api-keys", () -> require(200, user.get("/v1/users/api-keys")));
    metered("GET /v1/deployments/{dseq}", () -> require(200, user.get("/v1/deployments/" + last)));
    metered("GET /v1/bids/{dseq}", () -> require(200, user.get("/v1/bids/" + last)));
    List<String> toLease = new ArrayList<>(dseqs);
    metered("POST /v1/leases", () -> lease(user, toLease.removeFirst()));
    List<String> toClose = new ArrayList<>(dseqs);
    metered(
        "DELETE /v1/deployments/{dseq}",
        () -> require(200, user.delete("/v1/deployments/" + toClose.removeFirst())));
  }

  private static Answer lease(ApiClient user, String dseq) {
    Answer bids = user.get("/v1/bids/" + dseq);
    Map<String, Object> choice = Leased.choice(bids.data().get(0).at("/bid/id"));
    return require(200, user.post("/v1/leases", Map.of("leases", List.of(choice))));
  }

  private static void metered(String what, Supplier<Answer> request) {
    List<Double> millis = new ArrayList<>();
    StoreMeter.Usage used = StoreMeter.Usage.NONE;
    for (int i = 0; i < SINGLES; i++) {
      awaitQuiet();
      StoreMeter.reset();
      long started = System.nanoTime();
      Answer _ = request.get();
      millis.add((System.nanoTime() - started) / 1e6);
      awaitQuiet();
      used = used.plus(StoreMeter.total());
    }
    System.out.printf(
        "| %s | %.1f | %.1f | %.1f | %.0f |%n",
        what,
        (double) used.calls() / SINGLES,
        used.reads() / SINGLES,
        used.writes() / SINGLES,
        millis.stream().sorted().toList().get(SINGLES / 2));
  }

  /** Waits until nothing has called the store for a while: what requests started has ended. */
  private static void awaitQuiet() {
    long calls = -1;
    while (calls != StoreMeter.total().calls()) {
      calls = StoreMeter.total().calls();
      LockSupport.parkNanos(QUIET.toNanos());
    }
  }
}
