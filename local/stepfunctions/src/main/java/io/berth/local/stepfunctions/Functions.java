package io.berth.local.stepfunctions;

import io.berth.local.aws.FunctionRunner;
import io.berth.local.aws.InvocationResult;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Calls Lambda functions. */
@FunctionalInterface
public interface Functions {

  /**
   * Begins a call, and does not wait for its end: all executions stand still meanwhile.
   *
   * @param functionName the function's name, without ARN or qualifier
   * @param event JSON
   * @return how it ends; completed with an exception if it could not be called
   */
  CompletionStage<InvocationResult> invoke(String functionName, byte[] event);

  /** Functions whose caller waits for them, called on an executor's threads. */
  static Functions on(Executor executor, FunctionRunner runner) {
    return (name, event) ->
        CompletableFuture.supplyAsync(() -> runner.invoke(name, event, Optional.empty()), executor);
  }
}
