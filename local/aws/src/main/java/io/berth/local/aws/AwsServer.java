package io.berth.local.aws;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** All services but DynamoDB on one port, told apart by target or path. */
final class AwsServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AwsServer.class.getName());

  private static final HeaderName TARGET = HeaderNames.create("X-Amz-Target");
  private static final HeaderName REQUEST_ID = HeaderNames.create("x-amzn-RequestId");
  private static final HeaderName ERROR_TYPE = HeaderNames.create("x-amzn-ErrorType");
  private static final HeaderName INVOCATION_TYPE = HeaderNames.create("X-Amz-Invocation-Type");
  private static final HeaderName CLIENT_CONTEXT = HeaderNames.create("X-Amz-Client-Context");
  private static final HeaderName EXECUTED_VERSION = HeaderNames.create("X-Amz-Executed-Version");
  private static final HeaderName FUNCTION_ERROR = HeaderNames.create("X-Amz-Function-Error");

  private static final String JSON_1_0 = "application/x-amz-json-1.0";
  private static final String JSON_1_1 = "application/x-amz-json-1.1";

  /** A little over the largest payload that any of the services takes. */
  private static final int MOST_BODY_BYTES = 7 * 1024 * 1024;

  private final Map<String, JsonService> services;
  private final Lambda lambda;
  private final WebServer server;

  private AwsServer(int port, Map<String, JsonService> services, Lambda lambda) {
    this.services = services;
    this.lambda = lambda;
    this.server =
        WebServer.builder()
            .address(InetAddress.getLoopbackAddress())
            .port(port)
            .shutdownHook(false)
            .routing(this::route)
            .build()
            .start();
  }

  /**
   * Starts on a port of this machine; 0 picks a free one.
   *
   * @param services by the target's prefix, such as {@code TrentService}
   * @throws IllegalStateException if the port is taken
   */
  static AwsServer start(int port, Map<String, JsonService> services, Lambda lambda) {
    AwsServer aws = new AwsServer(port, services, lambda);
    // Helidon logs why it could not start, but does not throw.
    if (!aws.server.isRunning()) {
      throw new IllegalStateException("the AWS stand-ins cannot listen on port " + port);
    }
    return aws;
  }

  private void route(HttpRouting.Builder routing) {
    routing
        .post("/", (request, response) -> answer(request, response, this::call))
        .post(
            "/2015-03-31/functions/{function}/invocations",
            (request, response) -> answer(request, response, this::invoke))
        .any((request, response) -> answer(request, response, AwsServer::refuseUnknown));
  }

  URI endpoint() {
    return URI.create(
        "http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + server.port());
  }

  @Override
  public void close() {
    server.stop();
  }

  private interface Endpoint {
    void serve(ServerRequest request, ServerResponse response) throws IOException;
  }

  private static void answer(ServerRequest request, ServerResponse response, Endpoint endpoint) {
    response.header(REQUEST_ID, UUID.randomUUID().toString());
    response.header(HeaderNames.CONTENT_TYPE, protocol(request));
    try {
      endpoint.serve(request, response);
    } catch (AwsFault fault) {
      refuse(response, fault);
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.ERROR, "a stand-in failed on " + request.prologue(), e);
      refuse(response, new AwsFault(500, "InternalFailure", "The stand-in failed; see its log"));
    }
  }

  private static void refuse(ServerResponse response, AwsFault fault) {
    ObjectNode body = JsonRequest.JSON.createObjectNode().put("__type", fault.code());
    if (fault.getMessage() != null) {
      body.put("message", fault.getMessage());
    }
    response.status(fault.status());
    response.header(ERROR_TYPE, fault.code());
    send(response, body);
  }

  private static void refuseUnknown(ServerRequest request, ServerResponse response) {
    String operation = request.prologue().method() + " " + request.path().path();
    throw new AwsFault(
        404, "UnknownOperationException", "There is no operation " + operation + " here");
  }

  private void call(ServerRequest request, ServerResponse response) throws IOException {
    String target = request.headers().first(TARGET).orElse("without target");
    int dot = target.lastIndexOf('.');
    JsonService service = dot < 0 ? null : services.get(target.substring(0, dot));
    if (service == null) {
      throw AwsFault.unknownOperation(target);
    }
    JsonRequest body = JsonRequest.parse(body(request));
    send(response, service.call(target.substring(dot + 1), body));
  }

  private void invoke(ServerRequest request, ServerResponse response) throws IOException {
    String function = request.path().pathParameters().get("function");
    Optional<String> type = request.headers().first(INVOCATION_TYPE);
    Lambda.Answer answer =
        lambda.invoke(function, type, request.headers().first(CLIENT_CONTEXT), body(request));
    response.status(answer.status());
    response.header(EXECUTED_VERSION, "$LATEST");
    if (answer.functionError()) {
      response.header(FUNCTION_ERROR, "Unhandled");
    }
    response.header(HeaderNames.CONTENT_TYPE, "application/json");
    response.send(answer.payload());
  }

  private static byte[] body(ServerRequest request) throws IOException {
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    byte[] body = request.content().inputStream().readNBytes(MOST_BODY_BYTES + 1);
    if (body.length > MOST_BODY_BYTES) {
      throw new AwsFault(413, "RequestTooLargeException", "Request too large");
    }
    return body;
  }

  /** An answer speaks the version of the protocol that the request does; 1.1 if it tells none. */
  private static String protocol(ServerRequest request) {
    boolean older =
        request.headers().first(HeaderNames.CONTENT_TYPE).filter(JSON_1_0::equals).isPresent();
    return older ? JSON_1_0 : JSON_1_1;
  }

  private static void send(ServerResponse response, ObjectNode body) {
    response.send(JsonRequest.JSON.writeValueAsBytes(body));
  }
}
