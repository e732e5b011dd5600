package io.berth.local.aws;

/** Runs Lambda functions. */
@FunctionalInterface
public interface FunctionRunner {

  /**
   * Runs a function and waits for it.
   *
   * @param functionName its name, without ARN or qualifier
   * @param event JSON
   */
  InvocationResult invoke(String functionName, byte[] event);
}
