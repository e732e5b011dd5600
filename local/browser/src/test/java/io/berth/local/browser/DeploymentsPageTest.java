package io.berth.local.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.berth.local.browser.BrowserTown.Town;
import io.berth.local.browser.BrowserTown.User;
import io.berth.local.stack.ApiClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What runs, what it costs, and how long its money lasts. */
@ExtendWith(BrowserTown.class)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class DeploymentsPageTest {
  /** 5 and 2 USD, and at most some cents spent. */
  private static final Pattern LEFT_AFTER_FUNDING = Pattern.compile("^\\$(7\\.00|6\\.9\\d) left");

  @Test
  void withoutDeploymentsThePageSaysHowToBegin(Town town) {
    try (Visitor visitor = town.visitor()) {
      visitor.signIn(town.user().name());
      visitor.reads("Nothing is deployed.");
      visitor.look("deployments-none");
    }
  }

  @Test
  void aDeploymentIsWatchedFundedAndClosed(Town town) throws IOException {
    User user = town.user();
    String dseq = deployed(user);
    try (Visitor visitor = town.visitor()) {
      visitor.signIn(user.name());
      visitor.reads("$15.00"); // of 20 USD, 5 are in the deployment
      assertThat(visitor.row(dseq)).containsText("active");
      assertThat(visitor.row(dseq)).containsText("/ hour");
      assertThat(visitor.row(dseq)).containsText("left, enough for");
      visitor.look("deployments");

      visitor.page().getByRole(AriaRole.LINK, named(dseq)).click();
      visitor.reads("2 of 2 ready");
      visitor.reads("Wait until it runs");
      assertThat(visitor.page().getByText("succeeded")).isVisible();
      assertThat(
              visitor
                  .page()
                  .getByRole(AriaRole.REGION, named("List of events"))
                  .getByRole(AriaRole.ROW))
          .not()
          .hasCount(1);
      visitor.reads("Successfully pulled image");
      visitor.press("Follow logs");
      Locator log = visitor.page().getByRole(AriaRole.LOG);
      assertThat(log).containsText("web-");
      String lines = log.textContent();
      assertThat(log).not().hasText(lines); // a later block's lines came by themselves
      visitor.look("deployment");
      visitor.press("Stop");

      visitor.press("Add funds");
      visitor.page().getByLabel("Amount in US dollars").fill("2");
      visitor.look("add-funds");
      visitor.page().keyboard().press("Enter");
      visitor.reads("Funds added.");
      assertThat(visitor.page().getByText(LEFT_AFTER_FUNDING)).isVisible();

      visitor.press("Close");
      visitor.look("close-deployment");
      visitor.press("Close deployment");
      visitor.reads("The deployment is closed");
      assertThat(visitor.button("Add funds")).hasCount(0);
      visitor.look("deployment-closed");
    }
    assertThat(state(user.api(), dseq)).isEqualTo("closed");
  }

  @Test
  void itsStepsMoveOnWhileOneWatches(Town town) throws IOException {
    User user = town.user();
    String dseq =
        user.api()
            .post(
                "/v1/deployments",
                Map.of("data", Map.of("sdl", BrowserTown.exampleSdl(), "deposit", 5)))
            .data()
            .get("dseq")
            .asString();
    JsonNode bid =
        until(user.api(), "/v1/bids/" + dseq, found -> !found.isEmpty()).get(0).at("/bid/id");
    try (Visitor visitor = town.visitor()) {
      visitor.signIn(user.name());
      visitor.page().evaluate("dseq => location.hash = '#/deployments/' + dseq", dseq);
      assertThat(visitor.page().locator("[aria-current=step]"))
          .containsText("Wait for bids and choose");
      visitor.look("deployment-waits-for-bids");

      ApiClient.Answer leased =
          user.api()
              .post(
                  "/v1/leases",
                  Map.of(
                      "leases",
                      List.of(
                          Map.of(
                              "dseq", dseq,
                              "gseq", bid.get("gseq").asInt(),
                              "oseq", bid.get("oseq").asInt(),
                              "provider", bid.get("provider").asString()))));
      assertThat(leased.status()).as(leased.toString()).isEqualTo(200);

      visitor.reads("Wait until it runs");
      visitor.reads("2 of 2 ready");
      assertThat(visitor.page().getByText("succeeded")).isVisible();
    }
    assertThat(user.api().delete("/v1/deployments/" + dseq).status()).isEqualTo(200);
  }

  @Test
  void usageTellsTheBalanceAndWhatAWeekCosts(Town town) {
    try (Visitor visitor = town.visitor()) {
      User user = town.user();
      visitor.signIn(user.name());
      visitor.press(user.name());
      visitor.page().getByRole(AriaRole.LINK, named("Usage")).click();
      visitor.sees(AriaRole.HEADING, "Usage");
      visitor.reads("$20.00");
      visitor.reads("A week at this rate");
      visitor.look("usage");
    }
  }

  @Test
  void aDeploymentThatIsNotThereIsSaid(Town town) {
    try (Visitor visitor = town.visitor()) {
      visitor.signIn(town.user().name());
      visitor.page().evaluate("location.hash = '#/deployments/123'");
      visitor.reads("Deployment not found");
      visitor.look("deployment-not-found");
    }
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  private static String state(ApiClient api, String dseq) {
    return api.get("/v1/deployments/" + dseq).data().at("/deployment/state").asString();
  }

  /** The example from the guide, deployed with one call, and ready. */
  private static String deployed(User user) throws IOException {
    String dseq =
        user.api()
            .post(
                "/v1/deployments",
                Map.of(
                    "data",
                    Map.of(
                        "sdl", BrowserTown.exampleSdl(),
                        "deposit", 5,
                        "bidSelection", Map.of("strategy", "first"))))
            .data()
            .get("dseq")
            .asString();
    until(
        user.api(),
        "/v1/deployments/" + dseq,
        found -> found.at("/leases/0/status/services/web/ready_replicas").asInt() == 2);
    return dseq;
  }

  private static JsonNode until(ApiClient api, String path, Predicate<JsonNode> wanted) {
    JsonNode data = api.get(path).data();
    while (!wanted.test(data)) {
      LockSupport.parkNanos(100_000_000);
      data = api.get(path).data();
    }
    return data;
  }
}
