package io.berth.local.aws;

import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;

/**
 * AWS Lambda's Invoke. An asynchronous event runs once: it is not retried, and has no destination;
 * that its function does not exist is logged, not answered.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">Invoke</a>
 */
final class Lambda implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Lambda.class.getName());

  /** The quotas on payloads: 6 MB synchronous, 1 MB asynchronous. */
  private static final int MOST_SYNCHRONOUS_BYTES = 6 * 1024 * 1024;

  private static final int MOST_ASYNCHRONOUS_BYTES = 1024 * 1024;
  private static final byte[] EMPTY_EVENT = "{}".getBytes(StandardCharsets.UTF_8);

  private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
  private volatile FunctionRunner runner = (_, _, _) -> new InvocationResult.NoSuchFunction();

  /** From now on functions run there; before that there are none. */
  void runWith(FunctionRunner next) {
    runner = next;
  }

  /** What Invoke answers, short of headers that are always the same. */
  @SuppressWarnings("ArrayRecordComponent") // Passed on once, never compared.
  record Answer(int status, byte[] payload, boolean functionError) {
    static Answer empty(int status) {
      return new Answer(status, new byte[0], false);
    }
  }

  /**
   * Invokes.
   *
   * @param function the path's function name or ARN
   * @param type the {@code X-Amz-Invocation-Type}, if there is one
   * @param clientContext the {@code X-Amz-Client-Context}, if there is one; Lambda passes it on
   *     only if the caller waits
   */
  Answer invoke(
      String function, Optional<String> type, Optional<String> clientContext, byte[] payload) {
    String name = name(function);
    byte[] event = payload.length == 0 ? EMPTY_EVENT : payload;
    return switch (type.orElse("RequestResponse")) {
      case "RequestResponse" -> {
        requireEvent(event, MOST_SYNCHRONOUS_BYTES);
        yield run(name, event, clientContext.map(Lambda::decoded));
      }
      case "Event" -> {
        requireEvent(event, MOST_ASYNCHRONOUS_BYTES);
        background.execute(() -> runUnheard(name, event));
        yield Answer.empty(202);
      }
      default ->
          throw AwsFault.of(
              "InvalidParameterValueException",
              "The invocation type must be RequestResponse or Event");
    };
  }

  private static String name(String function) {
    return FunctionName.of(function)
        .orElseThrow(() -> AwsFault.validation(function + " names no function"));
  }

  private static String decoded(String clientContext) {
    try {
      String json = new String(Base64.getDecoder().decode(clientContext), StandardCharsets.UTF_8);
      JsonRequest.JSON.readTree(json);
      return json;
    } catch (IllegalArgumentException | JacksonException e) {
      throw AwsFault.of(
          "InvalidRequestContentException",
          "Client context must be a valid Base64-encoded JSON object.");
    }
  }

  private static void requireEvent(byte[] event, int mostBytes) {
    if (event.length > mostBytes) {
      throw new AwsFault(
          413,
          "RequestTooLargeException",
          "Request must be smaller than " + mostBytes + " bytes for the InvokeFunction operation");
    }
    try {
      JsonRequest.JSON.readTree(event);
    } catch (JacksonException e) {
      throw AwsFault.of("InvalidRequestContentException", "Could not parse request body into json");
    }
  }

  private Answer run(String name, byte[] event, Optional<String> clientContext) {
    return switch (runner.invoke(name, event, clientContext)) {
      case InvocationResult.Returned(byte[] payload) -> new Answer(200, payload, false);
      case InvocationResult.Failed(byte[] payload) -> new Answer(200, payload, true);
      case InvocationResult.NoSuchFunction() ->
          throw new AwsFault(404, "ResourceNotFoundException", "Function not found: " + name);
    };
  }

  private void runUnheard(String name, byte[] event) {
    try {
      if (run(name, event, Optional.empty()).functionError()) {
        LOG.log(Level.WARNING, "{0} failed on an asynchronous event", name);
      }
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, name + " could not run on an asynchronous event", e);
    }
  }

  /** Waits a little for asynchronous events, then interrupts them. */
  @Override
  public void close() {
    background.shutdown();
    try {
      if (!background.awaitTermination(5, TimeUnit.SECONDS)) {
        background.shutdownNow();
      }
    } catch (InterruptedException e) {
      background.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
