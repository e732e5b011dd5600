package io.berth.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.request.Answer;
import io.berth.domain.request.KeyedRequest;
import io.berth.domain.request.KeyedRequests;
import io.berth.domain.request.RequestId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DynamoKeyedRequestsTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00.000000001Z");
  private static final Instant LONG_AGO = NOW.minusSeconds(86_400);

  private static LocalTables tables;
  private static KeyedRequests requests;

  private final KeyedRequest request =
      new KeyedRequest(
          UUID.randomUUID().toString(),
          "key",
          "ab",
          new RequestId("r1", NOW),
          NOW.plusSeconds(30),
          Optional.empty());

  @BeforeAll
  static void start() {
    tables = new LocalTables();
    requests = new DynamoKeyedRequests(tables.client(), LocalTables.REQUESTS);
  }

  @AfterAll
  static void stop() {
    tables.close();
  }

  private KeyedRequest changed(Instant lockedUntil, Optional<Answer> answer) {
    return new KeyedRequest(
        request.userId(), request.key(), request.fingerprint(), request.id(), lockedUntil, answer);
  }

  @Test
  void keepsARequestOnce() {
    assertThat(requests.create(request, LONG_AGO)).isTrue();
    assertThat(requests.create(request, LONG_AGO)).isFalse();

    assertThat(requests.find(request.userId(), "key")).contains(request);
    assertThat(requests.find(request.userId(), "other")).isEmpty();
    assertThat(requests.find("other", "key")).isEmpty();
  }

  @Test
  void forgetsARequestWhoseTimeIsOver() {
    requests.create(request, LONG_AGO);

    assertThat(requests.create(changed(NOW, Optional.empty()), NOW)).isFalse();
    assertThat(requests.create(changed(NOW, Optional.empty()), NOW.plusNanos(1))).isTrue();
  }

  @Test
  void keepsTheAnswerAndChangesNothingAfterIt() {
    requests.create(request, LONG_AGO);
    KeyedRequest answered = changed(request.lockedUntil(), Optional.of(new Answer(201, "{}")));

    assertThat(requests.replace(request, answered)).isTrue();
    assertThat(requests.replace(request, request)).isFalse();
    assertThat(requests.find(request.userId(), "key")).contains(answered);
  }

  @Test
  @Tag("not-moto")
  void letsOneOfManyTakeARequestOver() throws Exception {
    requests.create(request, LONG_AGO);
    KeyedRequest taken = changed(NOW.plusSeconds(60), Optional.empty());

    assertThat(Race.winners(() -> requests.replace(request, taken))).isEqualTo(1);
  }
}
