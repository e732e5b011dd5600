package io.berth.local.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * What Berth needs of DynamoDB, as the API reference describes it. An engine that passes these and
 * the tests of {@code shared/store} can take dynoxide's place.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/">API reference</a>
 */
class EngineTest {
  private DynamoDbServer server;
  private DynamoDbClient client;

  @BeforeEach
  void start() {
    server = DynamoDbServer.start(0, Optional.empty());
    client = Tables.client(server.endpoint());
    Tables.create(client);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private void put(Map<String, AttributeValue> item) {
    client.putItem(put -> put.tableName(Tables.ORDERS).item(item));
  }

  private static QueryRequest byState(int limit) {
    return QueryRequest.builder()
        .tableName(Tables.ORDERS)
        .indexName(Tables.BY_STATE)
        .keyConditionExpression("#state = :open")
        .expressionAttributeNames(Map.of("#state", "state"))
        .expressionAttributeValues(Map.of(":open", AttributeValue.fromS("open")))
        .limit(limit)
        .build();
  }

  private static TransactWriteItem putIfAbsent(Map<String, AttributeValue> item) {
    return TransactWriteItem.builder()
        .put(
            put ->
                put.tableName(Tables.ORDERS)
                    .item(item)
                    .conditionExpression("attribute_not_exists(dseq)")
                    .returnValuesOnConditionCheckFailure(
                        ReturnValuesOnConditionCheckFailure.ALL_OLD))
        .build();
  }

  private static TransactWriteItem add(String attribute, int number) {
    return TransactWriteItem.builder()
        .update(
            update ->
                update
                    .tableName(Tables.ORDERS)
                    .key(Tables.keyOf("ann", 1))
                    .updateExpression("ADD " + attribute + " :n")
                    .expressionAttributeValues(Map.of(":n", AttributeValue.fromN("" + number))))
        .build();
  }

  private String price() {
    return client
        .getItem(get -> get.tableName(Tables.ORDERS).key(Tables.keyOf("ann", 1)))
        .item()
        .get("price")
        .n();
  }

  @Test
  void anIndexHasTheItemsInOrderAndPageByPage() {
    put(Tables.order("bob", 2, 20));
    put(Tables.order("ann", 1, 10));
    put(Tables.order("cat", 3, 30));

    var first = client.query(byState(2));
    var second =
        client.query(byState(2).toBuilder().exclusiveStartKey(first.lastEvaluatedKey()).build());

    assertThat(first.items())
        .containsExactly(Tables.order("ann", 1, 10), Tables.order("bob", 2, 20));
    assertThat(second.items()).containsExactly(Tables.order("cat", 3, 30));
    assertThat(second.hasLastEvaluatedKey()).isFalse();
  }

  @Test
  void anIndexCannotBeReadConsistently() {
    assertThatExceptionOfType(DynamoDbException.class)
        .isThrownBy(() -> client.query(byState(1).toBuilder().consistentRead(true).build()))
        .satisfies(
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationException"));
  }

  @Test
  void expiryIsEnabledForAnAttribute() {
    client.updateTimeToLive(
        update ->
            update
                .tableName(Tables.ORDERS)
                .timeToLiveSpecification(ttl -> ttl.attributeName("expiresAt").enabled(true)));

    var expiry = client.describeTimeToLive(describe -> describe.tableName(Tables.ORDERS));

    assertThat(expiry.timeToLiveDescription().timeToLiveStatus())
        .isEqualTo(TimeToLiveStatus.ENABLED);
    assertThat(expiry.timeToLiveDescription().attributeName()).isEqualTo("expiresAt");
  }

  @Test
  void aRefusedConditionReturnsTheItemThatIsThere() {
    put(Tables.order("ann", 1, 10));

    assertThatExceptionOfType(ConditionalCheckFailedException.class)
        .isThrownBy(
            () ->
                client.putItem(
                    put ->
                        put.tableName(Tables.ORDERS)
                            .item(Tables.order("ann", 1, 99))
                            .conditionExpression("attribute_not_exists(dseq)")
                            .returnValuesOnConditionCheckFailure(
                                ReturnValuesOnConditionCheckFailure.ALL_OLD)))
        .satisfies(e -> assertThat(e.item()).isEqualTo(Tables.order("ann", 1, 10)));
    assertThat(price()).isEqualTo("10");
  }

  @Test
  void aCancelledTransactionWritesNothingAndGivesAReasonForEachItem() {
    put(Tables.order("ann", 1, 10));

    assertThatExceptionOfType(TransactionCanceledException.class)
        .isThrownBy(
            () ->
                client.transactWriteItems(
                    write ->
                        write.transactItems(
                            putIfAbsent(Tables.order("bob", 2, 20)),
                            putIfAbsent(Tables.order("ann", 1, 99)))))
        .satisfies(
            e -> {
              List<CancellationReason> reasons = e.cancellationReasons();
              assertThat(reasons)
                  .extracting(CancellationReason::code)
                  .containsExactly("None", "ConditionalCheckFailed");
              assertThat(reasons.get(1).item()).isEqualTo(Tables.order("ann", 1, 10));
            });
    assertThat(
            client
                .getItem(get -> get.tableName(Tables.ORDERS).key(Tables.keyOf("bob", 2)))
                .hasItem())
        .isFalse();
  }

  @Test
  void aTransactionWithTheSameTokenTakesEffectOnce() {
    put(Tables.order("ann", 1, 10));

    for (int i = 0; i < 2; i++) {
      client.transactWriteItems(
          write -> write.clientRequestToken("token").transactItems(add("price", 5)));
    }

    assertThat(price()).isEqualTo("15");
    assertThatExceptionOfType(IdempotentParameterMismatchException.class)
        .isThrownBy(
            () ->
                client.transactWriteItems(
                    write -> write.clientRequestToken("token").transactItems(add("price", 6))));
    assertThat(price()).isEqualTo("15");
  }

  @Test
  void capacityIsCountedAsItIsBilled() {
    ReturnConsumedCapacity total = ReturnConsumedCapacity.TOTAL;
    put(Tables.order("ann", 1, 10));

    double transaction =
        client
            .transactWriteItems(
                write -> write.returnConsumedCapacity(total).transactItems(add("bids", 5)))
            .consumedCapacity()
            .getFirst()
            .capacityUnits();
    double consistent = read(total, true);
    double eventual = read(total, false);

    // The index does not have this attribute; a transaction costs twice as much as a write.
    assertThat(transaction).isEqualTo(2.0);
    assertThat(consistent).isEqualTo(1.0);
    assertThat(eventual).isEqualTo(0.5);
  }

  private double read(ReturnConsumedCapacity total, boolean consistent) {
    return client
        .getItem(
            get ->
                get.tableName(Tables.ORDERS)
                    .key(Tables.keyOf("ann", 1))
                    .consistentRead(consistent)
                    .returnConsumedCapacity(total))
        .consumedCapacity()
        .capacityUnits();
  }

  @Test
  void anItemOfMoreThan400KilobytesIsRefused() {
    Map<String, AttributeValue> item = new HashMap<>(Tables.order("ann", 1, 10));
    item.put("text", AttributeValue.fromS("x".repeat(400 * 1024)));

    assertThatExceptionOfType(DynamoDbException.class)
        .isThrownBy(() -> put(item))
        .withMessageContaining("size");
  }
}
