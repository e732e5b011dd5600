package io.berth.local.gateway;

import io.helidon.http.Header;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * API Gateway's REST API with Lambda proxy integration, over plain HTTP on this machine.
 *
 * <p>Paths have no stage in front, as under a custom domain name.
 */
public final class ApiGateway implements AutoCloseable {
  /** The most bytes a request's body may have: 10 MB. */
  public static final int BODY_LIMIT = 10 * 1024 * 1024;

  private static final int LONGEST_REQUEST_LINE = 16 * 1024;

  /**
   * What else can be chosen.
   *
   * @param host the address to listen on
   * @param integrationTimeout how long a function may take to answer a request
   * @param clock for request times and for how long authorizers' answers are kept
   */
  public record Options(String host, Duration integrationTimeout, InstantSource clock) {
    /** This machine only, API Gateway's 29 seconds, the system's clock. */
    public static Options standard() {
      return new Options("127.0.0.1", Duration.ofSeconds(29), InstantSource.system());
    }
  }

  private final Options options;
  private final Exchange.Stage stage;
  private final Router router;
  private final Gate gate;
  private final Integration integration;
  private final GatewayResponses responses;
  private final Map<String, LocalPage> pages = new ConcurrentSkipListMap<>();
  private final WebServer server;

  private ApiGateway(Template template, LambdaRuntime lambda, int port, Options options) {
    this.options = options;
    this.stage = new Exchange.Stage(template.api(), template.region(), template.accountId());
    this.router = new Router(template.routes());
    this.gate = new Gate(template.authorizers(), lambda, options.clock());
    this.integration = new Integration(lambda, template.api(), options.integrationTimeout());
    this.responses = new GatewayResponses(template.gatewayResponses());
    this.server =
        WebServer.builder()
            .address(address(options.host()))
            .port(port)
            .shutdownHook(false)
            .addProtocol(Http1Config.builder().maxPrologueLength(LONGEST_REQUEST_LINE).build())
            .routing(routing -> routing.any(this::serve))
            .build()
            .start();
    // Helidon logs why it could not start, but does not throw.
    if (!server.isRunning()) {
      throw new IllegalStateException("port " + port + " is taken");
    }
  }

  /**
   * Serves the template's API on a port of this machine; 0 picks a free one.
   *
   * @throws TemplateException if the template asks for something that cannot be served here
   */
  public static ApiGateway start(Template template, LambdaRuntime lambda, int port) {
    return start(template, lambda, port, Options.standard());
  }

  /** Serves the template's API, with everything chosen. */
  public static ApiGateway start(
      Template template, LambdaRuntime lambda, int port, Options options) {
    return new ApiGateway(template, lambda, port, options);
  }

  private static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("no such address: " + host, e);
    }
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  /**
   * Serves paths that start with a prefix from a page of this machine, before any route; {@code /}
   * is the root alone.
   */
  public void local(String pathPrefix, LocalPage page) {
    pages.put(pathPrefix, page);
  }

  /** Stops listening; functions still running are interrupted by their runtime's close. */
  @Override
  public void close() {
    server.stop();
    integration.close();
  }

  private void serve(ServerRequest incoming, ServerResponse outgoing) throws IOException {
    var body = incoming.content().hasEntity() ? body(incoming) : new byte[0];
    var request = request(incoming, body);
    var page = page(request.path()).filter(_ -> body.length <= BODY_LIMIT);
    if (page.isPresent()) {
      send(page.get().answer(request), outgoing);
    } else {
      answer(request, outgoing);
    }
  }

  /** The body, or one byte more than is allowed of it. */
  private static byte[] body(ServerRequest incoming) throws IOException {
    var declared = incoming.headers().contentLength().orElse(0);
    return declared > BODY_LIMIT
        ? new byte[BODY_LIMIT + 1]
        : incoming.content().inputStream().readNBytes(BODY_LIMIT + 1);
  }

  private static Request request(ServerRequest incoming, byte[] body) {
    var headers = new HashMap<String, List<String>>();
    for (Header header : incoming.headers()) {
      headers.put(header.name(), header.allValues());
    }
    return new Request(
        incoming.prologue().method().text(),
        incoming.prologue().uriPath().rawPath(),
        incoming.prologue().query().rawValue(),
        headers,
        body,
        sourceIp(incoming));
  }

  private static String sourceIp(ServerRequest incoming) {
    return incoming.remotePeer().address() instanceof InetSocketAddress socket
        ? socket.getAddress().getHostAddress()
        : incoming.remotePeer().host();
  }

  private Optional<LocalPage> page(String path) {
    return pages.entrySet().stream()
        .filter(
            page -> page.getKey().equals("/") ? path.equals("/") : path.startsWith(page.getKey()))
        .map(Map.Entry::getValue)
        .reduce((_, longer) -> longer);
  }

  private void answer(Request request, ServerResponse outgoing) throws IOException {
    var match = router.match(request.method(), request.path());
    var exchange = new Exchange(request, stage, match, options.clock().instant());
    switch (outcome(exchange, match)) {
      case Integration.Answered(var response) -> send(identified(response, exchange), outgoing);
      case Integration.Streaming(var head, var body) ->
          stream(identified(head, exchange), body, outgoing);
      case Integration.Failed(var refusal) ->
          send(identified(responses.render(refusal, exchange), exchange), outgoing);
    }
  }

  private Integration.Outcome outcome(Exchange exchange, Optional<Router.Match> match) {
    if (exchange.request().body().length > BODY_LIMIT) {
      return new Integration.Failed(Refusal.requestTooLarge(BODY_LIMIT));
    }
    if (match.isEmpty()) {
      return new Integration.Failed(Refusal.unknownRoute());
    }
    var route = match.get().route();
    return switch (gate.pass(exchange, route)) {
      case Gate.Closed(var refusal) -> new Integration.Failed(refusal);
      case Gate.Open(var context) -> integration.call(exchange, route, context);
    };
  }

  private static Response identified(Response response, Exchange exchange) {
    var headers = new HashMap<>(response.headers());
    headers.put("x-amzn-RequestId", List.of(exchange.requestId()));
    headers.put("x-amz-apigw-id", List.of(exchange.extendedRequestId()));
    return new Response(response.status(), headers, response.body());
  }

  private static void stream(Response head, LiveAnswer body, ServerResponse outgoing)
      throws IOException {
    sendHead(head, outgoing);
    try (var client = outgoing.outputStream()) {
      client.write(head.body());
      client.flush();
      body.sendTo(client);
    }
  }

  private static void sendHead(Response response, ServerResponse outgoing) {
    outgoing.status(response.status());
    response
        .headers()
        .forEach((name, values) -> outgoing.header(name, values.toArray(String[]::new)));
  }

  private static void send(Response response, ServerResponse outgoing) {
    sendHead(response, outgoing);
    if (response.body().length == 0) {
      outgoing.send();
    } else {
      outgoing.send(response.body());
    }
  }
}
