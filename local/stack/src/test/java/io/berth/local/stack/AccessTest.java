package io.berth.local.stack;

import static io.berth.local.stack.RunningBerth.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.local.stack.ApiClient.Answer;
import io.berth.local.stack.RunningBerth.User;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Who gets in, and what they see. */
@ExtendWith(RunningBerth.class)
class AccessTest {
  private static final List<String> PATHS =
      List.of("/v1/deployments", "/v1/deployments/1", "/v1/bids/1", "/v1/users/api-keys");

  @Test
  void turnsAwayWhoeverHasNoKey(RunningBerth.Town town) {
    ApiClient nobody = town.stranger(Optional.empty());
    for (String path : PATHS) {
      assertUnauthorized(nobody.get(path), "Unauthorized");
    }
    assertUnauthorized(
        nobody.post("/v1/deployments", Sdls.create(Sdls.small(), 5)), "Unauthorized");
    assertUnauthorized(nobody.post("/v1/leases", Map.of()), "Unauthorized");
  }

  @Test
  void givesMalformedUnknownAndExpiredKeysTheSameAnswer(RunningBerth.Town town) {
    User ann = town.user();
    Instant soon = Instant.now().plusMillis(400);
    String expiring = town.berth().users().apiKey(ann.id(), "short", Optional.of(soon));
    ApiClient early = town.stranger(Optional.of(expiring));
    until(() -> early.get("/v1/deployments"), answer -> answer.status() == 401);
    String unknown = anotherKey(ann.apiKey());
    for (String key : List.of("nonsense", "ac.sk.local.00", unknown, expiring)) {
      assertUnauthorized(town.stranger(Optional.of(key)).get("/v1/deployments"), "Invalid API key");
    }
  }

