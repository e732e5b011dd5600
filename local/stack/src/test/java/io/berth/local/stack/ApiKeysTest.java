package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.local.stack.ApiClient.Answer;
import io.berth.local.stack.RunningBerth.User;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** The life of API keys, as their owner sees it. */
@ExtendWith(RunningBerth.class)
class ApiKeysTest {
  private static final String KEYS = "/v1/users/api-keys";
  private static final String[] SHOWN = {
    "id", "name", "expiresAt", "createdAt", "updatedAt", "lastUsedAt", "keyFormat", "scopes"
  };

  private static Map<String, Object> data(Object... members) {
    Map<String, Object> data = new HashMap<>();
    for (int i = 0; i < members.length; i += 2) {
      data.put((String) members[i], members[i + 1]);
    }
    return Map.of("data", data);
  }

  private static String text(Answer answer, String member) {
    return answer.data().get(member).asString();
  }

  private static ApiClient with(RunningBerth.Town town, Answer issued) {
    assertThat(issued.status()).as(issued.body().toString()).isEqualTo(201);
    return town.stranger(Optional.of(text(issued, "apiKey")));
  }

  @Test
  void showsTheSecretOnceAndNothingElseEver(RunningBerth.Town town) {
    User ann = town.user();

    Answer made = ann.api().post(KEYS, data("name", "ci"));
    Answer rolled = ann.api().post(KEYS + "/" + text(made, "id") + "/roll", data());

    for (Answer issued : List.of(made, rolled)) {
      assertThat(issued.status()).isEqualTo(201);
      assertThat(issued.headers().get("cache-control")).contains("no-store");
      assertThat(issued.data().propertyNames())
          .containsExactlyInAnyOrder(
              "id",
              "name",
              "expiresAt",
              "createdAt",
              "updatedAt",
              "lastUsedAt",
              "keyFormat",
              "scopes",
              "apiKey");
    }
    String id = text(made, "id");
    List<JsonNode> later = new ArrayList<>();
    later.add(ann.api().get(KEYS + "/" + id).data());
    later.add(ann.api().send("PATCH", KEYS + "/" + id, data("name", "ci-2")).data());
    ann.api().get(KEYS).data().forEach(later::add);
    for (JsonNode key : later) {
      assertThat(key.propertyNames()).containsExactlyInAnyOrder(SHOWN);
      assertThat(key.toString())
          .doesNotContain(text(made, "apiKey").substring(20, 60))
          .doesNotContain(text(rolled, "apiKey").substring(20, 60));
    }
  }

