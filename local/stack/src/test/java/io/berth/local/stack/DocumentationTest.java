package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.local.stack.ApiClient.Answer;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The API shows its own document to everyone, as text and as a page. */
@ExtendWith(RunningBerth.class)
class DocumentationTest {
  private static final Pattern LINK = Pattern.compile("(?:src|href)=\"([^\"]+)\"");

  @Test
  void servesTheVeryDocumentThatTestsHoldAnswersTo(RunningBerth.Town town) {
    Answer answer = town.stranger(Optional.empty()).get("/v1/doc");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers()).containsEntry("content-type", "application/json");
    assertThat(answer.body().get("openapi").asString()).startsWith("3.1");
    for (String part : new String[] {"info", "paths", "components", "security"}) {
      assertThat(answer.body().get(part)).isEqualTo(OpenApi.ours().document().get(part));
    }
  }

  @Test
  void aPathOfTheDocumentLeadsBackToTheApiUnderAnyStage(RunningBerth.Town town) {
    Answer answer = town.stranger(Optional.empty()).get("/v1/doc?scope=console");
    String server = answer.body().at("/servers/0/url").asString();

    assertThat(URI.create("https://a.example/live/v1/doc").resolve(server + "/"))
        .isEqualTo(URI.create("https://a.example/live/"));
    assertThat(URI.create("https://a.example/v1/doc").resolve(server + "/"))
        .isEqualTo(URI.create("https://a.example/"));
  }

  @Test
  void theSwaggerPageHasEverythingItLinksAndLinksNothingElsewhere(RunningBerth.Town town) {
    ApiClient nobody = town.stranger(Optional.empty());
    Answer page = nobody.get("/v1/swagger");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.headers().get("content-type")).startsWith("text/html");
    assertThat(page.headers().get("content-security-policy")).startsWith("default-src 'self'");

    LINK.matcher(page.body().asString())
        .results()
        .map(match -> match.group(1))
        .filter(link -> !link.startsWith("data:"))
        .forEach(
            link -> {
              URI where = URI.create("http://localhost/v1/swagger").resolve(link);
              assertThat(where.getHost()).isEqualTo("localhost");
              assertThat(nobody.get(where.getPath()).status()).as(link).isEqualTo(200);
            });
    assertThat(nobody.get("/v1/swagger/swagger-ui-bundle.js").body().asString())
        .contains("SwaggerUIBundle");
  }

  @Test
  void thePageHasNoOtherFiles(RunningBerth.Town town) {
    ApiClient nobody = town.stranger(Optional.empty());
    for (String file : new String[] {"index.html", "..%2f..%2fopenapi.yaml", "page.html"}) {
      assertThat(nobody.get("/v1/swagger/" + file).status()).as(file).isEqualTo(404);
    }
  }
}
