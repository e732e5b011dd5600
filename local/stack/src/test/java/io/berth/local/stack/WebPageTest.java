package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.berth.local.gateway.TemplateInputs;
import io.berth.local.stack.RunningBerth.Town;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  /** The page is tried here, so what it may load here is what it may load there. */
  @Test
  void theCloudProtectsThePageAsItIsProtectedHere(Town town) throws Exception {
    String here =
        ask(town, "GET", "/").headers().firstValue("content-security-policy").orElseThrow();
    String provider = town.identityProvider().asBerthSeesIt().issuer();

    assertThat(protectionInTheCloud(Map.of("OidcIssuer", provider.replace("http:", "https:"))))
        .isEqualTo(here.replace("http:", "https:"));
    assertThat(protectionInTheCloud(Map.of()))
        .doesNotContain("http")
        .contains("connect-src 'self';");
    assertThat(protectionInTheCloud(Map.of("SignInDomain", "berth")))
        .contains(
            "connect-src 'self' https://cognito-idp.us-east-1.amazonaws.com"
                + " https://berth.auth.us-east-1.amazoncognito.com;");
  }

  private static String protectionInTheCloud(Map<String, String> parameters) {
    Map<String, String> all = new HashMap<>(parameters);
    all.put("NodeUri", "http://localhost:1");
    return ContractTest.template()
        .with(TemplateInputs.local().withParameters(all))
        .resources("AWS::CloudFront::ResponseHeadersPolicy")
        .getFirst()
        .property(
            "ResponseHeadersPolicyConfig",
            "SecurityHeadersConfig",
            "ContentSecurityPolicy",
            "ContentSecurityPolicy")
        .orElseThrow();
  }

  /** Cognito refuses a sign-in that asks for more. */
  @Test
  void theUserPoolGivesThePageWhatItAsksFor() throws Exception {
    Matcher asked =
        Pattern.compile("scope: '([a-z ]+)'")
            .matcher(Files.readString(RunningBerth.root().resolve("ui/src/session.ts")));

    assertThat(asked.find()).isTrue();
    assertThat(Files.readString(RunningBerth.root().resolve("template.yaml")))
        .contains("AllowedOAuthScopes: [" + asked.group(1).replace(" ", ", ") + "]");
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
