package io.berth.local.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Lambda's side of its Runtime API for one function in another process: hands out events, takes
 * answers, and holds the function where Lambda would take its snapshot.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Runtime API</a>
 */
final class RuntimeApi implements AutoCloseable {
  private static final String VERSION = "/2018-06-01/runtime/";
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private static final class Invocation {
    private final String id;
    private final byte[] event;
    private final Optional<OutputStream> live;
    private final CompletableFuture<InvocationResult> answer = new CompletableFuture<>();

    private Invocation(String id, byte[] event, Optional<OutputStream> live) {
      this.id = id;
      this.event = event;
      this.live = live;
    }
  }

  private final HttpServer server;
  private final InstantSource clock;
  private final String functionArn;
  private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final CompletableFuture<Void> restored = new CompletableFuture<>();
  private volatile Invocation current;

  RuntimeApi(String functionArn, InstantSource clock) throws IOException {
    this.functionArn = functionArn;
    this.clock = clock;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(VERSION, this::handle);
    server.start();
  }

  /** What {@code AWS_LAMBDA_RUNTIME_API} says. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Done when the function asks to be restored from its snapshot; failed if it cannot start. */
  CompletableFuture<Void> ready() {
    return ready;
  }

  /** Lets the function go on as if from its snapshot. */
  void restore() {
    restored.complete(null);
  }

  /** Gives the function an event; the answer, or the function's error, comes later. */
  CompletableFuture<InvocationResult> invoke(String id, byte[] event) {
    return invoke(new Invocation(id, event, Optional.empty()));
  }

  /** As {@link #invoke}, for an answer that streams: what comes of it goes out at once. */
  CompletableFuture<InvocationResult> stream(String id, byte[] event, OutputStream out) {
    return invoke(new Invocation(id, event, Optional.of(out)));
  }

  private CompletableFuture<InvocationResult> invoke(Invocation invocation) {
    waiting.add(invocation);
    return invocation.answer;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      // The client dies of an answer that has none.
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      switch (exchange.getRequestURI().getPath().substring(VERSION.length())) {
        case "invocation/next" -> next(exchange);
        case "restore/next" -> restoreNext(exchange);
        case "init/error", "restore/error" -> cannotStart(exchange);
        case String path when path.endsWith("/response") -> answered(exchange, answer(exchange));
        case String path when path.endsWith("/error") ->
            answered(exchange, InvocationResult.error(exchange.getRequestBody().readAllBytes()));
        default -> exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  private InvocationResult answer(HttpExchange exchange) throws IOException {
    var streams =
        "streaming"
            .equals(exchange.getRequestHeaders().getFirst("Lambda-Runtime-Function-Response-Mode"));
    if (!streams || current.live.isEmpty()) {
      return InvocationResult.success(exchange.getRequestBody().readAllBytes());
    }
    try {
      passOn(exchange.getRequestBody(), current.live.get());
      return InvocationResult.success(new byte[0]);
    } catch (IOException e) {
      return InvocationResult.error("the answer broke off".getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void passOn(InputStream from, OutputStream to) throws IOException {
    var buffer = new byte[8192];
    for (var read = from.read(buffer); read != -1; read = from.read(buffer)) {
      to.write(buffer, 0, read);
      to.flush();
    }
  }

  private void next(HttpExchange exchange) throws IOException {
    try {
      current = waiting.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    var headers = exchange.getResponseHeaders();
    headers.set("Lambda-Runtime-Aws-Request-Id", current.id);
    headers.set("Lambda-Runtime-Invoked-Function-Arn", functionArn);
    headers.set(
        "Lambda-Runtime-Deadline-Ms", Long.toString(clock.instant().plus(TIMEOUT).toEpochMilli()));
    exchange.sendResponseHeaders(200, current.event.length);
    exchange.getResponseBody().write(current.event);
  }

  private void restoreNext(HttpExchange exchange) throws IOException {
    ready.complete(null);
    restored.join();
    exchange.sendResponseHeaders(200, -1);
  }

  private void cannotStart(HttpExchange exchange) throws IOException {
    var body = exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(202, -1);
    var reason = new IllegalStateException(new String(body, StandardCharsets.UTF_8));
    ready.completeExceptionally(reason);
    waiting.forEach(invocation -> invocation.answer.completeExceptionally(reason));
  }

  private void answered(HttpExchange exchange, InvocationResult result) throws IOException {
    current.answer.complete(result);
    exchange.sendResponseHeaders(202, -1);
  }

  @Override
  public void close() {
    restored.complete(null);
    server.stop(0);
  }
}
