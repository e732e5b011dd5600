package io.berth.local.stack;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** {@code make demo}: plays the main job against a running Berth, and leaves nothing behind. */
public final class Demo {
  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int WANTED_BIDS = 2;

  /** More than there are at once, so that some come while the demo watches. */
  private static final int FOLLOWED = 4;

  private final ApiClient api;
  private final long started = System.nanoTime();

  private Demo(ApiClient api) {
    this.api = api;
  }

  /** Takes no arguments; finds the running system by {@code local/target/session.json}. */
  public static void main(String[] arguments) throws IOException {
    Path root = Path.of("").toAbsolutePath();
    if (!Files.exists(Session.file(root))) {
      System.err.println("No running Berth found: start one with `make run` in another terminal.");
      System.exit(1);
    }
    Session session = Session.read(root);
    Demo demo = new Demo(new ApiClient(session.url(), Optional.of(session.apiKey())));
    demo.play(Files.readString(root.resolve("docs/examples/web.yaml")));
  }

  private void play(String sdl) {
    String dseq =
        step(
            "Create the deployment, deposit 5 USD",
            () -> expect(201, api.post("/v1/deployments", createBody(sdl))).get("dseq").asString(),
            created -> "dseq " + created);
    try {
      run(dseq);
    } finally {
      step(
          "Close it, the rest of the deposit comes back",
          () -> expect(200, api.delete("/v1/deployments/" + dseq)),
          closed -> "closed");
    }
    System.out.printf("%nThe whole job took %.1f s.%n", secondsSince(started));
  }

  private void run(String dseq) {
    List<JsonNode> bids =
        step(
            "Wait for bids",
            () ->
                until(
                    () -> list(expect(200, api.get("/v1/bids/" + dseq))),
                    found -> found.size() >= WANTED_BIDS),
            found -> String.join(", ", found.stream().map(Demo::price).toList()));
    JsonNode cheapest = bids.stream().min(Comparator.comparing(Demo::amount)).orElseThrow();
    step(
        "Take the cheapest, send the manifest",
        () -> expect(200, api.post("/v1/leases", leaseBody(cheapest.get("bid").get("id")))),
        leased -> leased.at("/leases/0/state").asString());
    step(
        "Wait until all replicas are ready",
        () -> until(() -> expect(200, api.get("/v1/deployments/" + dseq)), Demo::isReady),
        ready -> "https://" + uris(ready).getFirst());
    step(
        "Read its logs",
        () -> list(expect(200, api.get("/v1/deployments/" + dseq + "/logs?tail=1")).get("lines")),
        lines -> text(lines.getFirst(), "pod") + ": " + text(lines.getFirst(), "message"));
    step(
        "Follow its logs for some lines more",
        () -> api.firstLines("/v1/deployments/" + dseq + "/logs/stream?tail=1", FOLLOWED),
        List::getLast);
    step(
        "Read what the cluster reported",
        () -> list(expect(200, api.get("/v1/deployments/" + dseq + "/events")).get("events")),
        events -> events.size() + " events, the last: " + text(events.getLast(), "note"));
  }

  private static String text(JsonNode node, String name) {
    return node.get(name).asString();
  }

  private static Map<String, Object> createBody(String sdl) {
    return Map.of("data", Map.of("sdl", sdl, "deposit", 5));
  }

  private static Map<String, Object> leaseBody(JsonNode bid) {
    return Map.of(
        "leases",
        List.of(
            Map.of(
                "dseq", bid.get("dseq").asString(),
                "gseq", bid.get("gseq").asInt(),
                "oseq", bid.get("oseq").asInt(),
                "provider", bid.get("provider").asString())));
  }

  private static String price(JsonNode bid) {
    String provider = bid.at("/bid/id/provider").asString();
    return provider.substring(0, 12)
        + "… "
        + amount(bid).stripTrailingZeros().toPlainString()
        + " uact/block";
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

  private static JsonNode expect(int status, ApiClient.Answer answer) {
    if (answer.status() != status) {
      throw new IllegalStateException("the API answered " + answer.status() + ": " + answer.body());
    }
    return answer.data();
  }

  private static <T> T until(Supplier<T> read, Predicate<T> enough) {
    long start = System.nanoTime();
    T value = read.get();
    while (!enough.test(value)) {
      if (secondsSince(start) > PATIENCE.toSeconds()) {
        throw new IllegalStateException("gave up waiting; last seen: " + value);
      }
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

  private interface Describe<T> {
    String of(T value);
  }

  private static <T> T step(String title, Supplier<T> action, Describe<T> describe) {
    System.out.printf("%-46s", title + " …");
    long start = System.nanoTime();
    T value = action.get();
    System.out.printf("%5.1f s  %s%n", secondsSince(start), describe.of(value));
    return value;
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }
}
