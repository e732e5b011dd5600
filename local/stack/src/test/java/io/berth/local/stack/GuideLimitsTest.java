package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.lifecycle.LifecycleTimes;
import io.berth.http.ApiRequest;
import io.berth.sdl.Sdl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The numbers in the guide's table of limits are those of the code and of the API document. */
class GuideLimitsTest {
  private static String limits;

  @BeforeAll
  static void read() throws IOException {
    limits = SourceFiles.text(Path.of("docs/guide/limits.md"));
  }

  @Test
  void statesTheSizeOfBodiesAndSdls() {
    assertRow("request body", ApiRequest.BODY_LIMIT / 1024 + " KiB");
    assertRow("SDL", Sdl.MAX_BYTES / 1024 + " KiB");
  }

  @Test
  void statesTheLimitsOfReadingLogsAndEvents() {
    JsonNode logs = exampleCaps("/v1/deployments/{dseq}/logs");
    JsonNode events = exampleCaps("/v1/deployments/{dseq}/events");

    assertRow("one response of logs", grouped(logs, "lines") + " lines, " + rest(logs));
    assertRow(
        "one response of events",
        grouped(events, "events") + " events read from providers, " + rest(events));
  }

  @Test
  void statesTheLimitsOfKeysTokensAndBids() {
    JsonNode name = requestField("/v1/users/api-keys", "name").get("maxLength");
    JsonNode ttl = requestField("/v1/create-jwt-token", "ttl").get("maximum");

    assertRow("name of an API key", name.asInt() + " characters");
    assertThat(ttl.asInt()).isEqualTo(3600);
    assertRow("lifetime of a provider token", "an hour");
    assertRow(
        "time to choose bids", LifecycleTimes.standard().bidWindow().toSeconds() + " seconds");
  }

  private static void assertRow(String item, String limit) {
    assertThat(limits).contains("| " + item + " | " + limit + " |");
  }

  private static JsonNode exampleCaps(String path) {
    return operation("get", path).at("/responses/200/content/application~1json/example/data/caps");
  }

  private static JsonNode requestField(String path, String field) {
    return operation("post", path)
        .at("/requestBody/content/application~1json/schema/properties/data/properties")
        .get(field);
  }

  private static JsonNode operation(String method, String path) {
    return OpenApi.ours().document().get("paths").get(path).get(method);
  }

  private static String grouped(JsonNode caps, String member) {
    return String.format(Locale.ROOT, "%,d", caps.get(member).asInt());
  }

  private static String rest(JsonNode caps) {
    return (caps.get("bytes").asInt() >> 20) + " MiB, " + caps.get("seconds").asInt() + " seconds";
  }
}
