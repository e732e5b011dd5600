package io.berth.local.stack;

import static io.berth.local.stack.RunningBerth.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.local.providers.Persona;
import io.berth.local.providers.ProviderSimulator;
import io.berth.local.stack.ApiClient.Answer;
import io.berth.local.stack.RunningBerth.User;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Logs over HTTP from providers that really speak WebSocket. */
@ExtendWith(RunningBerth.class)
class LogsTest {

  @Test
  void showsTheLastLinesOfEveryReplicaWithBothProviders(RunningBerth.Town town) throws Exception {
    List<ProviderSimulator> providers = town.berth().providers();
    ProviderSimulator east = providers.get(0);
    ProviderSimulator west = providers.get(1);
    Leased leased = Leased.with(town.user(), Sdls.twoGroups(), List.of(east, west));
    Instant before = Instant.now();

    Answer logs =
        until(
            () -> leased.get("/logs"),
            answer -> services(answer).equals(Set.of("web", "web-api", "db")));

    assertThat(logs.data().get("truncated").asBoolean()).isFalse();
    assertThat(logs.data().get("caps").toString())
        .isEqualTo("{\"lines\":5000,\"bytes\":2097152,\"seconds\":10}");
    assertThat(logs.data().get("leases"))
        .extracting(lease -> lease.get("state").asString())
        .containsExactly("read", "read");
    logs.data()
        .get("lines")
        .forEach(
            line -> {
              String service = line.get("service").asString();
              assertThat(line.get("pod").asString()).startsWith(service + "-");
              assertThat(line.get("provider").asString())
                  .isEqualTo(service.equals("db") ? west.address() : east.address());
              assertThat(Instant.parse(line.get("receivedAt").asString())).isAfter(before);
            });
    assertThat(messages(logs)).contains("simulated start of nginx:1.27", "listening on 80/TCP");

    Answer last = leased.get("/logs?tail=1&service=web");
    assertThat(services(last)).containsExactly("web");
    assertThat(last.data().get("lines")).hasSize(1);
    assertThat(services(leased.get("/logs?provider=" + west.address()))).containsExactly("db");
    assertThat(text(town, leased, "/logs?tail=1&service=db")).matches("db-[-0-9a-z]+ \\| .+\n");

    west.persona(Persona.DOWN);
    try {
      Answer half = leased.get("/logs");
      assertThat(half.status()).isEqualTo(200);
      assertThat(services(half)).containsExactlyInAnyOrder("web", "web-api");
      assertThat(half.data().at("/leases/1/state").asString()).isEqualTo("unavailable");
      assertThat(half.data().at("/leases/1/reason").asString()).startsWith("no connection");
      assertThat(text(town, leased, "/logs"))
          .contains("# " + west.address() + "/2/1: unavailable: no connection");
    } finally {
      west.persona(Persona.NORMAL);
    }
    leased.close();
    assertThat(leased.get("/logs").data().get("leases")).isEmpty();
  }

  @Test
  void saysThatNothingRunsYet(RunningBerth.Town town) {
    ProviderSimulator provider = town.berth().providers().getFirst();
    provider.persona(Persona.NEVER_RUNS);
    try {
      Leased leased = Leased.with(town.user(), Sdls.small(), List.of(provider));

      Answer logs = leased.get("/logs");

      assertThat(logs.status()).isEqualTo(200);
      assertThat(logs.data().get("lines")).isEmpty();
      assertThat(logs.data().at("/leases/0/state").asString()).isEqualTo("not_ready");
      assertThat(logs.data().at("/leases/0/reason").asString())
          .isEqualTo("the provider has nothing of this lease");
      leased.close();
    } finally {
      provider.persona(Persona.NORMAL);
    }
  }

  @Test
  void refusesWhatItCannotShow(RunningBerth.Town town) {
    User ann = town.user();
    Leased leased = Leased.with(ann, Sdls.small(), List.of(town.berth().providers().getFirst()));

    assertThat(leased.get("/logs?service=nix").status()).isEqualTo(404);
    assertThat(leased.get("/logs?provider=akash1nix").status()).isEqualTo(404);
    assertThat(leased.get("/logs?tail=0").status()).isEqualTo(400);
    assertThat(leased.get("/logs?tail=5001").status()).isEqualTo(400);
    assertThat(ann.api().get("/v1/deployments/1/logs").status()).isEqualTo(404);
    assertThat(new Leased(town.user(), leased.dseq()).get("/logs").status())
        .as("another's deployment")
        .isEqualTo(404);
    leased.close();
  }

  private static Set<String> services(Answer logs) {
    Set<String> services = new TreeSet<>();
    logs.data().path("lines").forEach(line -> services.add(line.get("service").asString()));
    return services;
  }

  private static List<String> messages(Answer logs) {
    return logs.data()
        .get("lines")
        .valueStream()
        .map(line -> line.get("message").asString())
        .toList();
  }

  private static String text(RunningBerth.Town town, Leased leased, String suffix)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(
                      URI.create(town.berth().url() + "/v1/deployments/" + leased.dseq() + suffix))
                  .header("x-api-key", leased.user().apiKey())
                  .header("Accept", "text/plain")
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(response.headers().firstValue("content-type"))
          .contains("text/plain; charset=utf-8");
      return response.body();
    }
  }
}
