package io.berth.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.domain.account.Access;
import io.berth.domain.account.ApiKey;
import io.berth.domain.account.ApiKeys.Succession;
import io.berth.domain.account.KeyTerms;
import io.berth.domain.account.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
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
                plain.digest(),
                "abcdef***uvwxyz",
                new KeyTerms(
                    "ci",
                    new Access.Limited(Set.of(Scope.DEPLOYMENTS_READ, Scope.KEYS_ADMIN)),
                    Optional.of(NOW.plusSeconds(3600))),
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
            key.digest(),
            other.keyFormat(),
            other.terms(),
            other.createdAt(),
            other.updatedAt(),
            other.lastUsedAt());

    assertThatThrownBy(() -> keys.create(sameDigest, 100))
        .isInstanceOf(IllegalStateException.class);

    assertThat(keys.find(userId, other.id())).isEmpty();
    assertThat(keys.findByDigest(key.digest())).contains(key);
  }

  @Test
  void changesAKeyForEveryReader() {
    ApiKey key = created(newKey(NOW));
    Instant later = NOW.plusSeconds(5);
    ApiKey next =
        key.on(
            new KeyTerms(
                "new name",
                new Access.Limited(Set.of(Scope.LOGS_READ)),
                Optional.of(NOW.plusSeconds(60))),
            later);

    assertThat(keys.replace(key, next)).isTrue();

    assertThat(keys.find(userId, key.id())).contains(next);
    assertThat(keys.findByDigest(key.digest())).contains(next);

    ApiKey forEver = next.on(key.terms(), later.plusSeconds(1));
    assertThat(keys.replace(next, forEver)).isTrue();
    assertThat(keys.find(userId, key.id())).contains(forEver);
    assertThat(keys.findByDigest(key.digest())).contains(forEver);
  }

  @Test
  void keepsALaterUseThatCameBeforeTheChange() {
    ApiKey key = created(newKey(NOW));
    keys.touch(userId, key.id(), NOW.plusSeconds(1));

    assertThat(keys.replace(key, key.on(key.terms(), NOW.plusSeconds(2)))).isTrue();

    assertThat(keys.find(userId, key.id()).flatMap(ApiKey::lastUsedAt))
        .contains(NOW.plusSeconds(1));
  }

  @Test
  @Tag("not-moto")
  void changesAKeyOnlyIfNobodyElseDid() throws Exception {
    ApiKey key = created(newKey(NOW));

    assertThat(Race.winners(() -> keys.replace(key, key.on(key.terms(), NOW)))).isEqualTo(1);
  }

  @Test
  void makesNoKeyByChangingADeletedOne() {
    ApiKey key = created(newKey(NOW));
    keys.delete(userId, key.id());

    assertThat(keys.replace(key, key.on(key.terms(), NOW))).isFalse();

    assertThat(keys.list(userId)).isEmpty();
    assertThat(keys.findByDigest(key.digest())).isEmpty();
  }

  @Test
  void keepsASuccessorWithTheEndOfItsPredecessor() {
    ApiKey old = created(newKey(NOW));
    ApiKey ending =
        old.on(
            new KeyTerms("name", new Access.Full(), Optional.of(NOW.plusSeconds(9))),
            NOW.plusSeconds(1));
    ApiKey successor = newKey(NOW.plusSeconds(1));

    assertThat(keys.succeed(old, ending, successor, 2)).isEqualTo(Succession.DONE);

    assertThat(keys.list(userId)).containsExactly(successor, ending);
    assertThat(keys.findByDigest(old.digest())).contains(ending);
    assertThat(keys.findByDigest(successor.digest())).contains(successor);
  }

  @Test
  void givesAKeyAnotherTextOnce() {
    ApiKey key = created(newKey(NOW));
    ApiKey next = withDigest(key, "second");

    assertThat(keys.redraw(key, next)).isTrue();
    assertThat(keys.redraw(key, withDigest(key, "third"))).isFalse();

    assertThat(keys.list(userId)).containsExactly(next);
    assertThat(keys.findByDigest(key.digest())).isEmpty();
    assertThat(keys.findByDigest(next.digest())).contains(next);
    assertThat(keys.delete(userId, key.id())).isTrue();
    assertThat(keys.redraw(next, key)).isFalse();
    assertThat(keys.list(userId)).isEmpty();
    assertThat(keys.findByDigest(key.digest())).isEmpty();
  }

  private ApiKey withDigest(ApiKey key, String digest) {
    return new ApiKey(
        key.id(),
        userId,
        digest + userId,
        key.keyFormat(),
        key.terms(),
        key.createdAt(),
        key.updatedAt(),
        key.lastUsedAt());
  }

  @Test
  void keepsNoSuccessorOfAKeyThatChangedOrBeyondTheLimit() {
    ApiKey old = created(newKey(NOW));
    ApiKey ending = old.on(old.terms(), NOW.plusSeconds(1));
    ApiKey successor = newKey(NOW);

    assertThat(keys.succeed(old, ending, successor, 1)).isEqualTo(Succession.TOO_MANY);
    assertThat(keys.list(userId)).containsExactly(old);

    keys.replace(old, ending);
    assertThat(keys.succeed(old, ending, successor, 5)).isEqualTo(Succession.CHANGED);
    assertThat(keys.list(userId)).containsExactly(ending);
  }

  @Test
  @Tag("not-moto")
  void keepsNoMoreKeysThanAllowedHoweverManyComeAtOnce() throws Exception {
    assertThat(Race.winners(() -> keys.create(newKey(NOW), 3))).isEqualTo(3);
    assertThat(keys.list(userId)).hasSize(3);

    keys.delete(userId, keys.list(userId).getFirst().id());
    assertThat(keys.create(newKey(NOW), 3)).isTrue();
    assertThat(keys.create(newKey(NOW), 3)).isFalse();
    assertThat(keys.list(userId)).hasSize(3);
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
  @Tag("not-moto")
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
                plain.digest(),
                plain.keyFormat(),
                plain.terms(),
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
  void recordsAUseAlthoughTheKeyIsJustBeingChanged() {
    AtomicInteger tries = new AtomicInteger();
    DynamoDbClient changing =
        new DynamoDbClient() {
          @Override
          public UpdateItemResponse updateItem(UpdateItemRequest request) {
            if (tries.incrementAndGet() < 3) {
              throw TransactionConflictException.builder().build();
            }
            return tables.client().updateItem(request);
          }

          @Override
          public String serviceName() {
            return SERVICE_NAME;
          }

          @Override
          public void close() {}
        };

    ApiKey key = created(newKey(NOW));
    new DynamoApiKeys(changing, LocalTables.API_KEYS).touch(userId, key.id(), NOW);

    assertThat(keys.findByDigest(key.digest()).flatMap(ApiKey::lastUsedAt)).contains(NOW);
  }

  private static ApiKey created(ApiKey key) {
    assertThat(keys.create(key, 100)).isTrue();
    return key;
  }

  private ApiKey newKey(Instant at) {
    return new ApiKey(
        UUID.randomUUID().toString(),
        userId,
        UUID.randomUUID().toString().replace("-", ""),
        "012345***abcdef",
        new KeyTerms("name", new Access.Full(), Optional.empty()),
        at,
        at,
        Optional.empty());
  }
}
