package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.local.providers.ProviderSimulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Logs that are followed over HTTP, from providers that go on writing. */
@ExtendWith(RunningBerth.class)
@Timeout(120)
class LogStreamTest {

  @Test
  void showsLinesAsTheyComeUntilTheLeaseIsOver(RunningBerth.Town town) throws Exception {
    List<ProviderSimulator> providers = town.berth().providers().subList(0, 2);
    Leased leased = Leased.with(town.user(), Sdls.twoGroups(), providers);

    try (HttpClient client = HttpClient.newHttpClient();
        Events events = new Events(open(client, town, leased, "?tail=1", "text/event-stream"))) {
      events.untilLineOf("db");
      events.untilLineOf("web");
      String first = events.untilLineOf("web").get("receivedAt").asString();
      assertThat(events.untilLineOf("web").get("receivedAt").asString())
          .as("of a later block")
          .isGreaterThan(first);
      assertThat(events.seen).contains("lease following");

      leased.close();

      events.untilEnd();
      assertThat(events.seen)
          .endsWith("end over")
          .filteredOn(event -> event.equals("lease over"))
          .hasSize(2);
    }
  }

  @Test
  void showsPlainTextToWhoeverAcceptsIt(RunningBerth.Town town) throws Exception {
    Leased leased =
        Leased.with(town.user(), Sdls.small(), List.of(town.berth().providers().getFirst()));

    try (HttpClient client = HttpClient.newHttpClient();
        BufferedReader lines = reader(open(client, town, leased, "", "text/plain"))) {
      List<String> until =
          lines.lines().takeWhile(line -> !line.matches("web-\\S+ \\| .*")).toList();
      assertThat(until).allMatch(line -> line.startsWith("#"));
    }
    leased.close();
  }

  @Test
  void refusesWhatItCannotFollow(RunningBerth.Town town) {
    Leased leased =
        Leased.with(town.user(), Sdls.small(), List.of(town.berth().providers().getFirst()));

    assertThat(leased.get("/logs/stream?service=nix").status()).isEqualTo(404);
    assertThat(leased.get("/logs/stream?tail=0").status()).isEqualTo(400);
    assertThat(new Leased(town.user(), leased.dseq()).get("/logs/stream").status())
        .as("another's deployment")
        .isEqualTo(404);
    leased.close();
  }

  private static HttpRequest request(
      RunningBerth.Town town, Leased leased, String query, String accept) {
    String path = "/v1/deployments/" + leased.dseq() + "/logs/stream" + query;
    return HttpRequest.newBuilder(URI.create(town.berth().url() + path))
        .header("x-api-key", leased.user().apiKey())
        .header("Accept", accept)
        .build();
  }

  private static InputStream open(
      HttpClient client, RunningBerth.Town town, Leased leased, String query, String accept)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        client.send(request(town, leased, query, accept), BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type").orElse("")).startsWith(accept);
    assertThat(response.headers().firstValue("x-request-id")).isPresent();
    return response.body();
  }

  private static BufferedReader reader(InputStream body) {
    return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }

  /** Server-sent events, read one by one. */
  private static final class Events implements AutoCloseable {
    private final BufferedReader lines;
    private final List<String> seen = new ArrayList<>();

    Events(InputStream body) {
      this.lines = reader(body);
    }

    JsonNode untilLineOf(String service) throws IOException {
      while (true) {
        JsonNode data = next("line");
        if (data.get("service").asString().equals(service)) {
          return data;
        }
      }
    }

    void untilEnd() throws IOException {
      next("end");
      assertThat(lines.lines().filter(line -> !line.isEmpty())).isEmpty();
    }

    private JsonNode next(String wanted) throws IOException {
      String name = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("event: ")) {
          name = line.substring("event: ".length());
        } else if (line.startsWith("data: ")) {
          JsonNode data = JsonMapper.shared().readTree(line.substring("data: ".length()));
          seen.add(name + " " + data.path("state").asString(data.path("reason").asString("")));
          if (name.equals(wanted)) {
            return data;
          }
        }
      }
      throw new AssertionError("the stream ended before " + wanted + ": " + seen);
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
