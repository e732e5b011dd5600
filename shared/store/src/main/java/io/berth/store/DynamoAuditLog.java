package io.berth.store;

import static io.berth.store.Tables.ENTRY;
import static io.berth.store.Tables.EXPIRES_AT;
import static io.berth.store.Tables.USER_ID;

import io.berth.domain.audit.AuditEntry;
import io.berth.domain.audit.AuditLog;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Entries by {@code userId} and {@code entry}, which is their time and their request's id. */
public final class DynamoAuditLog implements AuditLog {
  private static final String STATUS = "status";
  private static final String MADE = "made";

  private final Table table;
  private final Duration kept;

  /**
   * @param kept after this time DynamoDB deletes an entry
   */
  public DynamoAuditLog(DynamoDbClient client, String tableName, Duration kept) {
    this.table = new Table(client, tableName);
    this.kept = kept;
  }

  @Override
  public void begin(AuditEntry entry) {
    Item item =
        Item.of(key(entry.userId(), entry.at(), entry.requestId()))
            .text("requestId", entry.requestId())
            .time("at", entry.at())
            .text("action", entry.action())
            .text("path", entry.path())
            .text("sourceIp", entry.sourceIp())
            .number(EXPIRES_AT, entry.at().plus(kept).getEpochSecond());
    entry.keyId().ifPresent(keyId -> item.text("keyId", keyId));
    if (!table.create(item, USER_ID)) {
      throw new IllegalStateException("there is an audit entry of request " + entry.requestId());
    }
  }

  @Override
  public void end(AuditEntry entry) {
    AuditEntry.Outcome outcome = entry.outcome().orElseThrow();
    Item change = Item.empty().number(STATUS, outcome.status());
    outcome.made().ifPresent(made -> change.text(MADE, made));
    table.update(
        UpdateItemRequest.builder()
            .key(key(entry.userId(), entry.at(), entry.requestId()))
            .updateExpression(change.assignments())
            .conditionExpression("attribute_exists(userId) AND attribute_not_exists(#status)")
            .expressionAttributeNames(change.names())
            .expressionAttributeValues(change.values()));
  }

  @Override
  public List<AuditEntry> list(String userId, Optional<Position> after, int limit) {
    Map<String, AttributeValue> values = new HashMap<>(Map.of(":user", Values.text(userId)));
    after.ifPresent(
        position -> values.put(":after", entryKey(position.at(), position.requestId())));
    QueryRequest query =
        QueryRequest.builder()
            .tableName(table.name())
            .consistentRead(true)
            .scanIndexForward(false)
            .limit(limit)
            .keyConditionExpression(
                after.isPresent() ? "userId = :user AND entry < :after" : "userId = :user")
            .expressionAttributeValues(values)
            .build();
    return table.client().query(query).items().stream().map(item -> entry(Item.of(item))).toList();
  }

  private static Map<String, AttributeValue> key(String userId, Instant at, String requestId) {
    return Map.of(USER_ID, Values.text(userId), ENTRY, entryKey(at, requestId));
  }

  private static AttributeValue entryKey(Instant at, String requestId) {
    return Values.text(Values.time(at).s() + " " + requestId);
  }

  private static AuditEntry entry(Item item) {
    return new AuditEntry(
        item.text(USER_ID),
        item.text("requestId"),
        item.time("at"),
        item.has("keyId") ? Optional.of(item.text("keyId")) : Optional.empty(),
        item.text("action"),
        item.text("path"),
        item.text("sourceIp"),
        item.has(STATUS)
            ? Optional.of(
                new AuditEntry.Outcome(
                    Math.toIntExact(item.number(STATUS)),
                    item.has(MADE) ? Optional.of(item.text(MADE)) : Optional.empty()))
            : Optional.empty());
  }
}
