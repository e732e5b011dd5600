package io.berth.local.stack;

import io.berth.local.stack.ApiClient.Answer;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * {@code make demo}: plays the main job against a running Berth, with a key of its own, and leaves
 * nothing behind, however it ends.
 */
public final class Demo {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration POLL = Duration.ofMillis(250);
  private static final int WANTED_BIDS = 2;

  /** More than there are at once, so that some come while the demo watches. */
  private static final int FOLLOWED = 4;

  private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);
  private static final BigDecimal HOURS_PER_MONTH = BigDecimal.valueOf(30 * 24);
  private static final int UACT_DIGITS = 6;

  private final String url;
  private final ApiClient owner;
  private final Duration patience;
  private final PrintStream out;
  private final Deque<Runnable> undone = new ArrayDeque<>();
  private final long started = System.nanoTime();
  private BigDecimal blockSeconds = BigDecimal.ONE;

  /**
   * @param owner who has a key that may make keys
   * @param patience how long anything is waited for
   * @param out where the story is told
   */
  Demo(String url, ApiClient owner, Duration patience, PrintStream out) {
    this.url = url;
    this.owner = owner;
    this.patience = patience;
    this.out = out;
  }

  /** Takes no arguments; finds the running system by {@code local/target/session.json}. */
  public static void main(String[] arguments) throws IOException {
    Path root = Path.of("").toAbsolutePath();
    if (!Files.exists(Session.file(root))) {
      System.err.println("No running Berth found: start one with `make run` in another terminal.");
      System.exit(1);
    }
    Session session = Session.read(root);
    ApiClient owner = new ApiClient(session.url(), Optional.of(session.apiKey()));
    Demo demo = new Demo(session.url(), owner, PATIENCE, System.out);
    // Ctrl-C too leaves nothing behind.
    Runtime.getRuntime().addShutdownHook(new Thread(demo::undo));
    try {
      demo.play(Files.readString(root.resolve("docs/examples/web.yaml")));
    } catch (IllegalStateException e) {
      System.err.println("\nThe demo stopped: " + e.getMessage());
      System.exit(1);
    }
  }

  /**
   * Plays it.
   *
   * @throws IllegalStateException if the API says no, or something does not come in time
   */
  void play(String sdl) {
    try {
      blockSeconds = blockSeconds();
      out.printf("Berth at %s, a block every %s s.%n%n", url, blockSeconds.toPlainString());
      ApiClient api = new ApiClient(url, Optional.of(key()));
      deployAndUse(api, sdl);
    } finally {
      undo();
    }
    out.printf("%nThe whole job took %.1f s, and nothing of it is left.%n", secondsSince(started));
  }

  /** As the page is told of it; a second where there is no page. */
  private BigDecimal blockSeconds() {
    JsonNode config = new ApiClient(url, Optional.empty()).get("/config.json").body();
    return new BigDecimal(config.path("blockSeconds").asString("1"));
  }

  /** Undoes what was done, last things first, each once, and all of it though one should fail. */
  private synchronized void undo() {
    if (undone.isEmpty()) {
      return;
    }
    try {
      undone.pop().run();
    } finally {
      undo();
    }
  }

  private synchronized void afterwards(Runnable step) {
    undone.push(step);
  }

  private String key() {
    JsonNode made =
        step(
            "Make an API key for the demo",
            () ->
                expect(
                    201,
                    owner.post("/v1/users/api-keys", Map.of("data", Map.of("name", "make demo")))),
            key -> key.get("keyFormat").asString());
    String path = "/v1/users/api-keys/" + made.get("id").asString();
    afterwards(
        () ->
            step(
                "Delete the key",
                () -> expect(204, owner.delete(path)),
                _ -> "it opens nothing now"));
    return made.get("apiKey").asString();
  }

  private void deployAndUse(ApiClient api, String sdl) {
    JsonNode created =
        step(
            "Create the deployment, deposit 5 USD",
            () ->
                expect(
                    201,
                    api.post("/v1/deployments", Map.of("data", Map.of("sdl", sdl, "deposit", 5)))),
            data -> "dseq " + text(data, "dseq"));
    String deployment = "/v1/deployments/" + text(created, "dseq");
    afterwards(() -> close(api, deployment));
    out.printf("    %s/#%s%n", url, deployment.substring("/v1".length()));
    lease(api, text(created, "dseq"));
    run(api, deployment);
  }

  private void lease(ApiClient api, String dseq) {
    List<JsonNode> bids =
        step(
            "Wait for bids",
            () ->
                until(
                    () -> list(expect(200, api.get("/v1/bids/" + dseq))),
                    found -> found.size() >= WANTED_BIDS),
            found -> found.size() + " came");
    bids.forEach(
        bid -> out.printf("    %s  %s%n", text(bid.at("/bid/id"), "provider"), price(amount(bid))));
    JsonNode cheapest = bids.stream().min(Comparator.comparing(Demo::amount)).orElseThrow();
    JsonNode _ =
        step(
            "Take the cheapest, send the manifest",
            () -> expect(200, api.post("/v1/leases", choice(cheapest.at("/bid/id")))),
            leased -> "lease " + leased.at("/leases/0/state").asString());
  }

  private void run(ApiClient api, String deployment) {
    JsonNode ready =
        step(
            "Wait until all replicas are ready",
            () -> until(() -> expect(200, api.get(deployment)), Demo::isReady),
            _ -> "they are");
    uris(ready).forEach(uri -> out.printf("    https://%s%n", uri));
    List<JsonNode> lines =
        step(
            "Read its logs",
            () -> list(expect(200, api.get(deployment + "/logs?tail=2")).get("lines")),
            found -> found.size() + " lines");
    lines.forEach(line -> out.printf("    %s | %s%n", text(line, "pod"), text(line, "message")));
    List<String> followed =
        step(
            "Follow them",
            () -> api.firstLines(deployment + "/logs/stream?tail=1", FOLLOWED),
            found -> found.size() + " lines as they came");
    followed.forEach(line -> out.printf("    %s%n", line));
    List<JsonNode> events =
        step(
            "Read what the cluster reported",
            () -> list(expect(200, api.get(deployment + "/events")).get("events")),
            found -> found.size() + " events, the last:");
    out.printf("    %s: %s%n", text(events.getLast(), "reason"), text(events.getLast(), "note"));
  }

  private void close(ApiClient api, String deployment) {
    JsonNode _ =
        step(
            "Close it, the rest of the deposit comes back",
            () -> {
              JsonNode _ = expect(200, api.delete(deployment));
              return expect(200, api.get(deployment));
            },
            closed ->
                "it cost "
                    + usd(
                        new BigDecimal(
                                closed.at("/escrow_account/state/transferred/0/amount").asString())
                            .movePointLeft(UACT_DIGITS)));
  }

  /** What a price in uact per block comes to. */
  private String price(BigDecimal uactPerBlock) {
    BigDecimal hour =
        uactPerBlock
            .movePointLeft(UACT_DIGITS)
            .multiply(SECONDS_PER_HOUR)
            .divide(blockSeconds, MathContext.DECIMAL64);
    return "%s uact a block, %s an hour, %s a month"
        .formatted(
            uactPerBlock.stripTrailingZeros().toPlainString(),
            usd(hour),
            usd(hour.multiply(HOURS_PER_MONTH)));
  }

  private static String usd(BigDecimal amount) {
    return amount.setScale(4, RoundingMode.HALF_UP).toPlainString() + " USD";
  }

  private static String text(JsonNode node, String name) {
    return node.get(name).asString();
  }

  private static Map<String, Object> choice(JsonNode bid) {
    return Map.of(
        "leases",
        List.of(
            Map.of(
                "dseq", bid.get("dseq").asString(),
                "gseq", bid.get("gseq").asInt(),
                "oseq", bid.get("oseq").asInt(),
                "provider", bid.get("provider").asString())));
  }

  private static BigDecimal amount(JsonNode bid) {
    return new BigDecimal(bid.at("/bid/price/amount").asString());
  }

  private static boolean isReady(JsonNode deployment) {
    List<JsonNode> services = list(deployment.at("/leases/0/status/services"));
    return !services.isEmpty()
        && services.stream()
            .allMatch(
                service -> service.get("ready_replicas").asInt() == service.get("total").asInt());
  }

  private static List<String> uris(JsonNode deployment) {
    return list(deployment.at("/leases/0/status/services")).stream()
        .flatMap(service -> list(service.get("uris")).stream())
        .map(JsonNode::asString)
        .toList();
  }

  private static List<JsonNode> list(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false).toList();
  }

  private static JsonNode expect(int status, Answer answer) {
    if (answer.status() != status) {
      throw new IllegalStateException("the API answered " + answer.status() + ": " + answer.body());
    }
    return answer.data();
  }

  /** Reads until it is enough; a dot for each reading shows that it goes on. */
  private <T> T until(Supplier<T> read, Predicate<T> enough) {
    long start = System.nanoTime();
    T value = read.get();
    while (!enough.test(value)) {
      if (secondsSince(start) > patience.toSeconds()) {
        throw new IllegalStateException("gave up waiting; last seen: " + value);
      }
      out.print('.');
      pause();
      value = read.get();
    }
    return value;
  }

  private static void pause() {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private <T> T step(String title, Supplier<T> action, Function<T, String> describe) {
    out.print(title + " ");
    long start = System.nanoTime();
    T value;
    try {
      value = action.get();
    } catch (IllegalStateException e) {
      out.println();
      throw e;
    }
    out.printf(" %s (%.1f s)%n", describe.apply(value), secondsSince(start));
    return value;
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }
}