  @Test
  void makesOneKeyHoweverOftenARequestIsRepeatedAndTellsItsTextOnce(RunningBerth.Town town) {
    User ann = town.user();
    int before = ann.api().get("/v1/api-keys").data().size();
    ApiClient keyed = ann.api().withHeader("Idempotency-Key", "one-key");
    Answer first = keyed.post("/v1/api-keys", Map.of("data", Map.of("name", "ci")));
    Answer again = keyed.post("/v1/api-keys", Map.of("data", Map.of("name", "ci")));

    assertThat(first.data().get("apiKey").asString()).startsWith("ac.sk.");
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.headers()).containsEntry("idempotent-replayed", "true");
    assertThat(again.data().get("id")).isEqualTo(first.data().get("id"));
    assertThat(again.data().get("apiKey").isNull()).isTrue();
    assertThat(keyed.post("/v1/api-keys", Map.of("data", Map.of("name", "cd"))).status())
        .isEqualTo(422);
    assertThat(ann.api().get("/v1/api-keys").data()).hasSize(before + 1);
  }

  @Test
  void rollsAKeyOnceHoweverOftenTheRequestIsRepeated(RunningBerth.Town town) {
    User ann = town.user();
    String roll = KEYS + "/" + text(ann.api().post(KEYS, data("name", "ci")), "id") + "/roll";
    int before = ann.api().get(KEYS).data().size();
    ApiClient keyed = ann.api().withHeader("Idempotency-Key", "one-roll");
    Answer first = keyed.post(roll, data("overlapSeconds", 60));
    Answer again = keyed.post(roll, data("overlapSeconds", 60));

    assertThat(with(town, first).get(KEYS).status()).isEqualTo(200);
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.headers()).containsEntry("idempotent-replayed", "true");
    assertThat(again.data().get("id")).isEqualTo(first.data().get("id"));
    assertThat(again.data().get("apiKey").isNull()).isTrue();
    assertThat(keyed.post(roll, data("overlapSeconds", 61)).status()).isEqualTo(422);
    assertThat(ann.api().get(KEYS).data()).hasSize(before + 1);
  }

  @Test
  void changesNameExpiryAndScopesAtOnce(RunningBerth.Town town) {
    User ann = town.user();
    Answer made = ann.api().post(KEYS, data("name", "ci", "scopes", List.of("logs:read")));
    ApiClient ci = with(town, made);
    String path = KEYS + "/" + text(made, "id");
    assertThat(ci.get("/v1/deployments").status()).isEqualTo(403);

    Answer widened =
        ann.api().send("PATCH", path, data("scopes", List.of("deployments:read", "logs:read")));
    assertThat(widened.status()).isEqualTo(200);
    assertThat(widened.data().get("name").asString()).isEqualTo("ci");
    assertThat(widened.data().get("scopes").toString())
        .isEqualTo("[\"deployments:read\",\"logs:read\"]");
    assertThat(ci.get("/v1/deployments").status()).isEqualTo(200);

    String end = Instant.now().plus(Duration.ofDays(1)).toString();
    Answer ending = ann.api().send("PATCH", path, data("expiresAt", end, "name", "ci-2"));
    assertThat(Instant.parse(text(ending, "expiresAt")))
        .isEqualTo(Instant.ofEpochMilli(Instant.parse(end).toEpochMilli()));
    assertThat(text(ending, "name")).isEqualTo("ci-2");
    assertThat(ending.data().get("scopes")).hasSize(2);
    assertThat(text(ending, "updatedAt")).isGreaterThan(text(widened, "updatedAt"));

    Answer opened = ann.api().send("PATCH", path, data("expiresAt", null, "scopes", null));
    assertThat(opened.data().get("expiresAt").isNull()).isTrue();
    assertThat(opened.data().get("scopes").isNull()).isTrue();
    assertThat(ci.get(KEYS).status()).isEqualTo(200);
  }

  @Test
  void namesWhatIsWrongAndChangesNothing(RunningBerth.Town town) {
    User ann = town.user();
    Answer made = ann.api().post(KEYS, data("name", "ci"));
    String path = KEYS + "/" + text(made, "id");
    JsonNode before = ann.api().get(KEYS).data();

    for (Map<String, Object> bad :
        List.of(
            data(),
            data("name", ""),
            data("name", null),
            data("name", "x".repeat(41)),
            data("expiresAt", "2020-01-01T00:00:00Z"),
            data("expiresAt", "tomorrow"),
            data("scopes", List.of()),
            data("scopes", "logs:read"),
            data("scopes", List.of("everything")),
            data("scopes", List.of("logs:read", "logs:read")))) {
      Answer answer = ann.api().send("PATCH", path, bad);
      assertThat(answer.status()).as(bad.toString()).isEqualTo(400);
      assertThat(answer.body().get("code").asString()).isEqualTo("validation_error");
      assertThat(answer.data().get(0).get("path").get(0).asString()).isEqualTo("data");
    }
    for (Map<String, Object> bad :
        List.of(
            data("overlapSeconds", -1),
            data("overlapSeconds", 604_801),
            data("overlapSeconds", "1"),
            data("expiresAt", "2020-01-01T00:00:00Z"))) {
      assertThat(ann.api().post(path + "/roll", bad).status()).as(bad.toString()).isEqualTo(400);
    }

    assertThat(ann.api().get(KEYS).data()).isEqualTo(before);
  }

  @Test
  void rollsWithAnOverlapAndWithout(RunningBerth.Town town) {
    User ann = town.user();
    Answer made = ann.api().post(KEYS, data("name", "ci", "scopes", List.of("deployments:read")));
    ApiClient first = with(town, made);

    Answer second =
        ann.api().post(KEYS + "/" + text(made, "id") + "/roll", data("overlapSeconds", 3600));
    assertThat(text(second, "name")).isEqualTo("ci");
    assertThat(second.data().get("scopes")).hasSize(1);
    assertThat(first.get("/v1/deployments").status()).isEqualTo(200);
    assertThat(with(town, second).get("/v1/deployments").status()).isEqualTo(200);
    assertThat(with(town, second).get(KEYS).status()).isEqualTo(403);
    Instant end = Instant.parse(text(ann.api().get(KEYS + "/" + text(made, "id")), "expiresAt"));
    assertThat(Duration.between(Instant.now(), end))
        .isBetween(Duration.ofMinutes(59), Duration.ofHours(1));

    Answer third =
        ann.api().post("/v1/api-keys/" + text(second, "id") + "/roll", data("overlapSeconds", 0));
    assertThat(with(town, second).get("/v1/deployments").status()).isEqualTo(401);
    assertThat(with(town, third).get("/v1/deployments").status()).isEqualTo(200);
    Answer tooLate = ann.api().post(KEYS + "/" + text(second, "id") + "/roll", data());
    assertThat(tooLate.status()).isEqualTo(400);
    assertThat(tooLate.body().get("message").asString())
        .isEqualTo("The API key has expired; make a new one");
  }

  @Test
  void aKeyNeverGivesMoreThanItHas(RunningBerth.Town town) {
    User ann = town.user();
    List<String> few = List.of("keys:admin", "logs:read");
    ApiClient admin = with(town, ann.api().post(KEYS, data("name", "admin", "scopes", few)));
    String full = text(ann.api().post(KEYS, data("name", "full")), "id");

    Answer heir = admin.post(KEYS, data("name", "heir"));
    assertThat(heir.data().get("scopes").toString()).isEqualTo("[\"keys:admin\",\"logs:read\"]");
    assertForbidden(admin.post(KEYS, data("name", "x", "scopes", List.of("deployments:write"))));
    assertForbidden(admin.post(KEYS + "/" + full + "/roll", data()));
    String heirPath = KEYS + "/" + text(heir, "id");
    assertForbidden(admin.send("PATCH", heirPath, data("scopes", null)));
    assertForbidden(admin.send("PATCH", heirPath, data("scopes", List.of("funds:write"))));
    assertThat(admin.send("PATCH", heirPath, data("scopes", List.of("logs:read"))).status())
        .isEqualTo(200);
  }

  private static void assertForbidden(Answer answer) {
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(403);
    assertThat(answer.body().get("message").asString())
        .startsWith("This API key cannot give what it does not have itself");
  }

  @Test
  void neverMakesMoreThanFiftyHoweverManyAreAskedForAtOnce(RunningBerth.Town town)
      throws Exception {
    User ann = town.user();
    List<Future<Answer>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 60; i++) {
        String name = "key " + i;
        answers.add(threads.submit(() -> ann.api().post(KEYS, data("name", name))));
      }
    }
    List<Integer> statuses = new ArrayList<>();
    for (Future<Answer> answer : answers) {
      statuses.add(answer.get().status());
    }

    assertThat(statuses).containsOnly(201, 400);
    assertThat(statuses.stream().filter(status -> status == 201)).hasSize(49);
    assertThat(ann.api().get(KEYS).data()).hasSize(50);
  }

  @Test
  void remembersEachKeysFirstUseThoughAnotherOfTheUserWasJustUsed(RunningBerth.Town town) {
    User ann = town.user();
    Answer made = ann.api().post(KEYS, data("name", "ci"));
    assertThat(made.data().get("lastUsedAt").isNull()).isTrue();

    with(town, made).get("/v1/deployments");

    assertThat(ann.api().get(KEYS + "/" + text(made, "id")).data().get("lastUsedAt").isNull())
        .isFalse();
  }

  @Test
  void takesNoKeyOutOfTwoHeadersAndNoneThatIsHuge(RunningBerth.Town town) throws Exception {
    User ann = town.user();
    URI deployments = URI.create(town.berth().url() + "/v1/deployments");
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest twice =
          HttpRequest.newBuilder(deployments)
              .header("x-api-key", ann.apiKey())
              .header("X-Api-Key", ann.apiKey())
              .build();
      assertThat(http.send(twice, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(401);
      for (String header : List.of("x-api-key", "authorization")) {
        for (String value :
            List.of("x".repeat(6000), "Bearer " + "x".repeat(6000), "Bearer " + ".".repeat(6000))) {
          HttpRequest huge = HttpRequest.newBuilder(deployments).header(header, value).build();
          assertThat(http.send(huge, HttpResponse.BodyHandlers.ofString()).statusCode())
              .as(header + ": " + value.substring(0, 9))
              .isEqualTo(401);
        }
      }
    }
  }
}
