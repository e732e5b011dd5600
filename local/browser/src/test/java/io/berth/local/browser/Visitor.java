package io.berth.local.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Someone at a browser: what they see is what the page's roles and names say. */
final class Visitor implements AutoCloseable {
  private static final Path SCREENSHOTS = Path.of("target/screenshots");

  private enum Screen {
    DESKTOP(1280, 800),
    PHONE(390, 844);

    private final int width;
    private final int height;

    Screen(int width, int height) {
      this.width = width;
      this.height = height;
    }

    /** Both, but each screen ends with another, so that axe sees each scheme once. */
    private List<ColorScheme> schemes() {
      return this == DESKTOP
          ? List.of(ColorScheme.LIGHT, ColorScheme.DARK)
          : List.of(ColorScheme.DARK, ColorScheme.LIGHT);
    }
  }

  private final BrowserContext context;
  private final Page page;
  private final List<String> faults = new ArrayList<>();

  Visitor(Browser browser, String url) {
    context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setBaseURL(url)
                .setPermissions(List.of("clipboard-read", "clipboard-write")));
    page = context.newPage();
    page.setDefaultTimeout(15_000);
    page.onPageError(faults::add);
    page.onConsoleMessage(
        message -> {
          if (message.text().contains("Content Security Policy")) {
            faults.add(message.text());
          }
        });
    resize(Screen.DESKTOP);
    page.navigate("/");
  }

  Page page() {
    return page;
  }

  /** Signs in by the identity provider, and waits for the page's first view. */
  Visitor signIn(String name) {
    press("Sign in");
    field("Somebody else").fill(name);
    press("Continue");
    sees(AriaRole.HEADING, "Deployments");
    return this;
  }

  /** Goes to the API keys by the profile menu. */
  Visitor atKeys() {
    page.locator("header button").click();
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("API Keys")).click();
    sees(AriaRole.HEADING, "API Keys");
    return this;
  }

  /** Makes a key on the page and takes it along. */
  String createKey(String name) {
    press("Create key");
    field("Name").fill(name);
    page.keyboard().press("Enter");
    sees(AriaRole.HEADING, "Save your key");
    String secret = field("API key").inputValue();
    press("Done");
    return secret;
  }

  void press(String button) {
    button(button).click();
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  Locator field(String label) {
    return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
  }

  Locator row(String name) {
    return page.getByRole(AriaRole.ROW)
        .filter(
            new Locator.FilterOptions()
                .setHas(
                    page.getByRole(
                        AriaRole.ROWHEADER,
                        new Page.GetByRoleOptions().setName(name).setExact(true))));
  }

  void sees(AriaRole role, String name) {
    assertThat(page.getByRole(role, new Page.GetByRoleOptions().setName(name).setExact(true)))
        .isVisible();
  }

  void reads(String text) {
    assertThat(page.getByText(text).first()).isVisible();
  }

  /**
   * Keeps what is seen as pictures, light and dark, on a desk and on a phone, and asks axe whether
   * everyone can use it.
   */
  void look(String state) {
    for (Screen screen : Screen.values()) {
      resize(screen);
      for (ColorScheme scheme : screen.schemes()) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        String name = "%s-%s-%s.png".formatted(state, screen, scheme).toLowerCase(Locale.ROOT);
        page.screenshot(
            new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name)).setFullPage(true));
      }
      assertThat(new AxeBuilder(page).analyze().getViolations())
          .as("%s on a %s", state, screen)
          .isEmpty();
      assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
          .as("%s fits a %s", state, screen)
          .isEqualTo(true);
    }
    resize(Screen.DESKTOP);
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
  }

  private void resize(Screen screen) {
    page.setViewportSize(screen.width, screen.height);
  }

  @Override
  public void close() {
    context.close();
    assertThat(faults).isEmpty();
  }
}