  /** The same length and a right checksum, but never issued. */
  private static String anotherKey(String key) {
    String secret = (key.endsWith("0") ? "1" : "0").repeat(64);
    java.util.zip.CRC32 crc = new java.util.zip.CRC32();
    crc.update(secret.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    return "ac.sk.local." + secret + "%08x".formatted(crc.getValue());
  }

  @Test
  void refusesTwoCredentialsAtOnce(RunningBerth.Town town) throws Exception {
    User ann = town.user();
    var request =
        java.net.http.HttpRequest.newBuilder(
                java.net.URI.create(town.berth().url() + "/v1/deployments"))
            .header("x-api-key", ann.apiKey())
            .header("authorization", "Bearer x")
            .build();
    try (var http = java.net.http.HttpClient.newHttpClient()) {
      var response = http.send(request, java.net.http.HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(response.body())
          .contains("Authorization and X-Api-Key headers are mutually exclusive");
    }
  }

  @Test
  void answersUnknownRoutesInTheOneErrorShape(RunningBerth.Town town) {
    Answer answer = town.user().api().get("/v1/nothing/here");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body().get("code").asString()).isEqualTo("not_found");
    assertThat(answer.body().get("requestId").asString()).isNotBlank();
  }

  @Test
  void keepsTwoUsersSideBySideFromSeeingEachOther(RunningBerth.Town town) {
    User ann = town.user();
    User bob = town.user();
    String anns = create(ann);
    String bobs = create(bob);
    Answer bids = until(() -> ann.api().get("/v1/bids/" + anns), found -> !found.data().isEmpty());
    JsonNode bid = bids.data().get(0).at("/bid/id");

    // Each sees exactly his own.
    assertThat(dseqs(ann)).containsExactly(anns);
    assertThat(dseqs(bob)).containsExactly(bobs);

    // The other's dseq does not exist, whatever is asked of it.
    assertNotFound(bob.api().get("/v1/deployments/" + anns));
    assertNotFound(bob.api().get("/v1/bids/" + anns));
    assertNotFound(bob.api().get("/v1/bids?dseq=" + anns));
    assertNotFound(bob.api().delete("/v1/deployments/" + anns));
    assertNotFound(
        bob.api()
            .send(
                "PUT",
                "/v1/deployments/" + anns,
                Map.of("data", Map.of("sdl", Sdls.small().replace("1.27", "1.28")))));
    assertNotFound(
        bob.api()
            .post("/v1/deposit-deployment", Map.of("data", Map.of("dseq", anns, "deposit", 1))));
    assertNotFound(
        bob.api()
            .post(
                "/v1/leases",
                Map.of(
                    "leases",
                    List.of(
                        Map.of(
                            "dseq",
                            anns,
                            "gseq",
                            1,
                            "oseq",
                            1,
                            "provider",
                            bid.get("provider").asString())))));

    // Nothing of it touched Ann's.
    Answer still = ann.api().get("/v1/deployments/" + anns);
    assertThat(still.data().at("/deployment/state").asString()).isEqualTo("active");
    assertThat(still.data().get("leases")).isEmpty();
    assertThat(ann.api().delete("/v1/deployments/" + anns).status()).isEqualTo(200);
    assertThat(bob.api().delete("/v1/deployments/" + bobs).status()).isEqualTo(200);
  }

  @Test
  void managesKeysOfTheirOwnerOnly(RunningBerth.Town town) {
    User ann = town.user();
    User bob = town.user();
    Answer created = ann.api().post("/v1/users/api-keys", Map.of("data", Map.of("name", "ci")));
    assertThat(created.status()).isEqualTo(201);
    String id = created.data().get("id").asString();
    String text = created.data().get("apiKey").asString();
    ApiClient ci = town.stranger(Optional.of(text));
    assertThat(ci.get("/v1/deployments").status()).isEqualTo(200);

    Answer listed = ann.api().get("/v1/api-keys");
    assertThat(listed.data()).hasSize(2);
    assertThat(listed.data().toString())
        .contains(text.substring(0, 18) + "***")
        .doesNotContain(text.substring(20, 60))
        .doesNotContain("digest");
    assertThat(ann.api().get("/v1/users/api-keys/" + id).data().get("lastUsedAt").isNull())
        .isFalse();

    assertThat(bob.api().get("/v1/users/api-keys/" + id).status()).isEqualTo(404);
    assertThat(
            bob.api()
                .send("PATCH", "/v1/users/api-keys/" + id, Map.of("data", Map.of("name", "x")))
                .status())
        .isEqualTo(404);
    assertThat(bob.api().delete("/v1/users/api-keys/" + id).status()).isEqualTo(204);
    assertThat(ci.get("/v1/deployments").status()).isEqualTo(200);

    Answer renamed =
        ann.api().send("PATCH", "/v1/users/api-keys/" + id, Map.of("data", Map.of("name", "ci-2")));
    assertThat(renamed.data().get("name").asString()).isEqualTo("ci-2");
    assertThat(ann.api().delete("/v1/users/api-keys/" + id).status()).isEqualTo(204);
    assertThat(ci.get("/v1/deployments").status()).isEqualTo(401);
    assertThat(ann.api().get("/v1/users/api-keys/" + id).status()).isEqualTo(404);
  }

  private static String create(User user) {
    return user.api()
        .post("/v1/deployments", Sdls.create(Sdls.small(), 1))
        .data()
        .get("dseq")
        .asString();
  }

  private static List<String> dseqs(User user) {
    return user.api()
        .get("/v1/deployments")
        .data()
        .get("deployments")
        .valueStream()
        .map(deployment -> deployment.at("/deployment/id/dseq").asString())
        .toList();
  }

  private static void assertUnauthorized(Answer answer, String message) {
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.body().get("error").asString()).isEqualTo("UnauthorizedError");
    assertThat(answer.body().get("message").asString()).isEqualTo(message);
    assertThat(answer.body().get("code").asString()).isEqualTo("unauthorized");
  }

  private static void assertNotFound(Answer answer) {
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body().get("message").asString()).isEqualTo("Deployment not found");
  }
}
