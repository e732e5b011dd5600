package io.berth.local.gateway;

import java.util.Optional;

/**
 * What a synchronous invocation gives.
 *
 * @param payload the function's answer in JSON, or its error: {@code {errorMessage, errorType,
 *     stackTrace}}
 * @param functionError {@code Unhandled} when the payload is an error
 */
@SuppressWarnings("ArrayRecordComponent") // A message body: never compared, passed on once.
public record InvocationResult(byte[] payload, Optional<String> functionError) {

  static InvocationResult success(byte[] payload) {
    return new InvocationResult(payload, Optional.empty());
  }

  static InvocationResult error(byte[] payload) {
    return new InvocationResult(payload, Optional.of("Unhandled"));
  }
}
