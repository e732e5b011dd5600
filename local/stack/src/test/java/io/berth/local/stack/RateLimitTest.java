package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.local.stack.ApiClient.Answer;
import io.berth.local.stack.RunningBerth.User;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How often a key and a user may ask; the limits of the local system are high. */
@ExtendWith(RunningBerth.class)
class RateLimitTest {
  private static final long PER_KEY = 50_000;
  private static final long PER_USER = 100_000;
  private static final long WINDOW_SECONDS = 10;

  /** As if that many requests had come in this window already, and in the next ones. */
  private static void used(RunningBerth.Town town, User user, String counter, long requests) {
    try (DynamoDbClient dynamoDb = town.berth().aws().dynamoDbClient()) {
      long window = Instant.now().getEpochSecond() / WINDOW_SECONDS * WINDOW_SECONDS;
      for (int i = 0; i < 6; i++) {
        String start = Long.toString(window + i * WINDOW_SECONDS);
        dynamoDb.updateItem(
            update ->
                update
                    .tableName("RequestCountsTable")
                    .key(
                        Map.of(
                            "userId",
                            AttributeValue.fromS(user.id()),
                            "window",
                            AttributeValue.fromN(start)))
                    .updateExpression("SET #counter = :requests")
                    .expressionAttributeNames(Map.of("#counter", counter))
                    .expressionAttributeValues(
                        Map.of(":requests", AttributeValue.fromN(Long.toString(requests)))));
      }
    }
  }

  @Test
  void everyAnswerTellsTheLimitsAndWhatIsLeft(RunningBerth.Town town) {
    User ann = town.user();
    for (Answer answer :
        new Answer[] {
          ann.api().get("/v1/users/api-keys"),
          ann.api().get("/v1/deployments/1"),
          ann.api().post("/v1/users/api-keys", Map.of())
        }) {
      assertThat(answer.headers())
          .containsEntry("ratelimit-policy", "\"key\";q=50000;w=10, \"user\";q=100000;w=10");
      assertThat(answer.headers().get("ratelimit"))
          .matches("\"key\";r=499\\d\\d;t=\\d{1,2}, \"user\";r=999\\d\\d;t=\\d{1,2}");
    }
    Answer person = town.person(town.identityProvider().token(ann.id())).get("/v1/users/api-keys");
    assertThat(person.headers()).containsEntry("ratelimit-policy", "\"user\";q=100000;w=10");
  }

  @Test
  void aKeyThatAskedTooOftenIsTurnedAwayAndTheUsersOthersAreNot(RunningBerth.Town town) {
    User ann = town.user();
    User bob = town.user();
    String other = town.berth().users().apiKey(ann.id(), "other", Optional.empty());
    String id =
        ann.api()
            .get("/v1/users/api-keys")
            .data()
            .valueStream()
            .filter(key -> key.get("name").asString().equals("test"))
            .findFirst()
            .orElseThrow()
            .get("id")
            .asString();
    used(town, ann, "caller " + id, PER_KEY - 1);

    Answer last = ann.api().get("/v1/users/api-keys");
    Answer oneMore = ann.api().delete("/v1/users/api-keys/" + id);

    assertThat(last.status()).isEqualTo(200);
    assertThat(last.headers().get("ratelimit")).startsWith("\"key\";r=0;");
    assertTurnedAway(oneMore);
    assertThat(town.stranger(Optional.of(other)).get("/v1/users/api-keys").data()).hasSize(2);
    assertThat(bob.api().get("/v1/users/api-keys").status()).isEqualTo(200);
  }

  @Test
  void aUserWhoAskedTooOftenIsTurnedAwayWithEveryKeyAndTheTokenToo(RunningBerth.Town town) {
    User ann = town.user();
    String other = town.berth().users().apiKey(ann.id(), "other", Optional.empty());
    used(town, ann, "all", PER_USER);

    assertTurnedAway(ann.api().get("/v1/users/api-keys"));
    assertTurnedAway(town.stranger(Optional.of(other)).get("/v1/users/api-keys"));
    assertTurnedAway(
        town.person(town.identityProvider().token(ann.id())).get("/v1/users/api-keys"));
  }

  private static void assertTurnedAway(Answer answer) {
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.body().get("error").asString()).isEqualTo("TooManyRequestsError");
    assertThat(answer.body().get("code").asString()).isEqualTo("rate_limited");
    assertThat(answer.body().get("retryable").asBoolean()).isTrue();
    assertThat(answer.body().get("requestId").asString()).isNotBlank();
    assertThat(Long.parseLong(answer.headers().get("retry-after"))).isBetween(1L, WINDOW_SECONDS);
  }
}
