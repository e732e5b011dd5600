package io.berth.local.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Someone at a browser: what they see is what the page's roles and names say. */
final class Visitor implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;
  private static final Path SCREENSHOTS = Path.of("target/screenshots");

  /** Between them both sizes and both schemes of colours. */
  private enum Screen {
    DESKTOP(1280, 800, ColorScheme.LIGHT),
    PHONE(390, 844, ColorScheme.DARK);

    private final int width;
    private final int height;
    private final ColorScheme scheme;

    Screen(int width, int height, ColorScheme scheme) {
      this.width = width;
      this.height = height;
      this.scheme = scheme;
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
    page.setDefaultTimeout(PATIENCE_MILLIS);
    // Longer than the page takes to look again, and then a busy machine.
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    page.onPageError(faults::add);
    page.onConsoleMessage(
        message -> {
          if (message.text().contains("Content Security Policy")) {
            faults.add(message.text());
          }
        });
    turnTo(Screen.DESKTOP);
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
   * Keeps what is seen as pictures, light on a desk and dark on a phone, and asks axe whether
   * everyone can use it.
   */
  void look(String state) {
    for (Screen screen : Screen.values()) {
      turnTo(screen);
      page.screenshot(
          new Page.ScreenshotOptions().setPath(picture(state, screen)).setFullPage(true));
      // Nothing here is in frames, so axe need not look across them, which takes a page more.
      assertThat(new AxeBuilder(page).setLegacyMode(true).analyze().getViolations())
          .as("%s on a %s", state, screen)
          .isEmpty();
      assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
          .as("%s fits a %s", state, screen)
          .isEqualTo(true);
    }
    turnTo(Screen.DESKTOP);
  }

  private static Path picture(String state, Screen screen) {
    return SCREENSHOTS.resolve(
        "%s-%s-%s.png".formatted(state, screen, screen.scheme).toLowerCase(Locale.ROOT));
  }

  private void turnTo(Screen screen) {
    page.setViewportSize(screen.width, screen.height);
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(screen.scheme));
  }

  @Override
  public void close() {
    context.close();
    assertThat(faults).isEmpty();
  }
}
