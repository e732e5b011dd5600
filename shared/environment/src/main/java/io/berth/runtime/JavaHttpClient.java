package io.berth.runtime;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Java's own HTTP client for the SDK. The SDK's client for {@code HttpURLConnection} waits a
 * millisecond before each request on a connection that was kept open, to see whether the server
 * closed it ({@code sun.net.www.http.HttpClient.available}); a call of DynamoDB takes little more.
 *
 * <p>Requests and responses are held in memory, as those of the services that Berth calls are at
 * most 6 MB.
 */
final class JavaHttpClient implements SdkHttpClient {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(30);

  /** Java's client sets these itself and rejects them from its caller. */
  private static final Set<String> SET_BY_CLIENT =
      Set.of("connection", "content-length", "expect", "host", "upgrade");

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new Call(request);
  }

  @Override
  public String clientName() {
    return "JavaHttpClient";
  }

  @Override
  public void close() {
    client.close();
  }

  private final class Call implements ExecutableHttpRequest {
    private final HttpExecuteRequest request;
    private final CompletableFuture<Void> aborted = new CompletableFuture<>();

    private Call(HttpExecuteRequest request) {
      this.request = request;
    }

    @Override
    public HttpExecuteResponse call() throws IOException {
      CompletableFuture<HttpResponse<byte[]>> response =
          client.sendAsync(javaRequest(request), BodyHandlers.ofByteArray());
      CompletableFuture<Void> _ = aborted.thenRun(() -> response.cancel(true));
      try {
        return sdkResponse(response.get());
      } catch (InterruptedException e) {
        response.cancel(true);
        Thread.currentThread().interrupt();
        throw interrupted(e);
      } catch (CancellationException e) {
        throw new IOException("the request was aborted", e);
      } catch (ExecutionException e) {
        throw failure(e.getCause());
      }
    }

    @Override
    public void abort() {
      aborted.complete(null);
    }
  }

  private static IOException interrupted(InterruptedException cause) {
    InterruptedIOException interrupted = new InterruptedIOException("interrupted");
    interrupted.initCause(cause);
    return interrupted;
  }

  private static IOException failure(Throwable cause) {
    Throwable root = cause instanceof CompletionException ? cause.getCause() : cause;
    return root instanceof IOException io ? io : new IOException(root);
  }

  private static HttpRequest javaRequest(HttpExecuteRequest request) throws IOException {
    SdkHttpRequest head = request.httpRequest();
    HttpRequest.Builder java =
        HttpRequest.newBuilder(head.getUri())
            .timeout(RESPONSE_TIMEOUT)
            .method(head.method().name(), body(request));
    head.forEachHeader(
        (name, values) -> {
          if (!SET_BY_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
            values.forEach(value -> java.header(name, value));
          }
        });
    return java.build();
  }

  private static BodyPublisher body(HttpExecuteRequest request) throws IOException {
    if (request.contentStreamProvider().isEmpty()) {
      return BodyPublishers.noBody();
    }
    ContentStreamProvider content = request.contentStreamProvider().get();
    try (InputStream stream = content.newStream()) {
      return BodyPublishers.ofByteArray(stream.readAllBytes());
    }
  }

  private static HttpExecuteResponse sdkResponse(HttpResponse<byte[]> response) {
    SdkHttpFullResponse.Builder head =
        SdkHttpFullResponse.builder()
            .statusCode(response.statusCode())
            .headers(response.headers().map());
    return HttpExecuteResponse.builder()
        .response(head.build())
        .responseBody(
            AbortableInputStream.create(new ByteArrayInputStream(response.body()), () -> {}))
        .build();
  }
}
