package io.berth.store;

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
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * API keys, each as two rows that are written and deleted together:
 *
 * <ul>
 *   <li>{@code pk = USER#userId, sk = KEY#id}: the key, for its owner
 *   <li>{@code pk = DIGEST#digest, sk = KEY}: whose it is and until when, so that the authorizer
 *       reads one row
 * </ul>
 *
 * The name lives in the owner's row alone, and the last use in both.
 */
public final class DynamoApiKeys implements ApiKeys {
  private static final String PK = "pk";
  private static final String SK = "sk";
  private static final String KEY = "KEY";
  private final Table table;

  public DynamoApiKeys(DynamoDbClient client, String tableName) {
    this.table = new Table(client, tableName);
  }

  @Override
  public void create(ApiKey key) {
    Item ofOwner = item(key).with(ownerKey(key.userId(), key.id()));
    Item ofDigest = item(key).with(digestKey(key.digest()));
    table.client().transactWriteItems(write -> write.transactItems(put(ofOwner), put(ofDigest)));
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
    return table
        .update(
            existing(ownerKey(userId, id))
                .updateExpression("SET #name = :name, updatedAt = :at")
                .expressionAttributeNames(Map.of("#name", "name"))
                .expressionAttributeValues(
                    Map.of(":name", Values.text(name), ":at", Values.time(at))))
        .map(DynamoApiKeys::key);
  }

  @Override
  public boolean delete(String userId, String id) {
    Optional<ApiKey> key = find(userId, id);
    key.ifPresent(
        found ->
            table
                .client()
                .transactWriteItems(
                    write ->
                        write.transactItems(
                            delete(ownerKey(userId, id)), delete(digestKey(found.digest())))));
    return key.isPresent();
  }

  @Override
  public void touch(String userId, String id, Instant at) {
    touch(ownerKey(userId, id), at).ifPresent(item -> touch(digestKey(item.text("digest")), at));
  }

  /** A later use is kept. */
  private Optional<Item> touch(Map<String, AttributeValue> key, Instant at) {
    return table.update(
        UpdateItemRequest.builder()
            .key(key)
            .updateExpression("SET lastUsedAt = :at, lastUsedMillis = :millis")
            .conditionExpression(
                "attribute_exists(pk) AND"
                    + " (attribute_not_exists(lastUsedMillis) OR lastUsedMillis < :millis)")
            .expressionAttributeValues(
                Map.of(":at", Values.time(at), ":millis", Values.number(at.toEpochMilli()))));
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
        .delete(Delete.builder().tableName(table.name()).key(key).build())
        .build();
  }

  private static UpdateItemRequest.Builder existing(Map<String, AttributeValue> key) {
    return UpdateItemRequest.builder().key(key).conditionExpression("attribute_exists(pk)");
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
