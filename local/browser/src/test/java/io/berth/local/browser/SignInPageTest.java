package io.berth.local.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import io.berth.local.browser.BrowserTown.Town;
import io.berth.local.browser.BrowserTown.User;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Coming, staying and going. */
@ExtendWith(BrowserTown.class)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SignInPageTest {

  @Test
  void anUnknownKeyIsToldApartAndAKnownOneOpens(Town town) {
    try (Visitor visitor = town.visitor()) {
      visitor.sees(AriaRole.HEADING, "Berth");
      visitor.look("signed-out");
      visitor.signIn("ac.sk.local.wrong");
      visitor.reads("Berth does not know this key.");
      visitor.signIn(town.user().apiKey());
      visitor.sees(AriaRole.HEADING, "Deployments");
    }
  }

  @Test
  void aSessionThatEndedIsSaid(Town town) {
    User user = town.user();
    try (Visitor visitor = town.visitor()) {
      visitor.signIn(user.apiKey());
      visitor.sees(AriaRole.HEADING, "Deployments");
      String id = user.api().get("/v1/users/api-keys").data().get(0).get("id").asString();
      user.api().delete("/v1/users/api-keys/" + id);
      visitor.page().evaluate("location.hash = '#/api-keys'");
      visitor.reads("Your session has ended.");
      visitor.look("session-ended");
    }
  }

  @Test
  void signingOutForgetsWhoItWas(Town town) {
    try (Visitor visitor = town.visitor()) {
      visitor.signIn(town.user().apiKey());
      visitor.press("Account");
      visitor.press("Sign out");
      visitor.sees(AriaRole.HEADING, "Berth");
      visitor.page().reload();
      visitor.sees(AriaRole.HEADING, "Berth");
      assertThat(visitor.page().evaluate("localStorage.length + sessionStorage.length"))
          .isEqualTo(0);
    }
  }

  @Test
  void theProfileMenuIsWorkedByKeyboard(Town town) {
    try (Visitor visitor = town.visitor()) {
      visitor.signIn(town.user().apiKey());
      visitor.button("Account").focus();
      visitor.page().keyboard().press("Enter");
      visitor.sees(AriaRole.LINK, "API Keys");
      visitor.look("profile-menu");
      visitor.page().keyboard().press("Escape");
      assertThat(visitor.button("Account")).isFocused();
      visitor.page().keyboard().press("Enter");
      visitor.page().keyboard().press("Tab");
      visitor.page().keyboard().press("Enter");
      visitor.sees(AriaRole.HEADING, "API Keys");
    }
  }
}
