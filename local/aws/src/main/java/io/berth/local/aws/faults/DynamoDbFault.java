package io.berth.local.aws.faults;

import java.util.Optional;
import java.util.Set;

/**
 * A way in which DynamoDB fails, and the operations that it meets.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html">Error
 *     handling with DynamoDB</a>
 */
public enum DynamoDbFault {
  /** {@code ThrottlingException}, status 400. The SDK retries it. */
  THROTTLING,

  /**
   * An ongoing transaction on the item: {@code TransactionConflictException} for a single write,
   * {@code TransactionCanceledException} with a reason {@code TransactionConflict} for a
   * transaction, status 400. The SDK does not retry it.
   */
  TRANSACTION_CONFLICT,

  /** {@code InternalServerError}, status 500, without any effect. The SDK retries it. */
  ERROR_BEFORE_EFFECT,

  /** {@code InternalServerError}, status 500, after the request took effect. The SDK retries it. */
  ERROR_AFTER_EFFECT,

  /** The answer takes longer. */
  SLOW,

  /** A query of an index is answered as it was before the last writes. */
  STALE_INDEX;

  /** System property: the fault of the stand-ins that tests of adapters start. */
  public static final String PROPERTY = "berth.dynamodb.fault";

  private static final Set<String> WRITES =
      Set.of("PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems");
  private static final Set<String> READS =
      Set.of("GetItem", "BatchGetItem", "TransactGetItems", "Query", "Scan");

  /** The fault that the system property {@value #PROPERTY} names, such as {@code THROTTLING}. */
  public static Optional<DynamoDbFault> configured() {
    return Optional.ofNullable(System.getProperty(PROPERTY)).map(DynamoDbFault::valueOf);
  }

  /** Whether it meets an operation such as {@code PutItem}. */
  boolean meets(String operation) {
    return switch (this) {
      case THROTTLING, ERROR_BEFORE_EFFECT, ERROR_AFTER_EFFECT, SLOW ->
          WRITES.contains(operation) || READS.contains(operation);
      case TRANSACTION_CONFLICT -> WRITES.contains(operation);
      case STALE_INDEX -> operation.equals("Query");
    };
  }
}
