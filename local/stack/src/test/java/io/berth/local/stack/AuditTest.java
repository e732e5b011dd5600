package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.http.RouteAccess;
import io.berth.local.stack.ApiClient.Answer;
import io.berth.local.stack.RunningBerth.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What was changed, by whom, as the user can read it. */
@ExtendWith(RunningBerth.class)
class AuditTest {
  private static final String KEYS = "/v1/users/api-keys";

  /**
   * Changing routes that are not written down yet. Whoever adds a handler gives it an {@code
   * AuditTrail} and its function the audit table; nothing should stay here.
   */
  private static final Set<String> NOT_YET = Set.of();

  private static List<JsonNode> entries(ApiClient client) {
    Answer answer = client.get("/v1/audit?limit=100");
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    return answer.data().get("entries").valueStream().toList();
  }

  @Test
  void tellsWhoDidWhatWithWhichKeyAndWhatCameOfIt(RunningBerth.Town town) {
    User ann = town.user();
    ApiClient person = town.person(town.identityProvider().token(ann.id()));
    Answer made = ann.api().post(KEYS, Map.of("data", Map.of("name", "ci")));
    String id = made.data().get("id").asString();
    ApiClient ci = town.stranger(Optional.of(made.data().get("apiKey").asString()));
    Answer created = ci.post("/v1/deployments", Sdls.create(Sdls.small(), 1));
    String dseq = created.data().get("dseq").asString();
    ann.api().get("/v1/deployments");
    ann.api().delete("/v1/deployments/99");
    person.delete("/v1/deployments/" + dseq);

    List<JsonNode> entries = entries(ann.api());

    assertThat(entries.stream().map(entry -> entry.get("action").asString()))
        .startsWith(
            "DELETE /v1/deployments/{dseq}",
            "DELETE /v1/deployments/{dseq}",
            "POST /v1/deployments",
            "POST /v1/users/api-keys");
    assertEntry(entries.get(0), "done", 200, "/v1/deployments/" + dseq);
    assertThat(entries.get(0).get("keyId").isNull()).isTrue();
    assertEntry(entries.get(1), "refused", 404, "/v1/deployments/99");
    assertEntry(entries.get(2), "done", 201, "/v1/deployments");
    assertThat(entries.get(2).get("keyId").asString()).isEqualTo(id);
    assertThat(entries.get(2).get("made").asString()).isEqualTo(dseq);
    assertThat(entries.get(2).get("requestId").asString())
        .isEqualTo(created.headers().get("x-request-id"));
    assertThat(entries.get(2).get("sourceIp").asString()).isEqualTo("127.0.0.1");
    assertThat(entries.get(3).get("made").asString()).isEqualTo(id);
    assertThat(entries.toString()).doesNotContain(made.data().get("apiKey").asString());
  }

  private static void assertEntry(JsonNode entry, String outcome, int status, String path) {
    assertThat(entry.get("outcome").asString()).isEqualTo(outcome);
    assertThat(entry.get("status").asInt()).isEqualTo(status);
    assertThat(entry.get("path").asString()).isEqualTo(path);
  }

  @Test
  void hasEveryRouteThatChangesSomething(RunningBerth.Town town) {
    User ann = town.user();
    ApiClient person = town.person(town.identityProvider().token(ann.id()));
    Set<String> missing = new TreeSet<>();
    for (OpenApi.Operation operation : OpenApi.ours().operations()) {
      String route = operation.toString();
      boolean changes = !route.startsWith("GET ");
      boolean open = RouteAccess.of(route).orElseThrow() instanceof RouteAccess.Nothing;
      if (changes && !open) {
        RouteAccessTest.call(route, person);
        if (entries(ann.api()).stream()
            .noneMatch(entry -> entry.get("action").asString().equals(route))) {
          missing.add(route);
        }
      }
    }

    assertThat(missing).isEqualTo(NOT_YET);
  }

  @Test
  void comesInPagesThatTogetherAreTheWhole(RunningBerth.Town town) {
    User ann = town.user();
    for (int i = 0; i < 5; i++) {
      ann.api().delete("/v1/deployments/" + (i + 1));
    }
    List<JsonNode> whole = entries(ann.api());
    List<JsonNode> paged = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = ann.api().get("/v1/audit?limit=2" + cursor).data();
      assertThat(page.get("entries").size()).isBetween(1, 2);
      page.get("entries").forEach(paged::add);
      cursor =
          page.get("nextCursor").isNull() ? "" : "&cursor=" + page.get("nextCursor").asString();
    } while (!cursor.isEmpty());

    assertThat(paged).isEqualTo(whole).hasSizeGreaterThanOrEqualTo(5);
  }

  @Test
  void isTheUsersOwn(RunningBerth.Town town) {
    User ann = town.user();
    User bob = town.user();
    ann.api().delete("/v1/deployments/1");
    ann.api().delete("/v1/deployments/2");
    String anns = ann.api().get("/v1/audit?limit=1").data().get("nextCursor").asString();

    assertThat(entries(bob.api())).noneMatch(entry -> entry.toString().contains("deployments"));
    assertThat(bob.api().get("/v1/audit?cursor=" + anns).data().toString())
        .doesNotContain("/v1/deployments");
  }

  @Test
  void namesParametersThatBreakRules(RunningBerth.Town town) {
    User ann = town.user();
    for (String query : List.of("limit=0", "limit=101", "limit=x", "cursor=x", "cursor=%00")) {
      Answer answer = ann.api().get("/v1/audit?" + query);
      assertThat(answer.status()).as(query).isEqualTo(400);
      assertThat(answer.body().get("code").asString()).isEqualTo("validation_error");
    }
  }
}
