package io.berth.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** The few things that repositories do with a table. Reads are consistent. */
final class Table {
  private static final int MOST_ATTEMPTS = 5;

  private final DynamoDbClient client;
  private final String name;

  Table(DynamoDbClient client, String name) {
    this.client = client;
    this.name = name;
  }

  DynamoDbClient client() {
    return client;
  }

  String name() {
    return name;
  }

  Optional<Item> get(Map<String, AttributeValue> key) {
    Map<String, AttributeValue> found =
        client.getItem(get -> get.tableName(name).key(key).consistentRead(true)).item();
    return found == null || found.isEmpty() ? Optional.empty() : Optional.of(Item.of(found));
  }

  /** Some rows, and the key of the last of them if there may be more behind it. */
  record Page(List<Item> items, Optional<Item> last) {}

  /** Rows of the whole table, in the order of their keys' hashes. */
  Page scan(Optional<Map<String, AttributeValue>> after, int most) {
    ScanRequest.Builder scan =
        ScanRequest.builder().tableName(name).limit(most).consistentRead(true);
    after.ifPresent(scan::exclusiveStartKey);
    ScanResponse response = client.scan(scan.build());
    return new Page(
        response.items().stream().map(Item::of).toList(),
        response.hasLastEvaluatedKey()
            ? Optional.of(Item.of(response.lastEvaluatedKey()))
            : Optional.empty());
  }

  /**
   * Puts a row unless one of its key exists.
   *
   * @param keyName any attribute of the key
   * @return whether it was put
   */
  boolean create(Item item, String keyName) {
    return put(
        PutItemRequest.builder()
            .item(item.attributes())
            .conditionExpression("attribute_not_exists(#key)")
            .expressionAttributeNames(Map.of("#key", keyName)));
  }

  /**
   * Puts a row if the condition holds.
   *
   * @return whether it was put
   */
  boolean put(PutItemRequest.Builder put) {
    try {
      client.putItem(put.tableName(name).build());
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }

  /**
   * Makes all writes or none. Whoever else writes one of the rows at the same time makes DynamoDB
   * cancel it; then it is tried again.
   *
   * @return whether it was made; not if a condition did not hold
   * @throws TransactionCanceledException for any other reason
   */
  boolean transact(TransactWriteItem... writes) {
    for (int attempt = 1; ; attempt++) {
      try {
        client.transactWriteItems(transaction -> transaction.transactItems(writes));
        return true;
      } catch (TransactionCanceledException e) {
        if (isCancelledFor(e, "ConditionalCheckFailed")) {
          return false;
        }
        if (!isCancelledFor(e, "TransactionConflict") || attempt == MOST_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static boolean isCancelledFor(TransactionCanceledException e, String code) {
    return e.cancellationReasons().stream().anyMatch(reason -> code.equals(reason.code()));
  }

  /**
   * Updates a row if its condition holds.
   *
   * @return the row as it is now; empty if the condition did not hold
   */
  Optional<Item> update(UpdateItemRequest.Builder update) {
    try {
      return Optional.of(
          Item.of(
              client
                  .updateItem(update.tableName(name).returnValues("ALL_NEW").build())
                  .attributes()));
    } catch (ConditionalCheckFailedException e) {
      return Optional.empty();
    }
  }
}
