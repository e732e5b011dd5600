package io.berth.store;

import static io.berth.store.Tables.REQUEST_KEY;
import static io.berth.store.Tables.USER_ID;

import io.berth.domain.request.Answer;
import io.berth.domain.request.KeyedRequest;
import io.berth.domain.request.KeyedRequests;
import io.berth.domain.request.RequestId;
import io.berth.domain.request.SafeRetries;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * Requests by {@code userId} and {@code requestKey}. DynamoDB deletes them some time after {@code
 * expiresAt}, so their age is checked as well.
 */
public final class DynamoKeyedRequests implements KeyedRequests {
  private static final String RECEIVED_AT = "receivedAt";
  private static final String LOCKED_UNTIL = "lockedUntil";
  private static final String STATUS = "status";

  private final Table table;

  public DynamoKeyedRequests(DynamoDbClient client, String tableName) {
    this.table = new Table(client, tableName);
  }

  @Override
  public boolean create(KeyedRequest request, Instant forgotten) {
    return table.put(
        PutItemRequest.builder()
            .item(item(request).attributes())
            .conditionExpression("attribute_not_exists(userId) OR receivedAt < :forgotten")
            .expressionAttributeValues(Map.of(":forgotten", Values.time(forgotten))));
  }

  @Override
  public Optional<KeyedRequest> find(String userId, String key) {
    return table
        .get(Map.of(USER_ID, Values.text(userId), REQUEST_KEY, Values.text(key)))
        .map(DynamoKeyedRequests::request);
  }

  @Override
  public boolean replace(KeyedRequest from, KeyedRequest next) {
    return table.put(
        PutItemRequest.builder()
            .item(item(next).attributes())
            .conditionExpression(
                "requestId = :id AND lockedUntil = :lock AND attribute_not_exists(#status)")
            .expressionAttributeNames(Map.of("#status", STATUS))
            .expressionAttributeValues(
                Map.<String, AttributeValue>of(
                    ":id", Values.text(from.id().id()),
                    ":lock", Values.time(from.lockedUntil()))));
  }

  private static Item item(KeyedRequest request) {
    Item item =
        Item.empty()
            .text(USER_ID, request.userId())
            .text(REQUEST_KEY, request.key())
            .text("fingerprint", request.fingerprint())
            .text("requestId", request.id().id())
            .time(RECEIVED_AT, request.id().receivedAt())
            .time(LOCKED_UNTIL, request.lockedUntil())
            .number(
                Tables.EXPIRES_AT,
                request.id().receivedAt().plus(SafeRetries.KEPT).getEpochSecond());
    request
        .answer()
        .ifPresent(answer -> item.number(STATUS, answer.status()).text("body", answer.body()));
    return item;
  }

  private static KeyedRequest request(Item item) {
    return new KeyedRequest(
        item.text(USER_ID),
        item.text(REQUEST_KEY),
        item.text("fingerprint"),
        new RequestId(item.text("requestId"), item.time(RECEIVED_AT)),
        item.time(LOCKED_UNTIL),
        item.has(STATUS)
            ? Optional.of(new Answer(Math.toIntExact(item.number(STATUS)), item.text("body")))
            : Optional.empty());
  }
}
