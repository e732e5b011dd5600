package io.berth.local.crashtests;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * Counts the calls to DynamoDB, each try of them, and the capacity units that they consume: what
 * AWS bills. Writes whose condition fails consume units too, but report none.
 */
final class StoreCalls implements ExecutionInterceptor {
  private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();
  private final DoubleAdder readUnits = new DoubleAdder();
  private final DoubleAdder writeUnits = new DoubleAdder();

  /**
   * What was counted.
   *
   * @param calls by operation
   */
  record Count(Map<String, Long> calls, double readUnits, double writeUnits) {
    long total() {
      return calls.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes call) {
    ReturnConsumedCapacity total = ReturnConsumedCapacity.TOTAL;
    return switch (context.request()) {
      case GetItemRequest get -> get.toBuilder().returnConsumedCapacity(total).build();
      case BatchGetItemRequest get -> get.toBuilder().returnConsumedCapacity(total).build();
      case QueryRequest query -> query.toBuilder().returnConsumedCapacity(total).build();
      case PutItemRequest put -> put.toBuilder().returnConsumedCapacity(total).build();
      case UpdateItemRequest update -> update.toBuilder().returnConsumedCapacity(total).build();
      case TransactWriteItemsRequest writes ->
          writes.toBuilder().returnConsumedCapacity(total).build();
      default -> context.request();
    };
  }

  @Override
  public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes call) {
    String operation = call.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
    calls.computeIfAbsent(operation, name -> new LongAdder()).increment();
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes call) {
    SdkResponse response = context.response();
    switch (response) {
      case GetItemResponse get -> readUnits.add(units(List.of(get.consumedCapacity())));
      case BatchGetItemResponse get -> readUnits.add(units(get.consumedCapacity()));
      case QueryResponse query -> readUnits.add(units(List.of(query.consumedCapacity())));
      case PutItemResponse put -> writeUnits.add(units(List.of(put.consumedCapacity())));
      case UpdateItemResponse update -> writeUnits.add(units(List.of(update.consumedCapacity())));
      case TransactWriteItemsResponse writes -> writeUnits.add(units(writes.consumedCapacity()));
      default -> {}
    }
  }

  private static double units(List<ConsumedCapacity> consumed) {
    return consumed.stream().mapToDouble(ConsumedCapacity::capacityUnits).sum();
  }

  /** What was counted since the last call of this. */
  Count take() {
    return new Count(
        calls.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    entry -> entry.getValue().sumThenReset(),
                    Long::sum,
                    TreeMap::new)),
        readUnits.sumThenReset(),
        writeUnits.sumThenReset());
  }
}
