package io.berth.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** Rows of several tables in one call. Rows that do not exist are missing from the result. */
final class BatchRead {
  private static final int MAX_ATTEMPTS = 8;

  private BatchRead() {}

  /** Keys of one table, read consistently. */
  static KeysAndAttributes consistent(Map<String, AttributeValue> key) {
    return KeysAndAttributes.builder().keys(List.of(key)).consistentRead(true).build();
  }

  /**
   * The rows by table. Keys that DynamoDB leaves out under load are read again, after a pause.
   *
   * @param keys by table; at most 100 in all
   * @throws IllegalStateException if it leaves out some of them each time
   */
  static Map<String, List<Item>> read(DynamoDbClient client, Map<String, KeysAndAttributes> keys) {
    Map<String, List<Item>> rows = new HashMap<>();
    Map<String, KeysAndAttributes> left = keys;
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      Map<String, KeysAndAttributes> asked = left;
      BatchGetItemResponse response = client.batchGetItem(get -> get.requestItems(asked));
      response
          .responses()
          .forEach(
              (table, found) ->
                  rows.merge(table, found.stream().map(Item::of).toList(), BatchRead::both));
      left = response.unprocessedKeys();
      if (left.isEmpty()) {
        return rows;
      }
      Table.pause(attempt);
    }
    throw new IllegalStateException("DynamoDB left keys of " + left.keySet() + " unread");
  }

  private static List<Item> both(List<Item> some, List<Item> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }
}
