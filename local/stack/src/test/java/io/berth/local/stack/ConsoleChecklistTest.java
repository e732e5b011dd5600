package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.local.stack.ApiClient.Answer;
import io.berth.local.stack.RunningBerth.User;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * What Akash Console's own functional tests observe word by word, and no other test here does
 * (console-contract.md §8; {@code docs/compatibility.md} has the whole list).
 */
@ExtendWith(RunningBerth.class)
class ConsoleChecklistTest {
  private static final String NOBODYS = "2b8a5c1e-93a4-4a4e-8a0d-6e1f5a7c9d20";

  private static void assertError(
      Answer answer, int status, String error, String message, String code) {
    JsonNode body = answer.body();
    assertThat(answer.status()).as(body.toString()).isEqualTo(status);
    assertThat(body.get("error").asString()).isEqualTo(error);
    assertThat(body.get("message").asString()).isEqualTo(message);
    assertThat(body.get("code").asString()).isEqualTo(code);
    assertThat(body.get("type").asString()).isEqualTo("client_error");
  }

  private static void assertIssue(Answer answer, String code, String field) {
    JsonNode body = answer.body();
    assertThat(answer.status()).as(body.toString()).isEqualTo(400);
    assertThat(body.get("error").asString()).isEqualTo("BadRequestError");
    assertThat(body.get("message").asString()).isEqualTo("Validation error");
    assertThat(body.get("code").asString()).isEqualTo("validation_error");
    assertThat(body.get("type").asString()).isEqualTo("validation_error");
    JsonNode issue = body.get("data").get(0);
    assertThat(issue.get("code").asString()).isEqualTo(code);
    JsonNode path = issue.get("path");
    assertThat(path.get(path.size() - 1).asString()).isEqualTo(field);
  }

  private static Map<String, Object> data(Object... entries) {
    return Map.of(
        "data",
        entries.length == 2
            ? Map.of(entries[0], entries[1])
            : Map.of(entries[0], entries[1], entries[2], entries[3]));
  }

  @Test
  void apiKeysAnswerAsTheirsDo(RunningBerth.Town town) {
    User ann = town.user();

    JsonNode made = ann.api().post("/v1/api-keys", data("name", "ci")).data();
    assertThat(made.get("apiKey").asString()).matches("ac\\.sk\\.local\\.[a-f0-9]{72}");
    assertThat(made.get("keyFormat").asString())
        .matches("ac\\.sk\\.local\\.[a-f0-9]{6}\\*{3}[a-f0-9]{6}");
    assertThat(made.get("expiresAt").isNull()).isTrue();
    assertThat(made.get("createdAt").asString()).matches("\\d{4}-\\d\\d-\\d\\dT.*\\.\\d{3}Z");

    assertError(
        ann.api().get("/v1/api-keys/" + NOBODYS),
        404,
        "NotFoundError",
        "API key not found",
        "not_found");
    Answer past =
        ann.api().post("/v1/api-keys", data("name", "x", "expiresAt", "2020-01-01T00:00:00Z"));
    assertIssue(past, "custom", "expiresAt");
    assertThat(past.data().get(0).get("path").toString()).isEqualTo("[\"data\",\"expiresAt\"]");
    assertThat(past.data().get(0).get("message").asString())
        .isEqualTo("Expiration date must be in the future");
    assertThat(ann.api().delete("/v1/api-keys/" + NOBODYS).status()).isEqualTo(204);
    assertIssue(ann.api().get("/v1/api-keys/1"), "invalid_string", "id");
  }

  @Test
  void whoMadeNoKeySeesNone(RunningBerth.Town town) {
    ApiClient person = town.person(town.identityProvider().token("keyless"));
    assertThat(person.post("/v1/register-user", Map.of()).status()).isEqualTo(200);

    Answer none = person.get("/v1/api-keys");

    assertThat(none.status()).isEqualTo(200);
    assertThat(none.data().isArray()).isTrue();
    assertThat(none.data()).isEmpty();
  }

  @Test
  void whatIsNotThereIsNotFoundWhateverIsAskedOfIt(RunningBerth.Town town) {
    User ann = town.user();
    List<Answer> answers =
        List.of(
            ann.api().get("/v1/deployments/4711"),
            ann.api().delete("/v1/deployments/4711"),
            ann.api().send("PUT", "/v1/deployments/4711", data("sdl", Sdls.small())),
            ann.api().post("/v1/deposit-deployment", data("dseq", "4711", "deposit", 1)),
            ann.api().post("/v1/deployments/deposit/4711", data("deposit", 1)));

    for (Answer answer : answers) {
      assertError(answer, 404, "NotFoundError", "Deployment not found", "not_found");
    }
  }

  @Test
  void aDseqThatIsNoneIsNamedEverywhere(RunningBerth.Town town) {
    User ann = town.user();
    for (String path : List.of("/v1/deployments/", "/v1/bids/")) {
      for (String dseq : List.of("undefined", "abc123")) {
        Answer answer = ann.api().get(path + dseq);
        assertIssue(answer, "invalid_type", "dseq");
        assertThat(answer.data().get(0).get("message").asString())
            .isEqualTo("Expected bigint, received string");
      }
    }
    assertIssue(ann.api().delete("/v1/deployments/undefined"), "invalid_type", "dseq");
    assertIssue(ann.api().delete("/v1/deployments/-123"), "too_small", "dseq");
  }

  @Test
  void whatADepositOrAnUpdateLacksIsNamed(RunningBerth.Town town) {
    User ann = town.user();

    assertIssue(
        ann.api().post("/v1/deposit-deployment", data("dseq", "1")), "invalid_type", "deposit");
    assertIssue(ann.api().send("PUT", "/v1/deployments/1", Map.of()), "invalid_type", "data");
    for (String notAnSdl : List.of("[]", "just text", "a: [")) {
      Answer answer = ann.api().post("/v1/deployments", Sdls.create(notAnSdl, 5));
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body().get("message").asString()).startsWith("Invalid SDL: ");
    }
  }
}
