package io.berth.local.gateway.sample;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** Never answers. */
public final class Stuck implements RequestHandler<Object, Object> {
  /** Completed when an instance was stopped for taking too long. */
  public static final CompletableFuture<String> INTERRUPTED = new CompletableFuture<>();

  @Override
  public Object handleRequest(Object event, Context context) {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      INTERRUPTED.complete("interrupted");
    }
    return "too late";
  }
}
