package io.berth.local.aws;

import java.util.Optional;

/** Runs Lambda functions. */
@FunctionalInterface
public interface FunctionRunner {

  /**
   * Runs a function and waits for it.
   *
   * @param functionName its name, without ARN or qualifier
   * @param event JSON
   * @param clientContext JSON that the caller gave beside the event, if it waits for the answer
   */
  InvocationResult invoke(String functionName, byte[] event, Optional<String> clientContext);
}
