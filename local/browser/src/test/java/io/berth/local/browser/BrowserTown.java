package io.berth.local.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import io.berth.local.oidc.LocalIdentityProvider;
import io.berth.local.stack.ApiClient;
import io.berth.local.stack.LocalBerth;
import io.berth.local.stack.LocalOptions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One local system and one browser for all tests of this JVM. Where the machine has no browser, or
 * no Node to build the page and drive the browser, the tests are skipped and say so.
 */
final class BrowserTown implements ParameterResolver, ExecutionCondition {
  private static final Duration BLOCK_TIME = Duration.ofMillis(300);
  private static final List<String> CHROMIUM =
      List.of("chromium", "chromium-browser", "google-chrome");

  /** As root there is no sandbox, and nothing is to be asked of hosts far away. */
  private static final List<String> FLAGS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  /** What tests are given. */
  static final class Town implements AutoCloseable {
    private final LocalIdentityProvider identityProvider = LocalIdentityProvider.start();
    private final LocalBerth berth =
        LocalBerth.start(
            new LocalOptions(root(), 0, BLOCK_TIME, Optional.empty())
                .with(LocalOptions.IdentityProvider.of(identityProvider)));
    private final Playwright playwright;
    private final Browser browser;
    private final AtomicInteger users = new AtomicInteger();

    private Town(Path node, Path chromium) {
      playwright =
          Playwright.create(
              new Playwright.CreateOptions()
                  .setEnv(
                      Map.of(
                          "PLAYWRIGHT_NODEJS_PATH",
                          node.toString(),
                          "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                          "1")));
      browser =
          playwright
              .chromium()
              .launch(new BrowserType.LaunchOptions().setExecutablePath(chromium).setArgs(FLAGS));
    }

    /** A user with 20 USD and an API key. */
    User user() {
      String id = "person-" + users.incrementAndGet();
      berth.users().activate(id, 20_000_000);
      String key = berth.users().apiKey(id, "first", Optional.empty());
      return new User(id, key, new ApiClient(berth.url(), Optional.of(key)));
    }

    /** Someone without a key, or with one that is still to be tried. */
    ApiClient caller(Optional<String> apiKey) {
      return new ApiClient(berth.url(), apiKey);
    }

    /** Someone at a browser of their own, at Berth's front door. */
    Visitor visitor() {
      return new Visitor(browser, berth.url());
    }

    @Override
    public void close() {
      playwright.close();
      berth.close();
      identityProvider.close();
    }
  }

  /**
   * Somebody with an account.
   *
   * @param name by which the identity provider knows them
   */
  record User(String name, String apiKey, ApiClient api) {}

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (program(List.of("node")).isEmpty()
        || BrowserTown.class.getResource("/io/berth/ui/app.js") == null) {
      return ConditionEvaluationResult.disabled(
          "there is no Node 20 here, so there is no page; to have it: apt-get install nodejs npm");
    }
    return program(CHROMIUM).isEmpty()
        ? ConditionEvaluationResult.disabled(
            "there is no browser here; to have one: apt-get install chromium")
        : ConditionEvaluationResult.enabled("there is a browser");
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Town.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(BrowserTown.class))
        .computeIfAbsent(
            Town.class,
            type ->
                new Town(program(List.of("node")).orElseThrow(), program(CHROMIUM).orElseThrow()),
            Town.class);
  }

  /** The first of some programs that is on the path. */
  private static Optional<Path> program(List<String> names) {
    return names.stream()
        .flatMap(
            name ->
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                    .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** A web server and a cache, as in the guide. */
  static String exampleSdl() throws IOException {
    return Files.readString(root().resolve("docs/examples/web.yaml"));
  }

  /** The checkout: tests run in local/browser. */
  static Path root() {
    return Path.of("").toAbsolutePath().getParent().getParent();
  }
}
