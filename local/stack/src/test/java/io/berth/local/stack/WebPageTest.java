package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.berth.local.stack.RunningBerth.Town;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page's files as the gateway serves them; how it works is tried in local/browser. */
@ExtendWith(RunningBerth.class)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class WebPageTest {
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void thePageRunsNothingThatIsNotItsOwn(Town town) throws Exception {
    HttpResponse<String> page = ask(town, "GET", "/");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("content-security-policy"))
        .hasValueSatisfying(
            policy ->
                assertThat(policy)
                    .startsWith("default-src 'none'; script-src 'self'; ")
                    .contains("frame-ancestors 'none'")
                    .doesNotContain("unsafe", "*", "data:"));
    assertThat(page.headers().firstValue("x-content-type-options")).hasValue("nosniff");
    assertThat(page.headers().firstValue("cache-control")).hasValue("no-cache");
  }

  @Test
  void thePageIsToldHowOftenBlocksCome(Town town) throws Exception {
    HttpResponse<String> config = ask(town, "GET", "/config.json");

    assertThat(config.headers().firstValue("content-type")).hasValue("application/json");
    assertThat(config.body()).contains("\"blockSeconds\":0.3");
  }

  @Test
  void thePageIsOnlyRead(Town town) throws Exception {
    assertThat(ask(town, "POST", "/").statusCode()).isEqualTo(405);
    assertThat(ask(town, "HEAD", "/").body()).isEmpty();
  }

  @Test
  void whatIsNoPageIsTheApis(Town town) throws Exception {
    assertThat(ask(town, "GET", "/nowhere").body()).contains("\"code\":\"not_found\"");
  }

  private HttpResponse<String> ask(Town town, String method, String path) throws Exception {
    assumeTrue(
        WebPage.class.getResource("/io/berth/ui/app.js") != null,
        "the page was not built; to have it: apt-get install nodejs npm");
    return http.send(
        HttpRequest.newBuilder(URI.create(town.berth().url() + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
