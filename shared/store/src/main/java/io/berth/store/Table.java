package io.berth.store;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** The few things that repositories do with a table. Reads are consistent. */
final class Table {
  /** How often a row was changed, where rows are replaced as a whole. */
  static final String VERSION = "version";

  /** A random name of a row's last single write, by which that write recognises its effect. */
  private static final String WRITE_ID = "writeId";

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
   * @return whether it was put, by this attempt or by an earlier one whose answer was an error
   */
  boolean put(PutItemRequest.Builder put) {
    PutItemRequest request = put.tableName(name).build();
    String writeId = UUID.randomUUID().toString();
    Map<String, AttributeValue> item = new HashMap<>(request.item());
    item.put(WRITE_ID, Values.text(writeId));
    PutItemRequest named =
        request.toBuilder()
            .item(item)
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
            .build();
    try {
      var _ = afterConflicts(() -> client.putItem(named));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return isOwn(e, writeId);
    }
  }

  /**
   * The SDK repeats a write after an internal error, although that write may have taken effect. The
   * repetition then fails on the condition, and finds the name of its own write in the row.
   */
  private static boolean isOwn(ConditionalCheckFailedException e, String writeId) {
    return e.hasItem() && Values.text(writeId).equals(e.item().get(WRITE_ID));
  }

  /** Puts a row in place of any other. */
  void replace(Item item) {
    var _ =
        afterConflicts(() -> client.putItem(put -> put.tableName(name).item(item.attributes())));
  }

  /**
   * Deletes a row.
   *
   * @return whether there was one; also if an earlier attempt, whose answer was an error, may have
   *     deleted it
   */
  boolean delete(Map<String, AttributeValue> key) {
    String anyKey = key.keySet().iterator().next();
    try {
      var _ =
          afterConflicts(
              () ->
                  client.deleteItem(
                      delete ->
                          delete
                              .tableName(name)
                              .key(key)
                              .conditionExpression("attribute_exists(#key)")
                              .expressionAttributeNames(Map.of("#key", anyKey))));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return e.numAttempts() != null && e.numAttempts() > 1;
    }
  }

  /**
   * Makes a single write. While a transaction is ongoing on its row, DynamoDB refuses it with
   * {@code TransactionConflictException}, which the SDK does not retry.
   */
  private static <T> T afterConflicts(Supplier<T> write) {
    for (int attempt = 1; ; attempt++) {
      try {
        return write.get();
      } catch (TransactionConflictException e) {
        if (attempt == MOST_ATTEMPTS) {
          throw e;
        }
        pause(attempt);
      }
    }
  }

  /** A random time, so that writers that meet do not meet again. */
  static void pause(int attempt) {
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(attempt * LONGEST_STEP.toNanos()));
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
        pause(attempt);
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
   * @param update with an expression that has its {@code SET} clause, if any, first
   * @return whether it held
   */
  boolean change(UpdateItemRequest.Builder update) {
    return update(update, ReturnValue.NONE).isPresent();
  }

  /**
   * Updates a row if its condition holds.
   *
   * @param update with an expression that has its {@code SET} clause, if any, first
   * @return the row as it is now; empty if the condition did not hold
   */
  Optional<Item> update(UpdateItemRequest.Builder update) {
    return update(update, ReturnValue.ALL_NEW);
  }

  private Optional<Item> update(UpdateItemRequest.Builder update, ReturnValue returned) {
    UpdateItemRequest request = update.tableName(name).returnValues(returned).build();
    if (request.conditionExpression() == null) {
      // Nothing refuses a repetition.
      return Optional.of(Item.of(afterConflicts(() -> client.updateItem(request)).attributes()));
    }
    String writeId = UUID.randomUUID().toString();
    UpdateItemRequest named = alsoSetting(request, writeId);
    try {
      return Optional.of(Item.of(afterConflicts(() -> client.updateItem(named)).attributes()));
    } catch (ConditionalCheckFailedException e) {
      return isOwn(e, writeId) ? Optional.of(Item.of(e.item())) : Optional.empty();
    }
  }

  private static UpdateItemRequest alsoSetting(UpdateItemRequest request, String writeId) {
    String set = "SET " + WRITE_ID + " = :" + WRITE_ID;
    String expression = request.updateExpression();
    Map<String, AttributeValue> values = new HashMap<>(request.expressionAttributeValues());
    values.put(":" + WRITE_ID, Values.text(writeId));
    return request.toBuilder()
        .updateExpression(
            expression.startsWith("SET ")
                ? set + ", " + expression.substring("SET ".length())
                : set + " " + expression)
        .expressionAttributeValues(values)
        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
        .build();
  }
}
