package io.berth.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

class JavaHttpClientTest {
  private final JavaHttpClient client = new JavaHttpClient();
  private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch mayAnswer = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::echo);
    server.createContext("/slow", this::answerLate);
    server.start();
  }

  @AfterEach
  void stop() {
    mayAnswer.countDown();
    client.close();
    server.stop(0);
    threads.close();
  }

  private void echo(HttpExchange exchange) throws IOException {
    try (exchange) {
      connections.add(exchange.getRemoteAddress());
      byte[] body = exchange.getRequestBody().readAllBytes();
      exchange
          .getResponseHeaders()
          .set("X-Target", exchange.getRequestHeaders().getFirst("X-Amz-Target"));
      int status = exchange.getRequestURI().getPath().equals("/") ? 200 : 400;
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private void answerLate(HttpExchange exchange) {
    asked.countDown();
    try {
      mayAnswer.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.close();
  }

  private ExecutableHttpRequest request(String path) {
    return request(URI.create("http://localhost:" + server.getAddress().getPort() + path));
  }

  private ExecutableHttpRequest request(URI uri) {
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    SdkHttpRequest head =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(uri)
            .putHeader("Host", uri.getAuthority())
            .putHeader("Content-Length", "2")
            .putHeader("X-Amz-Target", "DynamoDB_20120810.GetItem")
            .build();
    return client.prepareRequest(
        HttpExecuteRequest.builder()
            .request(head)
            .contentStreamProvider(() -> new ByteArrayInputStream(body))
            .build());
  }

  private static String body(HttpExecuteResponse response) throws IOException {
    try (var body = response.responseBody().orElseThrow()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void sendsHeadersAndBodyAndReturnsWhatTheServerAnswers() throws IOException {
    HttpExecuteResponse response = request("/").call();

    assertThat(response.httpResponse().statusCode()).isEqualTo(200);
    assertThat(response.httpResponse().firstMatchingHeader("x-target"))
        .contains("DynamoDB_20120810.GetItem");
    assertThat(body(response)).isEqualTo("{}");
  }

  @Test
  void returnsAnErrorOfTheServerAsItsResponse() throws IOException {
    HttpExecuteResponse response = request("/unknown").call();

    assertThat(response.httpResponse().statusCode()).isEqualTo(400);
    assertThat(body(response)).isEqualTo("{}");
  }

  @Test
  void usesOneConnectionForRequestsInSequence() throws IOException {
    for (int i = 0; i < 5; i++) {
      assertThat(body(request("/").call())).isEqualTo("{}");
    }

    assertThat(connections).hasSize(1);
  }

  /** The SDK retries an {@code IOException}. */
  @Test
  void throwsAnIoExceptionIfNoServerListens() {
    int port = server.getAddress().getPort();
    server.stop(0);

    assertThatThrownBy(() -> request(URI.create("http://localhost:" + port + "/")).call())
        .isInstanceOf(IOException.class);
  }

  /** As the SDK does when the time for a call is over. */
  @Test
  void endsARequestThatIsAborted() throws Exception {
    ExecutableHttpRequest slow = request("/slow");
    var call = threads.submit(slow);
    asked.await();

    slow.abort();

    assertThatThrownBy(call::get).hasCauseInstanceOf(IOException.class);
  }

  @Test
  void endsARequestWhoseThreadIsInterrupted() throws Exception {
    var call = threads.submit(() -> request("/slow").call());
    asked.await();

    threads.shutdownNow();

    assertThatThrownBy(call::get).hasCauseInstanceOf(IOException.class);
  }
}
