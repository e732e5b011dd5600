package io.berth.local.aws.faults;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Passes DynamoDB's protocol on, and answers every n-th request that its fault meets with the
 * fault. Requests are counted in the order of their arrival, so a run without concurrency fails at
 * the same places each time.
 */
public final class FaultProxy implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String NAMESPACE = "com.amazonaws.dynamodb.v20120810#";
  private static final String TARGET_PREFIX = "DynamoDB_20120810.";
  private static final HeaderName TARGET = HeaderNames.create("X-Amz-Target");
  private static final HeaderName REQUEST_ID = HeaderNames.create("x-amzn-RequestId");
  private static final HeaderName CHECKSUM = HeaderNames.create("x-amz-crc32");
  private static final List<HeaderName> FORWARDED =
      List.of(
          TARGET,
          HeaderNames.CONTENT_TYPE,
          HeaderNames.AUTHORIZATION,
          HeaderNames.create("X-Amz-Date"));
  private static final byte[] NO_ITEMS =
      "{\"Count\":0,\"Items\":[],\"ScannedCount\":0}".getBytes(StandardCharsets.UTF_8);

  /** Long beside the milliseconds of an answer, and short for a test that meets it often. */
  private static final Duration DELAY = Duration.ofMillis(25);

  private final URI target;
  private final DynamoDbFault fault;
  private final int every;
  private final AtomicInteger met = new AtomicInteger();
  private final Map<String, byte[]> earlierAnswers = new ConcurrentHashMap<>();
  private final Set<String> tablesOfTransactions = ConcurrentHashMap.newKeySet();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final WebServer server;

  private FaultProxy(URI target, DynamoDbFault fault, int every) {
    this.target = target;
    this.fault = fault;
    this.every = every;
    this.server =
        WebServer.builder()
            .address(InetAddress.getLoopbackAddress())
            .port(0)
            .shutdownHook(false)
            .routing(routing -> routing.post("/", this::serve))
            .build()
            .start();
  }

  /**
   * Starts on a free port of the loopback address.
   *
   * @param target the endpoint that requests are passed on to
   * @param every the number of requests of which one fails; at least 2, so that a retry succeeds
   */
  public static FaultProxy start(URI target, DynamoDbFault fault, int every) {
    if (every < 2) {
      throw new IllegalArgumentException("every must be at least 2; got " + every);
    }
    return new FaultProxy(target, fault, every);
  }

  /** Where it answers. */
  public URI endpoint() {
    return URI.create(
        "http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + server.port());
  }

  /** How many requests the fault has met, those that it let pass included. */
  public int met() {
    return met.get();
  }

  private void serve(ServerRequest request, ServerResponse response) throws IOException {
    String operation = request.headers().first(TARGET).orElse("").substring(TARGET_PREFIX.length());
    byte[] body = request.content().inputStream().readAllBytes();
    if (!meets(operation, body)) {
      answer(response, forward(request, body));
      return;
    }
    boolean due = met.incrementAndGet() % every == 0;
    if (fault == DynamoDbFault.STALE_INDEX) {
      serveIndex(request, response, body, due);
    } else if (due) {
      fail(request, response, operation, body);
    } else {
      answer(response, forward(request, body));
    }
  }

  private boolean meets(String operation, byte[] body) {
    if (!fault.meets(operation)) {
      return false;
    }
    return switch (fault) {
      case STALE_INDEX -> JSON.readTree(body).has("IndexName");
      case TRANSACTION_CONFLICT -> meetsTransaction(operation, JSON.readTree(body));
      default -> true;
    };
  }

  /** A single write conflicts only where transactions write: in a table that one has written. */
  private boolean meetsTransaction(String operation, JsonNode request) {
    if (!operation.equals("TransactWriteItems")) {
      return tablesOfTransactions.contains(request.path("TableName").asString());
    }
    request
        .path("TransactItems")
        .valueStream()
        .flatMap(JsonNode::valueStream)
        .forEach(write -> tablesOfTransactions.add(write.path("TableName").asString()));
    return true;
  }

  /** A stale answer is the earlier one to the same query, or that of an index still empty. */
  private void serveIndex(
      ServerRequest request, ServerResponse response, byte[] body, boolean stale)
      throws IOException {
    HttpResponse<byte[]> current = forward(request, body);
    String query = new String(body, StandardCharsets.UTF_8);
    byte[] earlier = earlierAnswers.getOrDefault(query, NO_ITEMS);
    earlierAnswers.put(query, current.body());
    if (stale && current.statusCode() == 200) {
      send(response, 200, earlier);
    } else {
      answer(response, current);
    }
  }

  private void fail(ServerRequest request, ServerResponse response, String operation, byte[] body)
      throws IOException {
    switch (fault) {
      case THROTTLING ->
          send(response, 400, error("ThrottlingException", "Throughput exceeds the current limit"));
      case TRANSACTION_CONFLICT -> send(response, 400, conflict(operation, body));
      case ERROR_BEFORE_EFFECT -> send(response, 500, internalError());
      case ERROR_AFTER_EFFECT -> {
        // A refused request had no effect, and DynamoDB says so.
        HttpResponse<byte[]> done = forward(request, body);
        if (done.statusCode() == 200) {
          send(response, 500, internalError());
        } else {
          answer(response, done);
        }
      }
      case SLOW -> {
        LockSupport.parkNanos(DELAY.toNanos());
        answer(response, forward(request, body));
      }
      case STALE_INDEX -> throw new IllegalStateException("served elsewhere");
    }
  }

  private static byte[] internalError() {
    return error("InternalServerError", "The server encountered an internal error");
  }

  private static byte[] error(String code, String message) {
    return JSON.writeValueAsBytes(problem(code, message));
  }

  private static ObjectNode problem(String code, String message) {
    return JSON.createObjectNode().put("__type", NAMESPACE + code).put("message", message);
  }

  private static byte[] conflict(String operation, byte[] body) {
    if (!operation.equals("TransactWriteItems")) {
      return error("TransactionConflictException", "Transaction is ongoing for the item");
    }
    JsonNode items = JSON.readTree(body).path("TransactItems");
    ObjectNode canceled =
        problem(
            "TransactionCanceledException",
            "Transaction cancelled, please refer cancellation reasons for specific reasons");
    ArrayNode reasons = canceled.putArray("CancellationReasons");
    for (int i = 0; i < items.size(); i++) {
      ObjectNode reason = reasons.addObject().put("Code", i == 0 ? "TransactionConflict" : "None");
      if (i == 0) {
        reason.put("Message", "Transaction is ongoing for the item");
      }
    }
    return JSON.writeValueAsBytes(canceled);
  }

  private HttpResponse<byte[]> forward(ServerRequest request, byte[] body) throws IOException {
    HttpRequest.Builder forwarded =
        HttpRequest.newBuilder(target).POST(BodyPublishers.ofByteArray(body));
    FORWARDED.forEach(
        name -> request.headers().first(name).ifPresent(value -> set(forwarded, name, value)));
    try {
      return client.send(forwarded.build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static void set(HttpRequest.Builder request, HeaderName name, String value) {
    request.header(name.defaultCase(), value);
  }

  private static void answer(ServerResponse response, HttpResponse<byte[]> answer) {
    Optional<String> checksum = answer.headers().firstValue(CHECKSUM.defaultCase());
    checksum.ifPresent(value -> response.header(CHECKSUM, value));
    send(response, answer.statusCode(), answer.body());
  }

  private static void send(ServerResponse response, int status, byte[] body) {
    response.header(REQUEST_ID, UUID.randomUUID().toString());
    response.header(HeaderNames.CONTENT_TYPE, "application/x-amz-json-1.0");
    response.status(status);
    response.send(body);
  }

  @Override
  public void close() {
    server.stop();
    client.close();
  }
}
