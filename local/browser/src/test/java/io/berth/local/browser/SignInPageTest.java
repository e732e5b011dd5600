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
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Coming, staying and going. */
@ExtendWith(BrowserTown.class)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SignInPageTest {

  @Test
  void oneClickAtTheLocalProviderAndOneIsTheDemoUser(Town town) {
    try (Visitor visitor = town.visitor()) {
      visitor.sees(AriaRole.HEADING, "Berth");
      visitor.look("signed-out");
      visitor.press("Sign in");
      visitor.sees(AriaRole.HEADING, "Who would you like to be?");
      visitor.look("identity-provider");
      visitor.press("Continue as Demo");
      visitor.sees(AriaRole.HEADING, "Deployments");
      assertThat(visitor.button("Demo")).isVisible();
      assertThat(visitor.page().url()).endsWith("/");
    }
  }

  @Test
  void whoeverSignsInForTheFirstTimeGetsAWalletAndCanDeploy(Town town) throws Exception {
    try (Visitor visitor = town.visitor()) {
      visitor.signIn("newcomer");
      String secret = visitor.atKeys().createKey("first");
      ApiClient api = town.caller(Optional.of(secret));
      Map<String, Object> deployment =
          Map.of("data", Map.of("sdl", BrowserTown.exampleSdl(), "deposit", 1));
      ApiClient.Answer answer = api.post("/v1/deployments", deployment);
      while (answer.status() == 409) { // The wallet is being activated.
        LockSupport.parkNanos(200_000_000);
        answer = api.post("/v1/deployments", deployment);
      }
      assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    }
  }

  @Test
  void noTokenIsKeptWhereAnotherScriptOrVisitCouldReadIt(Town town) {
    try (Visitor visitor = town.visitor()) {
      visitor.signIn(town.user().name());
      assertThat(visitor.page().evaluate("localStorage.length + sessionStorage.length"))
          .isEqualTo(0);
      assertThat(visitor.page().evaluate("document.cookie")).isEqualTo("");
      visitor.page().reload();
      visitor.sees(AriaRole.HEADING, "Berth");
    }
  }

  @Test
  void signingOutForgetsWhoItWas(Town town) {
    try (Visitor visitor = town.visitor()) {
      User user = town.user();
      visitor.signIn(user.name());
      visitor.press(user.name());
      visitor.press("Sign out");
      visitor.sees(AriaRole.HEADING, "Berth");
      visitor.signIn(town.user().name());
      assertThat(visitor.button(user.name())).hasCount(0);
    }
  }

  @Test
  void aSessionEndsWithItsToken(Town town) {
    try (Visitor visitor = town.visitor()) {
      visitor.page().clock().install();
      visitor.signIn(town.user().name());
      visitor.page().clock().fastForward("02:00:00");
      visitor.reads("Your session has ended.");
      visitor.look("session-ended");
    }
  }

  @Test
  void aTokenThatBerthNoLongerTakesEndsTheSession(Town town) {
    try (Visitor visitor = town.visitor()) {
      visitor.signIn(town.user().name());
      visitor
          .page()
          .route(
              "**/v1/users/api-keys",
              route -> route.fulfill(new Route.FulfillOptions().setStatus(401).setBody("{}")));
      visitor.page().evaluate("location.hash = '#/api-keys'");
      visitor.reads("Your session has ended.");
    }
  }

  @Test
  void aSignInThatFailsIsSaid(Town town) {
    try (Visitor visitor = town.visitor()) {
      visitor.page().navigate("/?error=access_denied&state=forged");
      visitor.page().getByRole(AriaRole.ALERT).waitFor();
      visitor.look("sign-in-failed");
      visitor.press("Try again");
      visitor.sees(AriaRole.HEADING, "Berth");
      assertThat(visitor.button("Sign in")).isVisible();
    }
  }

  @Test
  void withoutAnIdentityProviderPeopleComeWithAKey(Town town) {
    try (Visitor visitor = town.visitor()) {
      visitor
          .page()
          .route(
              "**/config.json",
              route ->
                  route.fulfill(
                      new Route.FulfillOptions()
                          .setContentType("application/json")
                          .setBody("{\"blockSeconds\":6,\"identityProvider\":null}")));
      visitor.page().reload();
      visitor.field("API key").fill("ac.sk.local.wrong");
      visitor.press("Sign in");
      visitor.reads("Berth does not know this key.");
      visitor.look("sign-in-by-key");
      visitor.field("API key").fill(town.user().apiKey());
      visitor.press("Sign in");
      visitor.sees(AriaRole.HEADING, "Deployments");
      visitor.press("Account");
      visitor.press("Sign out");
      visitor.sees(AriaRole.HEADING, "Berth");
    }
  }

  @Test
  void theProfileMenuIsWorkedByKeyboard(Town town) {
    try (Visitor visitor = town.visitor()) {
      String name = town.user().name();
      visitor.signIn(name);
      visitor.button(name).focus();
      visitor.page().keyboard().press("Enter");
      visitor.sees(AriaRole.LINK, "API Keys");
      visitor.look("profile-menu");
      visitor.page().keyboard().press("Escape");
      assertThat(visitor.button(name)).isFocused();
      visitor.page().keyboard().press("Enter");
      visitor.page().keyboard().press("Tab");
      visitor.page().keyboard().press("Enter");
      visitor.sees(AriaRole.HEADING, "API Keys");
    }
  }
}
