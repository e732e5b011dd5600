package io.berth.runtime;

import io.berth.domain.request.SafeRetries;
import io.berth.store.DynamoKeyedRequests;
import java.time.Duration;
import java.time.InstantSource;

/** Where requests with an {@code Idempotency-Key} are remembered. */
public final class Retries {
  /** As {@code template.yaml} says, and a little more for clocks that differ. */
  private static final Duration FUNCTION_TIMEOUT = Duration.ofSeconds(30);

  private Retries() {}

  /** A lock lasts as long as the function itself may. */
  public static SafeRetries safe() {
    return new SafeRetries(
        new DynamoKeyedRequests(AwsClients.dynamoDb(), Settings.require("BERTH_REQUESTS_TABLE")),
        FUNCTION_TIMEOUT,
        InstantSource.system());
  }
}
