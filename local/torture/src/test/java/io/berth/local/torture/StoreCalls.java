package io.berth.local.torture;

import java.util.concurrent.atomic.LongAdder;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Counts what is asked of DynamoDB, each try of it. */
final class StoreCalls implements ExecutionInterceptor {
  private final LongAdder count = new LongAdder();

  @Override
  public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes call) {
    count.increment();
  }

  /** How many there were since the last time this was asked. */
  long take() {
    return count.sumThenReset();
  }
}
