package io.berth.store;

import static io.berth.store.Tables.PK;
import static io.berth.store.Tables.SK;

import io.berth.domain.account.ApiKey;
import io.berth.domain.account.ApiKeys;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
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
 * Only the last use is written to one after the other: it is a hint, and need not hold up a
 * request.
 */
public final class DynamoApiKeys implements ApiKeys {
  private static final String KEY = "KEY";
  private final Table table;

  public DynamoApiKeys(DynamoDbClient client, String tableName) {
    this.table = new Table(client, tableName);
  }

  @Override
  public void create(ApiKey key) {
    Item ofOwner = item(key).with(ownerKey(key.userId(), key.id()));
    Item ofDigest = item(key).with(digestKey(key.digest()));
    if (!table.transact(put(ofOwner), put(ofDigest))) {
      throw new IllegalStateException("there is a key with the id or digest of " + key.id());
    }
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
    QueryRequest query =
        QueryRequest.builder()
            .tableName(table.name())
            .consistentRead(true)
            .keyConditionExpression("pk = :pk AND begins_with(sk, :sk)")
            .expressionAttributeValues(
                Map.of(":pk", Values.text("USER#" + userId), ":sk", Values.text("KEY#")))
            .build();
    return table.client().queryPaginator(query).items().stream()
        .map(found -> key(Item.of(found)))
        .sorted(Comparator.comparing(ApiKey::createdAt).reversed())
        .toList();
  }

  @Override
  public Optional<ApiKey> rename(String userId, String id, String name, Instant at) {
    Item change = Item.empty().text("name", name).time("updatedAt", at);
    return find(userId, id)
        .filter(
            key ->
                table.transact(
                    update(ownerKey(userId, id), change), update(digestKey(key.digest()), change)))
        .flatMap(key -> find(userId, id));
  }

  @Override
  public boolean delete(String userId, String id) {
    return find(userId, id)
        .filter(
            key -> table.transact(delete(ownerKey(userId, id)), delete(digestKey(key.digest()))))
        .isPresent();
  }

  @Override
  public void touch(String userId, String id, Instant at) {
    try {
      touch(ownerKey(userId, id), at).ifPresent(item -> touch(digestKey(item.text("digest")), at));
    } catch (TransactionConflictException e) {
      // The key is just being renamed or deleted; its next use will be recorded.
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

  private TransactWriteItem update(Map<String, AttributeValue> key, Item change) {
    return TransactWriteItem.builder()
        .update(
            Update.builder()
                .tableName(table.name())
                .key(key)
                .updateExpression(change.assignments())
                .conditionExpression("attribute_exists(pk)")
                .expressionAttributeNames(change.names())
                .expressionAttributeValues(change.values())
                .build())
        .build();
  }

  private static Map<String, AttributeValue> ownerKey(String userId, String id) {
    return Map.of(PK, Values.text("USER#" + userId), SK, Values.text("KEY#" + id));
  }

  private static Map<String, AttributeValue> digestKey(String digest) {
    return Map.of(PK, Values.text("DIGEST#" + digest), SK, Values.text(KEY));
  }

  private static Item item(ApiKey key) {
    return Item.empty()
        .text("id", key.id())
        .text("userId", key.userId())
        .text("name", key.name())
        .text("digest", key.digest())
        .text("keyFormat", key.keyFormat())
        .texts("scopes", key.scopes())
        .time("expiresAt", key.expiresAt())
        .time("createdAt", key.createdAt())
        .time("updatedAt", key.updatedAt())
        .time("lastUsedAt", key.lastUsedAt());
  }

  private static ApiKey key(Item item) {
    return new ApiKey(
        item.text("id"),
        item.text("userId"),
        item.text("name"),
        item.text("digest"),
        item.text("keyFormat"),
        item.texts("scopes"),
        item.timeIfAny("expiresAt"),
        item.time("createdAt"),
        item.time("updatedAt"),
        item.timeIfAny("lastUsedAt"));
  }
}
