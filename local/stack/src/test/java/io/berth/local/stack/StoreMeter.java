package io.berth.local.stack;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * Counts the store calls of this process and the capacity units that DynamoDB says they consumed.
 * Benchmarks put {@code src/bench/resources} on the class path, by which the SDK finds it.
 *
 * <p>A write whose condition fails is billed too; it counts as one unit here, since the response
 * does not say.
 */
public final class StoreMeter implements ExecutionInterceptor {
  private static final Map<String, Usage> USAGE = new ConcurrentHashMap<>();

  /** Found by the SDK. */
  public StoreMeter() {}

  /**
   * Calls and what they consumed.
   *
   * @param reads read capacity units
   * @param writes write capacity units
   */
  record Usage(long calls, double reads, double writes) {
    static final Usage NONE = new Usage(0, 0, 0);

    Usage plus(Usage other) {
      return new Usage(calls + other.calls, reads + other.reads, writes + other.writes);
    }
  }

  /** Forgets what was counted. */
  static void reset() {
    USAGE.clear();
  }

  /** All that was counted. */
  static Usage total() {
    return USAGE.values().stream().reduce(Usage.NONE, Usage::plus);
  }

  /** What was counted, by operation and table. */
  static Map<String, Usage> byOperation() {
    return new TreeMap<>(USAGE);
  }

  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
    ReturnConsumedCapacity total = ReturnConsumedCapacity.TOTAL;
    return switch (context.request()) {
      case GetItemRequest get -> get.toBuilder().returnConsumedCapacity(total).build();
      case BatchGetItemRequest get -> get.toBuilder().returnConsumedCapacity(total).build();
      case QueryRequest query -> query.toBuilder().returnConsumedCapacity(total).build();
      case ScanRequest scan -> scan.toBuilder().returnConsumedCapacity(total).build();
      case PutItemRequest put -> put.toBuilder().returnConsumedCapacity(total).build();
      case UpdateItemRequest update -> update.toBuilder().returnConsumedCapacity(total).build();
      case DeleteItemRequest delete -> delete.toBuilder().returnConsumedCapacity(total).build();
      case TransactWriteItemsRequest transaction ->
          transaction.toBuilder().returnConsumedCapacity(total).build();
      default -> context.request();
    };
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    count(context.request(), usage(context.response()));
  }

  @Override
  public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
    boolean billed = context.exception() instanceof ConditionalCheckFailedException;
    count(context.request(), new Usage(1, 0, billed ? 1 : 0));
  }

  private static void count(SdkRequest request, Usage usage) {
    String operation = request.getClass().getSimpleName().replace("Request", "");
    USAGE.merge(operation + " " + tables(request), usage, Usage::plus);
  }

  private static Usage usage(SdkResponse response) {
    return switch (response) {
      case GetItemResponse get -> read(List.of(get.consumedCapacity()));
      case BatchGetItemResponse get -> read(get.consumedCapacity());
      case QueryResponse query -> read(List.of(query.consumedCapacity()));
      case ScanResponse scan -> read(List.of(scan.consumedCapacity()));
      case PutItemResponse put -> written(List.of(put.consumedCapacity()));
      case UpdateItemResponse update -> written(List.of(update.consumedCapacity()));
      case DeleteItemResponse delete -> written(List.of(delete.consumedCapacity()));
      case TransactWriteItemsResponse transaction -> written(transaction.consumedCapacity());
      default -> new Usage(1, 0, 0);
    };
  }

  private static Usage read(List<ConsumedCapacity> consumed) {
    return new Usage(1, units(consumed), 0);
  }

  private static Usage written(List<ConsumedCapacity> consumed) {
    return new Usage(1, 0, units(consumed));
  }

  private static double units(List<ConsumedCapacity> consumed) {
    return consumed.stream().mapToDouble(ConsumedCapacity::capacityUnits).sum();
  }

  private static String tables(SdkRequest request) {
    return switch (request) {
      case TransactWriteItemsRequest transaction ->
          transaction.transactItems().stream()
              .map(StoreMeter::table)
              .distinct()
              .collect(Collectors.joining("+"));
      case BatchGetItemRequest get -> String.join("+", new TreeSet<>(get.requestItems().keySet()));
      default -> request.getValueForField("TableName", String.class).orElse("");
    };
  }

  private static String table(TransactWriteItem write) {
    if (write.put() != null) {
      return write.put().tableName();
    }
    if (write.update() != null) {
      return write.update().tableName();
    }
    return write.delete() != null ? write.delete().tableName() : write.conditionCheck().tableName();
  }
}
