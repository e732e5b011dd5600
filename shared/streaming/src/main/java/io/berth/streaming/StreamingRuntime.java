package io.berth.streaming;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/**
 * The main class of functions that stream: takes events from Lambda's Runtime API, one after the
 * other, and passes on what the handler writes as soon as it is flushed.
 *
 * <p>{@code layers/stream} starts it instead of Lambda's own runtime. The handler named by {@code
 * _HANDLER} is a {@link RequestStreamHandler} that writes what API Gateway expects of a streaming
 * integration: the head in JSON, eight zero bytes, then the body.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html">custom
 *     runtimes</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html">streaming
 *     integrations</a>
 */
public final class StreamingRuntime {
  private StreamingRuntime() {}

  /** Runs until Lambda stops the process. Takes no arguments. */
  @SuppressWarnings("InfiniteLoopStatement") // Lambda ends it.
  public static void main(String[] arguments) throws IOException {
    RuntimeApi api = new RuntimeApi(System.getenv("AWS_LAMBDA_RUNTIME_API"));
    RequestStreamHandler handler = handler(System.getenv("_HANDLER"), api);
    while (true) {
      answer(api, handler);
    }
  }

  /** That a runtime makes an object of a class that it is told by name lies in its nature. */
  @SuppressWarnings("CatchingUnchecked") // Whatever the handler throws is why it cannot start.
  private static RequestStreamHandler handler(String name, RuntimeApi api) throws IOException {
    try {
      return Class.forName(name)
          .asSubclass(RequestStreamHandler.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      api.cannotStart(e);
      throw new IllegalStateException("cannot start " + name, e);
    }
  }

  @SuppressWarnings("CatchingUnchecked") // Whatever the handler throws is its answer.
  private static void answer(RuntimeApi api, RequestStreamHandler handler) throws IOException {
    RuntimeApi.Invocation invocation = api.next();
    RuntimeApi.Answer answer = api.answer(invocation);
    try {
      handler.handleRequest(
          new ByteArrayInputStream(invocation.event()), answer, invocation.context());
      answer.close();
    } catch (IOException | RuntimeException | Error e) {
      answer.fail(e);
    }
  }
}
