package io.berth.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * How cancelled transactions are taken, which the local engine does not show: it runs them in turn.
 */
class TableTest {
  private final Cancelling dynamoDb = new Cancelling();
  private final Table table = new Table(dynamoDb, "any");

  @Test
  void triesAgainWhenAnotherWriteWasInTheWay() {
    dynamoDb.cancelFor("None", "TransactionConflict");
    dynamoDb.cancelFor("TransactionConflict", "None");

    assertThat(table.transact(TransactWriteItem.builder().build())).isTrue();

    assertThat(dynamoDb.cancellations).isEmpty();
  }

  @Test
  void doesNotTryForEver() {
    for (int i = 0; i < 100; i++) {
      dynamoDb.cancelFor("TransactionConflict");
    }

    assertThatThrownBy(() -> table.transact(TransactWriteItem.builder().build()))
        .isInstanceOf(TransactionCanceledException.class);
    assertThat(dynamoDb.cancellations).isNotEmpty();
  }

  @Test
  void tellsThatAConditionDidNotHold() {
    dynamoDb.cancelFor("ConditionalCheckFailed", "TransactionConflict");

    assertThat(table.transact(TransactWriteItem.builder().build())).isFalse();
  }

  @Test
  void passesOnWhatItDoesNotKnow() {
    dynamoDb.cancelFor("ItemCollectionSizeLimitExceeded");

    assertThatThrownBy(() -> table.transact(TransactWriteItem.builder().build()))
        .isInstanceOf(TransactionCanceledException.class);
    assertThat(dynamoDb.cancellations).isEmpty();
  }

  /** Cancels transactions for the given reasons, one after the other, and then makes them. */
  private static final class Cancelling implements DynamoDbClient {
    private final Deque<List<String>> cancellations = new ArrayDeque<>();

    void cancelFor(String... codes) {
      cancellations.add(List.of(codes));
    }

    @Override
    public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
      List<String> codes = cancellations.poll();
      if (codes == null) {
        return TransactWriteItemsResponse.builder().build();
      }
      throw TransactionCanceledException.builder()
          .cancellationReasons(
              codes.stream().map(code -> CancellationReason.builder().code(code).build()).toList())
          .build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
