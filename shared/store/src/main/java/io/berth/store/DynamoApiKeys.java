package io.berth.store;

import static io.berth.store.Tables.PK;
import static io.berth.store.Tables.SK;

import io.berth.domain.account.Access;
import io.berth.domain.account.ApiKey;
import io.berth.domain.account.ApiKeys;
import io.berth.domain.account.KeyTerms;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * API keys, each as two equal rows that are written, renamed and deleted together:
 *
 * <ul>
 *   <li>{@code pk = USER#userId, sk = KEY#id}: for its owner
 *   <li>{@code pk = DIGEST#digest, sk = KEY}: for the authorizer, which so reads one row
 * </ul>
 *
 * and {@code pk = USER#userId, sk = COUNT} with the number of their keys, written along with them.
 * Only the last use is written to one after the other: it is a hint, and need not hold up a
 * request.
 */
public final class DynamoApiKeys implements ApiKeys {
  private static final String KEY = "KEY";
  private static final String COUNT = "COUNT";
  private static final int MOST_TOUCHES = 5;
  private final Table table;

  public DynamoApiKeys(DynamoDbClient client, String tableName) {
    this.table = new Table(client, tableName);
  }

  @Override
  public boolean create(ApiKey key, int most) {
    OptionalInt refused =
        table.firstRefused(countOneMore(key.userId(), most), put(ofOwner(key)), put(ofDigest(key)));
    if (refused.isPresent() && refused.getAsInt() > 0) {
      throw new IllegalStateException("there is a key with the id or digest of " + key.id());
    }
    return refused.isEmpty();
  }

  @Override
  public boolean replace(ApiKey from, ApiKey next) {
    return table.transact(
        update(ownerKey(from.userId(), from.id()), from, next),
        update(digestKey(from.digest()), from, next));
  }

  @Override
  public Succession succeed(ApiKey from, ApiKey next, ApiKey successor, int most) {
    OptionalInt refused =
        table.firstRefused(
            countOneMore(from.userId(), most),
            update(ownerKey(from.userId(), from.id()), from, next),
            update(digestKey(from.digest()), from, next),
            put(ofOwner(successor)),
            put(ofDigest(successor)));
    if (refused.isEmpty()) {
      return Succession.DONE;
    }
    return refused.getAsInt() == 0 ? Succession.TOO_MANY : Succession.CHANGED;
  }

  @Override
  public boolean redraw(ApiKey from, ApiKey next) {
    Put owner =
        Put.builder()
            .tableName(table.name())
            .item(ofOwner(next).attributes())
            .conditionExpression("digest = :digest")
            .expressionAttributeValues(Map.of(":digest", Values.text(from.digest())))
            .build();
    return table.transact(
        TransactWriteItem.builder().put(owner).build(),
        delete(digestKey(from.digest())),
        put(ofDigest(next)));
  }

  @Override
  public Optional<ApiKey> findByDigest(String digest) {
    return table.get(digestKey(digest)).map(DynamoApiKeys::key);
  }

  @Override
  public Optional<ApiKey> find(String userId, String id) {
    return table.get(ownerKey(userId, id)).map(DynamoApiKeys::key);
  }

  @Override
  public List<ApiKey> list(String userId) {
    return table
        .all(
            "pk = :pk AND begins_with(sk, :sk)",
            Map.of(":pk", Values.text("USER#" + userId), ":sk", Values.text("KEY#")))
        .map(DynamoApiKeys::key)
        .sorted(Comparator.comparing(ApiKey::createdAt).reversed())
        .toList();
  }

  @Override
  public boolean delete(String userId, String id) {
    return find(userId, id)
        .filter(
            key ->
                table.transact(
                    delete(ownerKey(userId, id)),
                    delete(digestKey(key.digest())),
                    countOneLess(userId)))
        .isPresent();
  }

  @Override
  public void touch(String userId, String id, Instant at) {
    for (int attempt = 1; attempt <= MOST_TOUCHES; attempt++) {
      try {
        touch(ownerKey(userId, id), at)
            .ifPresent(item -> touch(digestKey(item.text("digest")), at));
        return;
      } catch (TransactionConflictException e) {
        // The key is just being changed or deleted: again. Who comes last leaves it to the next
        // use.
      }
    }
  }

  /** A later use is kept. */
  private Optional<Item> touch(Map<String, AttributeValue> key, Instant at) {
    return table.update(
        UpdateItemRequest.builder()
            .key(key)
            .updateExpression("SET lastUsedAt = :at")
            .conditionExpression(
                "attribute_exists(pk) AND (attribute_not_exists(lastUsedAt) OR lastUsedAt < :at)")
            .expressionAttributeValues(Map.of(":at", Values.time(at))));
  }

  private TransactWriteItem put(Item item) {
    return TransactWriteItem.builder()
        .put(
            Put.builder()
                .tableName(table.name())
                .item(item.attributes())
                .conditionExpression("attribute_not_exists(pk)")
                .build())
        .build();
  }

  private TransactWriteItem delete(Map<String, AttributeValue> key) {
    return TransactWriteItem.builder()
        .delete(
            Delete.builder()
                .tableName(table.name())
                .key(key)
                .conditionExpression("attribute_exists(pk)")
                .build())
        .build();
  }

  /** Of what may change only: the last use is written beside. */
  private TransactWriteItem update(Map<String, AttributeValue> key, ApiKey from, ApiKey next) {
    Item change = terms(next.terms()).time("updatedAt", next.updatedAt());
    Map<String, AttributeValue> values = new HashMap<>(change.values());
    values.put(":before", Values.time(from.updatedAt()));
    String expression = change.assignments();
    return TransactWriteItem.builder()
        .update(
            Update.builder()
                .tableName(table.name())
                .key(key)
                .updateExpression(
                    change.has("expiresAt") ? expression : expression + " REMOVE expiresAt")
                .conditionExpression("updatedAt = :before")
                .expressionAttributeNames(change.names())
                .expressionAttributeValues(values)
                .build())
        .build();
  }

  private TransactWriteItem countOneMore(String userId, int most) {
    return count(
        userId,
        "SET #n = if_not_exists(#n, :none) + :one",
        "attribute_not_exists(#n) OR #n < :most",
        Map.of(":none", Values.number(0), ":one", Values.number(1), ":most", Values.number(most)));
  }

  private TransactWriteItem countOneLess(String userId) {
    return count(
        userId,
        "SET #n = #n - :one",
        "#n > :none",
        Map.of(":one", Values.number(1), ":none", Values.number(0)));
  }

  private TransactWriteItem count(
      String userId, String expression, String condition, Map<String, AttributeValue> values) {
    return TransactWriteItem.builder()
        .update(
            Update.builder()
                .tableName(table.name())
                .key(Map.of(PK, Values.text("USER#" + userId), SK, Values.text(COUNT)))
                .updateExpression(expression)
                .conditionExpression(condition)
                .expressionAttributeNames(Map.of("#n", "keys"))
                .expressionAttributeValues(values)
                .build())
        .build();
  }

  private static Item ofOwner(ApiKey key) {
    return item(key).with(ownerKey(key.userId(), key.id()));
  }

  private static Item ofDigest(ApiKey key) {
    return item(key).with(digestKey(key.digest()));
  }

  private static Map<String, AttributeValue> ownerKey(String userId, String id) {
    return Map.of(PK, Values.text("USER#" + userId), SK, Values.text("KEY#" + id));
  }

  private static Map<String, AttributeValue> digestKey(String digest) {
    return Map.of(PK, Values.text("DIGEST#" + digest), SK, Values.text(KEY));
  }

  private static Item terms(KeyTerms terms) {
    return Item.empty()
        .text("name", terms.name())
        .texts("scopes", terms.access().texts())
        .time("expiresAt", terms.expiresAt());
  }

  private static Item item(ApiKey key) {
    return terms(key.terms())
        .text("id", key.id())
        .text("userId", key.userId())
        .text("digest", key.digest())
        .text("keyFormat", key.keyFormat())
        .time("createdAt", key.createdAt())
        .time("updatedAt", key.updatedAt())
        .time("lastUsedAt", key.lastUsedAt());
  }

  private static ApiKey key(Item item) {
    return new ApiKey(
        item.text("id"),
        item.text("userId"),
        item.text("digest"),
        item.text("keyFormat"),
        new KeyTerms(
            item.text("name"), Access.of(item.texts("scopes")), item.timeIfAny("expiresAt")),
        item.time("createdAt"),
        item.time("updatedAt"),
        item.timeIfAny("lastUsedAt"));
  }
}
