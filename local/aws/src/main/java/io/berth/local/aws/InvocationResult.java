package io.berth.local.aws;

/** How a function ended. */
@SuppressWarnings("ArrayRecordComponent") // Bodies of messages: passed on once, never compared.
public sealed interface InvocationResult {

  /**
   * It returned.
   *
   * @param payload its answer in JSON
   */
  record Returned(byte[] payload) implements InvocationResult {}

  /**
   * It threw, or ran out of time.
   *
   * @param payload the error in JSON: {@code {errorMessage, errorType, …}}
   */
  record Failed(byte[] payload) implements InvocationResult {}

  /** No function has this name. */
  record NoSuchFunction() implements InvocationResult {}
}
