package io.berth.local.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.berth.local.browser.BrowserTown.Town;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The guide as people read it. */
@ExtendWith(BrowserTown.class)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class GuideSiteTest {

  @Test
  void whoeverChoosesALanguageReadsAllPagesInIt(Town town) {
    try (Visitor visitor = town.visitor()) {
      Page page = visitor.page();
      page.navigate("/guide/");
      visitor.sees(AriaRole.HEADING, "Berth");
      visitor.look("guide");
      page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Guide"))
          .getByText("Deploy in one call")
          .click();
      visitor.sees(AriaRole.HEADING, "Deploy in one call");
      assertThat(page.getByText("created=$(")).isVisible();
      page.getByText("Python", new Page.GetByTextOptions().setExact(true)).first().click();
      assertThat(page.getByText("import uuid")).isVisible();
      assertThat(page.getByText("created=$(")).isHidden();
      visitor.look("guide-task");

      page.navigate("/guide/close.html");
      assertThat(page.getByText("from berth import call")).isVisible();
    }
  }

  @Test
  void errorsAreListedAsTheApiSaysThem(Town town) {
    try (Visitor visitor = town.visitor()) {
      visitor.page().navigate("/guide/errors.html");
      visitor.reads("Not enough balance to cover the deployment deposit.");
      visitor.reads("outcome_unknown");
      visitor.look("guide-errors");
    }
  }
}
