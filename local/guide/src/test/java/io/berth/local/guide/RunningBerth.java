package io.berth.local.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.local.stack.ApiClient;
import io.berth.local.stack.LocalBerth;
import io.berth.local.stack.LocalOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import tools.jackson.databind.JsonNode;

/** One local system for all tests of this JVM, started at the first use and stopped at the end. */
final class RunningBerth implements ParameterResolver {
  private static final Duration BLOCK_TIME = Duration.ofMillis(300);
  private static final Map<String, Object> RULES = Map.of("strategy", "cheapest", "minBids", 2);

  /** What tests are given. */
  static final class Town implements AutoCloseable {
    private final LocalBerth berth =
        LocalBerth.start(new LocalOptions(root(), 0, BLOCK_TIME, Optional.empty()));
    private final AtomicInteger users = new AtomicInteger();

    /** A reader with 100 USD and an API key. */
    Reader reader() {
      String id = "reader-" + users.incrementAndGet();
      berth.users().activate(id, 100_000_000);
      return new Reader(berth.url(), berth.users().apiKey(id, "guide", Optional.empty()));
    }

    @Override
    public void close() {
      berth.close();
    }
  }

  /**
   * Somebody who follows the guide.
   *
   * @param url where their Berth answers
   */
  record Reader(String url, String apiKey) {

    /** Them, looking after what their programs did. */
    ApiClient api() {
      return new ApiClient(url, Optional.of(apiKey));
    }

    /** What their programs find in the environment. */
    Map<String, String> environment() {
      return Map.of("BERTH_URL", url, "BERTH_KEY", apiKey);
    }

    /**
     * Deploys the example.
     *
     * @return its dseq, once everything runs
     */
    String deploy() throws IOException {
      String sdl = Files.readString(root().resolve("docs/examples/web.yaml"));
      JsonNode created =
          api()
              .post(
                  "/v1/deployments",
                  Map.of("data", Map.of("sdl", sdl, "deposit", 5, "bidSelection", RULES)))
              .data();
      String operation = "/v1/operations/" + created.at("/operation/id").asString() + "?wait=20";
      JsonNode ended = api().get(operation).data();
      assertThat(ended.at("/result/ready").asBoolean()).as(ended.toString()).isTrue();
      return created.get("dseq").asString();
    }

    /** Whether a deployment is there and active. */
    boolean isRunning(String dseq) {
      return api()
          .get("/v1/deployments/" + dseq)
          .data()
          .at("/deployment/state")
          .asString("")
          .equals("active");
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Town.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(RunningBerth.class))
        .computeIfAbsent(Town.class, type -> new Town(), Town.class);
  }

  /** The checkout: tests run in local/guide. */
  static Path root() {
    return Path.of("").toAbsolutePath().getParent().getParent();
  }
}
