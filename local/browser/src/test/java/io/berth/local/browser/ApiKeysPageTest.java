package io.berth.local.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.berth.local.browser.BrowserTown.Town;
import io.berth.local.browser.BrowserTown.User;
import io.berth.local.stack.ApiClient;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The API-keys page of AEP-63. */
@ExtendWith(BrowserTown.class)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ApiKeysPageTest {
  private Town town;
  private User user;
  private Visitor visitor;

  @BeforeEach
  void come(Town town) {
    this.town = town;
    this.user = town.user();
    this.visitor = town.visitor();
  }

  @AfterEach
  void leave() {
    visitor.close();
  }

  @Test
  void aKeyIsMadeCopiedUsedAndDeleted() {
    visitor.page().clock().install();
    visitor.signIn(user.name());
    visitor.atKeys();

    visitor.press("Create key");
    visitor.field("Name").fill("laptop");
    visitor.page().getByLabel("Expires").selectOption("In 30 days");
    visitor.look("create-key");
    visitor.page().keyboard().press("Enter");

    visitor.sees(AriaRole.HEADING, "Save your key");
    visitor.look("key-shown-once");
    String secret = visitor.field("API key").inputValue();
    visitor.press("Copy api key");
    visitor.reads("Copied to clipboard!");
    assertThat(visitor.page().evaluate("navigator.clipboard.readText()")).isEqualTo(secret);
    visitor.press("Copy command");
    assertThat((String) visitor.page().evaluate("navigator.clipboard.readText()"))
        .startsWith("curl ")
        .contains(secret);
    visitor.press("Done");
    assertThat(visitor.page().content()).doesNotContain(secret);

    assertThat(visitor.row("laptop")).containsText("Never");
    assertThat(visitor.row("laptop")).containsText("in 29 d 23 h");
    assertThat(town.caller(Optional.of(secret)).get("/v1/deployments").status()).isEqualTo(200);
    visitor.page().clock().fastForward(11_000);
    assertThat(visitor.row("laptop")).not().containsText("Never");
    visitor.look("keys");

    visitor.press("Delete laptop");
    visitor.look("delete-key");
    visitor.press("Delete");
    visitor.reads("API key laptop deleted.");
    assertThat(visitor.row("laptop")).hasCount(0);
    assertThat(visitor.row("first")).isVisible();
    assertThat(town.caller(Optional.of(secret)).get("/v1/deployments").status()).isEqualTo(401);
  }

  @Test
  void aRolledKeyHasASuccessorAndEndsWhenTold() {
    visitor.signIn(user.name()).atKeys();
    String old = visitor.createKey("laptop");

    visitor.press("Roll laptop");
    visitor.page().getByLabel("The old key stops").selectOption("At once");
    visitor.look("roll-key");
    visitor.press("Roll key");
    visitor.sees(AriaRole.HEADING, "Save your key");
    String successor = visitor.field("API key").inputValue();
    visitor.press("Done");

    assertThat(town.caller(Optional.of(successor)).get("/v1/deployments").status()).isEqualTo(200);
    assertThat(town.caller(Optional.of(old)).get("/v1/deployments").status()).isEqualTo(401);
  }

  @Test
  void aKeyForReadingOnlyIsShownSoAndCannotDoMore() {
    visitor.signIn(user.name()).atKeys();
    visitor.press("Create key");
    visitor.field("Name").fill("dashboard");
    visitor.page().getByLabel("Read only").check();
    visitor.page().keyboard().press("Enter");
    String secret = visitor.field("API key").inputValue();
    visitor.press("Done");

    assertThat(visitor.row("dashboard")).containsText("deployments:read");
    assertThat(visitor.row("first")).containsText("Full access");
    ApiClient reader = town.caller(Optional.of(secret));
    assertThat(reader.get("/v1/deployments").status()).isEqualTo(200);
    assertThat(reader.get("/v1/users/api-keys").status()).isEqualTo(403);
  }

  @Test
  void theNewestKeyComesFirst() {
    visitor.signIn(user.name());
    visitor.atKeys();
    visitor.createKey("newest");

    assertThat(visitor.page().getByRole(AriaRole.ROWHEADER))
        .hasText(new String[] {"newest", "first"});
  }

  @Test
  void aBlankOrOverlongNameIsNotSent() {
    visitor.signIn(user.name());
    visitor.atKeys();
    visitor.press("Create key");
    visitor.field("Name").fill("   ");
    visitor.page().keyboard().press("Enter");
    visitor.field("Name").fill("x".repeat(60));

    assertThat(visitor.field("Name")).hasValue("x".repeat(40));
    visitor.sees(AriaRole.HEADING, "Create API key");
    visitor.page().keyboard().press("Escape");
    assertThat(visitor.page().getByRole(AriaRole.DIALOG)).hasCount(0);
    assertThat(user.api().get("/v1/users/api-keys").data().size()).isEqualTo(1);
  }

  @Test
  void whatCannotBeLoadedIsSaidAndTriedAgain() {
    visitor.signIn(user.name());
    visitor
        .page()
        .route(
            "**/v1/users/api-keys",
            route ->
                route.fulfill(
                    new Route.FulfillOptions()
                        .setStatus(500)
                        .setContentType("application/json")
                        .setBody("{\"message\":\"Internal server error\"}")));
    visitor.atKeys();
    visitor.reads("Internal server error");
    visitor.look("keys-not-loaded");
    visitor.page().unroute("**/v1/users/api-keys");
    visitor.press("Try again");
    assertThat(visitor.row("first")).isVisible();
  }

  @Test
  void whileKeysAreOnTheirWayThePageSaysSo() {
    visitor.signIn(user.name());
    visitor.page().route("**/v1/users/api-keys", route -> {});
    visitor.atKeys();
    visitor.reads("Loading keys…");
    visitor.look("keys-loading");
  }

  @Test
  void aUserWithoutKeysIsToldWhatTheyAreFor() {
    visitor.signIn(user.name());
    visitor
        .page()
        .route(
            "**/v1/users/api-keys",
            route ->
                route.fulfill(
                    new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody("{\"data\":[]}")));
    visitor.atKeys();
    visitor.reads("No API keys yet.");
    visitor.look("keys-none");
  }

  @Test
  void oneUserNeverSeesAnothersKeys() {
    User other = town.user();
    other.api().post("/v1/users/api-keys", Map.of("data", Map.of("name", "theirs")));
    visitor.signIn(user.name());
    visitor.atKeys();
    assertThat(visitor.row("first")).hasCount(1);
    assertThat(visitor.row("theirs")).hasCount(0);
    try (Visitor second = town.visitor()) {
      second.signIn(other.name());
      second.atKeys();
      assertThat(second.row("theirs")).hasCount(1);
    }
  }
}
