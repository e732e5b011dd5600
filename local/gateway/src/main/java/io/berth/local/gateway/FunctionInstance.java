package io.berth.local.gateway;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.api.client.EventHandlerLoader;
import com.amazonaws.services.lambda.runtime.api.client.HandlerInfo;
import com.amazonaws.services.lambda.runtime.api.client.LambdaRequestHandler;
import com.amazonaws.services.lambda.runtime.api.client.LambdaRequestHandler.UserFaultHandler;
import com.amazonaws.services.lambda.runtime.api.client.UserFault;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.DtoSerializers;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.converters.LambdaErrorConverter;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.dto.ErrorRequest;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.dto.InvocationRequest;
import java.io.ByteArrayInputStream;
import java.io.IOError;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * One execution environment of a function: one handler object and the one thread that ever runs it,
 * as in Lambda's Java runtime, through that runtime's own loading and serialization.
 *
 * <p>It serves one event at a time. Once {@link #alive()} is false it must not be used again.
 */
final class FunctionInstance {
  /** Lambda's limit for the phase before the first event. */
  private static final Duration INIT_LIMIT = Duration.ofSeconds(10);

  private static final ErrorRequest TOO_LARGE =
      new ErrorRequest(
          "Response payload size exceeded maximum allowed payload size ("
              + LambdaRuntime.PAYLOAD_LIMIT
              + " bytes).",
          "Function.ResponseSizeTooLarge",
          new String[0]);

  private final LambdaFunction function;
  private final ClassLoader loader;
  private final InstantSource clock;
  private final ExecutorService thread = Executors.newSingleThreadExecutor(this::newThread);
  private volatile boolean alive = true;
  private volatile Optional<LambdaRequestHandler> handler = Optional.empty();
  private volatile Optional<RequestStreamHandler> streaming = Optional.empty();

  FunctionInstance(LambdaFunction function, ClassLoader loader, InstantSource clock) {
    this.function = function;
    this.loader = loader;
    this.clock = clock;
  }

  private Thread newThread(Runnable work) {
    var created = Thread.ofPlatform().daemon().name("lambda-" + function.name()).unstarted(work);
    created.setContextClassLoader(loader);
    return created;
  }

  boolean alive() {
    return alive;
  }

  /** Ends the instance; a handler still running is interrupted and its answer is lost. */
  void discard() {
    alive = false;
    thread.shutdownNow();
  }

  /** Makes the handler object; the error if that fails, which ends the instance. */
  Optional<InvocationResult> initialize() {
    var failure = within(INIT_LIMIT, UUID.randomUUID().toString(), this::load);
    if (handler.isEmpty()) {
      discard();
      return Optional.of(failure);
    }
    return Optional.empty();
  }

  private InvocationResult load() {
    try {
      var loaded =
          EventHandlerLoader.loadEventHandler(HandlerInfo.fromString(function.handler(), loader));
      if (loaded instanceof UserFaultHandler broken) {
        return error(broken.fault);
      }
      handler = Optional.of(loaded);
      streaming = streamHandler();
      return InvocationResult.success(new byte[0]);
    } catch (Exception | LinkageError e) {
      return error(e);
    }
  }

  /** The client keeps its own to itself, and collects all that it writes. */
  private Optional<RequestStreamHandler> streamHandler() throws ReflectiveOperationException {
    var type = Class.forName(HandlerInfo.className(function.handler()), true, loader);
    return RequestStreamHandler.class.isAssignableFrom(type)
        ? Optional.of(
            type.asSubclass(RequestStreamHandler.class).getDeclaredConstructor().newInstance())
        : Optional.empty();
  }

  /** Runs the handler on one event. */
  InvocationResult call(byte[] event, Optional<String> clientContext) {
    var requestId = UUID.randomUUID().toString();
    var request = new InvocationRequest();
    request.setId(requestId);
    request.setInvokedFunctionArn(function.arn());
    request.setDeadlineTimeInMs(clock.instant().plus(function.timeout()).toEpochMilli());
    request.setContent(event);
    clientContext.ifPresent(request::setClientContext);
    return within(function.timeout(), requestId, () -> run(request));
  }

  /**
   * Runs the handler on one event; what it flushes goes out at once.
   *
   * @return nothing, or its error
   */
  InvocationResult stream(byte[] event, OutputStream out) {
    return within(function.timeout(), UUID.randomUUID().toString(), () -> run(event, out));
  }

  @SuppressWarnings("CatchingUnchecked") // Whatever a handler throws is its answer.
  private InvocationResult run(byte[] event, OutputStream out) {
    try {
      // Nothing here asks for a context, which the client alone can make.
      streaming
          .orElseThrow(
              () -> new IllegalStateException(function.handler() + " is no RequestStreamHandler"))
          .handleRequest(new ByteArrayInputStream(event), out, null);
      return InvocationResult.success(new byte[0]);
    } catch (Throwable thrown) {
      alive &= !(thrown instanceof VirtualMachineError);
      return error(thrown);
    }
  }

  @SuppressWarnings("CatchingUnchecked") // Whatever a handler throws is its answer.
  private InvocationResult run(InvocationRequest request) {
    try {
      var payload = handler.orElseThrow().call(request).toByteArray();
      return payload.length > LambdaRuntime.PAYLOAD_LIMIT
          ? InvocationResult.error(DtoSerializers.serialize(TOO_LARGE))
          : InvocationResult.success(payload);
    } catch (UserFault fault) {
      alive &= !Boolean.TRUE.equals(fault.fatal);
      return error(fault);
    } catch (VirtualMachineError | IOError fatal) {
      alive = false;
      return error(fatal);
    } catch (Throwable thrown) {
      return error(thrown);
    }
  }

  private InvocationResult within(
      Duration limit, String requestId, Supplier<InvocationResult> work) {
    try {
      return thread.submit(work::get).get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      discard();
      return timedOut(limit, requestId);
    } catch (InterruptedException e) {
      discard();
      Thread.currentThread().interrupt();
      return error(e);
    } catch (ExecutionException e) {
      discard();
      return error(e.getCause());
    }
  }

  private static InvocationResult timedOut(Duration limit, String requestId) {
    var message =
        String.format(
            Locale.ROOT,
            "RequestId: %s Error: Task timed out after %.2f seconds",
            requestId,
            limit.toMillis() / 1000.0);
    return InvocationResult.error(
        DtoSerializers.serialize(new ErrorRequest(message, "Sandbox.Timedout", new String[0])));
  }

  private static InvocationResult error(Throwable thrown) {
    var error =
        thrown instanceof UserFault fault
            ? LambdaErrorConverter.fromUserFault(fault)
            : LambdaErrorConverter.fromThrowable(UserFault.filterStackTrace(thrown));
    return InvocationResult.error(DtoSerializers.serialize(error));
  }
}
