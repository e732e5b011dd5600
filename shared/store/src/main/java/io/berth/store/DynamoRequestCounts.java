package io.berth.store;

import static io.berth.store.Tables.EXPIRES_AT;
import static io.berth.store.Tables.USER_ID;
import static io.berth.store.Tables.WINDOW;

import io.berth.domain.limit.RequestCounts;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/**
 * Counts by {@code userId} and {@code window}, one row for all keys of a user, so that a request
 * costs one write. {@code ADD} needs no condition, so nobody has to try again.
 */
public final class DynamoRequestCounts implements RequestCounts {
  private final DynamoDbClient client;
  private final String tableName;

  public DynamoRequestCounts(DynamoDbClient client, String tableName) {
    this.client = client;
    this.tableName = tableName;
  }

  @Override
  public Counts count(String userId, String callerId, Instant window, Instant forgotten) {
    Map<String, AttributeValue> counted =
        client
            .updateItem(
                update ->
                    update
                        .tableName(tableName)
                        .key(
                            Map.of(
                                USER_ID,
                                Values.text(userId),
                                WINDOW,
                                Values.number(window.getEpochSecond())))
                        .updateExpression("ADD #user :one, #caller :one SET #expires = :expires")
                        .expressionAttributeNames(
                            Map.of(
                                "#user",
                                "all",
                                "#caller",
                                "caller " + callerId,
                                "#expires",
                                EXPIRES_AT))
                        .expressionAttributeValues(
                            Map.of(
                                ":one",
                                Values.number(1),
                                ":expires",
                                Values.number(forgotten.getEpochSecond())))
                        .returnValues(ReturnValue.UPDATED_NEW))
            .attributes();
    Item item = Item.of(counted);
    return new Counts(item.number("all"), item.number("caller " + callerId));
  }
}
