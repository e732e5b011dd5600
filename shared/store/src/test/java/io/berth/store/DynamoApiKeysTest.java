package io.berth.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.domain.account.ApiKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

class DynamoApiKeysTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  private static LocalTables tables;
  private static DynamoApiKeys keys;

  private final String userId = UUID.randomUUID().toString();

  @BeforeAll
  static void start() {
    tables = new LocalTables();
    keys = new DynamoApiKeys(tables.client(), LocalTables.API_KEYS);
  }

  @AfterAll
  static void stop() {
    tables.close();
  }

  @Test
  void findsAKeyByItsDigestAndByItsOwner() {
    ApiKey key = created(newKey(NOW));

    assertThat(keys.findByDigest(key.digest())).contains(key);
    assertThat(keys.find(userId, key.id())).contains(key);
    assertThat(keys.list(userId)).containsExactly(key);
  }

  @Test
  void keepsWhatIsOptional() {
    ApiKey plain = newKey(NOW);
    ApiKey full =
        created(
            new ApiKey(
                plain.id(),
                userId,
                "ci",
                plain.digest(),
                "abcdef***uvwxyz",
                List.of("deployments:read", "bids:read"),
                Optional.of(NOW.plusSeconds(3600)),
                NOW,
                NOW,
                Optional.of(NOW.plusNanos(1))));

    assertThat(keys.find(userId, full.id())).contains(full);
    assertThat(keys.findByDigest(full.digest())).contains(full);
  }

  @Test
  void showsAKeyToItsOwnerAlone() {
    ApiKey key = created(newKey(NOW));

    assertThat(keys.find("someone-else", key.id())).isEmpty();
    assertThat(keys.list("someone-else")).isEmpty();
    assertThat(keys.rename("someone-else", key.id(), "mine", NOW)).isEmpty();
    assertThat(keys.delete("someone-else", key.id())).isFalse();
    assertThat(keys.findByDigest(key.digest())).contains(key);
  }

  @Test
  void listsTheNewestFirst() {
    List<ApiKey> oldestFirst =
        IntStream.of(0, 7, 7_000_000).mapToObj(n -> created(newKey(NOW.plusNanos(n)))).toList();

    assertThat(keys.list(userId)).containsExactlyElementsOf(oldestFirst.reversed());
  }

  @Test
  void refusesASecondKeyOfOneDigest() {
    ApiKey key = created(newKey(NOW));
    ApiKey other = newKey(NOW);
    ApiKey sameDigest =
        new ApiKey(
            other.id(),
            userId,
            other.name(),
            key.digest(),
            other.keyFormat(),
            other.scopes(),
            other.expiresAt(),
            other.createdAt(),
            other.updatedAt(),
            other.lastUsedAt());

    assertThatThrownBy(() -> keys.create(sameDigest)).isInstanceOf(IllegalStateException.class);

    assertThat(keys.find(userId, other.id())).isEmpty();
    assertThat(keys.findByDigest(key.digest())).contains(key);
  }

  @Test
  void renamesAKeyForEveryReader() {
    ApiKey key = created(newKey(NOW));
    Instant later = NOW.plusSeconds(5);

    Optional<ApiKey> renamed = keys.rename(userId, key.id(), "new name", later);

    assertThat(renamed.map(ApiKey::name)).contains("new name");
    assertThat(renamed.map(ApiKey::updatedAt)).contains(later);
    assertThat(renamed.map(ApiKey::createdAt)).contains(NOW);
    assertThat(keys.find(userId, key.id())).isEqualTo(renamed);
    assertThat(keys.findByDigest(key.digest())).isEqualTo(renamed);
  }

  @Test
  void makesNoKeyByRenamingAMissingOne() {
    assertThat(keys.rename(userId, "missing", "name", NOW)).isEmpty();

    assertThat(keys.list(userId)).isEmpty();
  }

  @Test
  void stopsADeletedKeyAtOnce() {
    ApiKey key = created(newKey(NOW));
    ApiKey other = created(newKey(NOW));

    assertThat(keys.delete(userId, key.id())).isTrue();

    assertThat(keys.findByDigest(key.digest())).isEmpty();
    assertThat(keys.find(userId, key.id())).isEmpty();
    assertThat(keys.list(userId)).containsExactly(other);
    assertThat(keys.delete(userId, key.id())).isFalse();
  }

  @Test
  void tellsOneOfManyThatItDeletedTheKey() throws Exception {
    ApiKey key = created(newKey(NOW));

    assertThat(Race.winners(() -> keys.delete(userId, key.id()))).isEqualTo(1);
  }

  @Test
  void recordsAUseForEveryReader() {
    ApiKey key = created(newKey(NOW));

    keys.touch(userId, key.id(), NOW.plusSeconds(1));

    assertThat(keys.findByDigest(key.digest()).flatMap(ApiKey::lastUsedAt))
        .contains(NOW.plusSeconds(1));
    assertThat(keys.find(userId, key.id()).flatMap(ApiKey::lastUsedAt))
        .contains(NOW.plusSeconds(1));
  }

  @Test
  void keepsALaterUse() {
    ApiKey key = created(newKey(NOW));
    // A whole second, half of it and a nanosecond: their shortest texts do not order as they do.
    Instant later = NOW.plusMillis(500);
    keys.touch(userId, key.id(), NOW);
    keys.touch(userId, key.id(), later);
    keys.touch(userId, key.id(), NOW.plusNanos(1));
    keys.touch(userId, key.id(), NOW);

    assertThat(keys.find(userId, key.id()).flatMap(ApiKey::lastUsedAt)).contains(later);
    assertThat(keys.findByDigest(key.digest()).flatMap(ApiKey::lastUsedAt)).contains(later);
  }

  @Test
  void keepsALaterUseThatTheKeyWasMadeWith() {
    ApiKey plain = newKey(NOW);
    ApiKey used =
        created(
            new ApiKey(
                plain.id(),
                userId,
                plain.name(),
                plain.digest(),
                plain.keyFormat(),
                plain.scopes(),
                plain.expiresAt(),
                NOW,
                NOW,
                Optional.of(NOW.plusSeconds(9))));

    keys.touch(userId, used.id(), NOW);

    assertThat(keys.find(userId, used.id())).contains(used);
  }

  @Test
  void doesNotBringADeletedKeyBackByTouchingIt() {
    ApiKey key = created(newKey(NOW));
    keys.delete(userId, key.id());

    keys.touch(userId, key.id(), NOW.plusSeconds(1));

    assertThat(keys.findByDigest(key.digest())).isEmpty();
    assertThat(keys.find(userId, key.id())).isEmpty();
  }

  @Test
  void doesNotFailAUseBecauseTheKeyIsJustBeingRenamed() {
    DynamoDbClient renaming =
        new DynamoDbClient() {
          @Override
          public UpdateItemResponse updateItem(UpdateItemRequest request) {
            throw TransactionConflictException.builder().build();
          }

          @Override
          public String serviceName() {
            return SERVICE_NAME;
          }

          @Override
          public void close() {}
        };

    assertThatCode(() -> new DynamoApiKeys(renaming, "any").touch(userId, "id", NOW))
        .doesNotThrowAnyException();
  }

  private static ApiKey created(ApiKey key) {
    keys.create(key);
    return key;
  }

  private ApiKey newKey(Instant at) {
    return new ApiKey(
        UUID.randomUUID().toString(),
        userId,
        "name",
        UUID.randomUUID().toString().replace("-", ""),
        "012345***abcdef",
        List.of(),
        Optional.empty(),
        at,
        at,
        Optional.empty());
  }
}
