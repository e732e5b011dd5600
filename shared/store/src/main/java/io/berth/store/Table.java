package io.berth.store;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
  /** How often a row was changed, where rows are replaced as a whole. */
  static final String VERSION = "version";

  private static final int MOST_ATTEMPTS = 12;
  private static final Duration LONGEST_STEP = Duration.ofMillis(20);

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

  /**
   * All rows that a condition on the keys names, in the order of their sort keys.
   *
   * @param values of the condition's placeholders
   */
  Stream<Item> all(String keyCondition, Map<String, AttributeValue> values) {
    return client
        .queryPaginator(
            query ->
                query
                    .tableName(name)
                    .consistentRead(true)
                    .keyConditionExpression(keyCondition)
                    .expressionAttributeValues(values))
        .items()
        .stream()
        .map(Item::of);
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
   * Puts a row, as a part of a transaction, if its {@code version} is the one that was seen.
   *
   * @param seen 0 if no row was
   */
  TransactWriteItem replacement(Item item, long seen) {
    return TransactWriteItem.builder()
        .put(
            put -> {
              put.tableName(name)
                  .item(item.attributes())
                  .expressionAttributeNames(Map.of("#version", VERSION));
              if (seen == 0) {
                put.conditionExpression("attribute_not_exists(#version)");
              } else {
                put.conditionExpression("#version = :seen")
                    .expressionAttributeValues(Map.of(":seen", Values.number(seen)));
              }
            })
        .build();
  }

  /**
   * Makes all writes or none.
   *
   * @return whether they were made; not if a condition did not hold
   * @throws TransactionCanceledException for any other reason
   */
  boolean transact(TransactWriteItem... writes) {
    return firstRefused(writes).isEmpty();
  }

  /**
   * Makes all writes or none. Whoever else writes one of the rows at the same time makes DynamoDB
   * cancel it; then it is tried again, after a moment that is not the same for all who wait.
   *
   * @return the position of the first write whose condition did not hold; empty if all were made
   * @throws TransactionCanceledException for any other reason
   */
  OptionalInt firstRefused(TransactWriteItem... writes) {
    for (int attempt = 1; ; attempt++) {
      try {
        client.transactWriteItems(transaction -> transaction.transactItems(writes));
        return OptionalInt.empty();
      } catch (TransactionCanceledException e) {
        OptionalInt refused = first(e, "ConditionalCheckFailed");
        if (refused.isPresent()) {
          return refused;
        }
        if (first(e, "TransactionConflict").isEmpty() || attempt == MOST_ATTEMPTS) {
          throw e;
        }
        LockSupport.parkNanos(
            ThreadLocalRandom.current().nextLong(attempt * LONGEST_STEP.toNanos()));
      }
    }
  }

  private static OptionalInt first(TransactionCanceledException e, String code) {
    return IntStream.range(0, e.cancellationReasons().size())
        .filter(i -> code.equals(e.cancellationReasons().get(i).code()))
        .findFirst();
  }

  /**
   * Updates a row if its condition holds.
   *
   * @return whether it held
   */
  boolean change(UpdateItemRequest.Builder update) {
    try {
      client.updateItem(update.tableName(name).build());
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
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
