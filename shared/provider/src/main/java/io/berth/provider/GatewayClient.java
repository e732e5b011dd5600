package io.berth.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.berth.domain.provider.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends single HTTPS requests: TLS 1.3, HTTP/1.1, no redirects, no retries, no cookies, no proxy,
 * no compression, a connection of its own for each. Apache's client does it because it lets us hand
 * it the addresses to connect to, while SNI, {@code Host} and the name check keep the host's name;
 * the JDK's own client would resolve the name a second time.
 */
final class GatewayClient {
  /** Bytes of an answer's body; more is no answer. */
  static final int MAX_BODY = 1 << 20;

  private static final Http1Config HEADER_LIMITS =
      Http1Config.custom().setMaxLineLength(16 << 10).setMaxHeaderCount(100).build();

  private final Duration connectTimeout;

  GatewayClient(Duration connectTimeout) {
    this.connectTimeout = connectTimeout;
  }

  /** A request to a gateway. The body is sent as JSON; null for none. */
  record Call(String method, String path, String body, Scope scope) {}

  Reply send(Endpoint endpoint, ProviderTrust trust, Call call, String token, TimeBudget budget) {
    HttpUriRequestBase request = request(endpoint, call, token);
    CloseableHttpClient client = clientFor(endpoint, trust, budget.left());
    try {
      return budget.spend(() -> exchange(client, request));
    } catch (TimeoutException e) {
      return new Reply.Unreachable("no whole answer in time");
    } catch (ExecutionException e) {
      return failure(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Reply.Unreachable("interrupted");
    } finally {
      request.cancel();
      client.close(CloseMode.IMMEDIATE);
    }
  }

  // The response is not closed politely: that would first read the rest of an endless body.
  @SuppressWarnings("resource")
  private static Reply exchange(CloseableHttpClient client, HttpUriRequestBase request)
      throws IOException {
    ClassicHttpResponse response = client.executeOpen(null, request, null);
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return new Reply.Answered(response.getCode(), "");
    }
    InputStream content = entity.getContent();
    byte[] body = content.readNBytes(MAX_BODY + 1);
    return body.length > MAX_BODY
        ? new Reply.Unreachable("the answer is too long")
        : new Reply.Answered(response.getCode(), new String(body, UTF_8));
  }

  private static Reply failure(Throwable cause) {
    Optional<String> distrust = UntrustedProviderException.reasonIn(cause);
    if (distrust.isPresent()) {
      return new Reply.Untrusted(distrust.get());
    }
    if (cause instanceof IOException) {
      return new Reply.Unreachable(
          "no connection, or it broke: " + cause.getClass().getSimpleName());
    }
    throw new IllegalStateException("the request to a provider failed", cause);
  }

  private static HttpUriRequestBase request(Endpoint endpoint, Call call, String token) {
    HttpUriRequestBase request = new HttpUriRequestBase(call.method(), uri(endpoint, call.path()));
    request.setHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token);
    request.setHeader(HttpHeaders.ACCEPT, "application/json");
    if (call.body() != null) {
      request.setEntity(new StringEntity(call.body(), ContentType.APPLICATION_JSON));
    }
    return request;
  }

  private static URI uri(Endpoint endpoint, String path) {
    try {
      return new URI("https", null, endpoint.host(), endpoint.port(), path, null, null);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not an endpoint", e);
    }
  }

  private CloseableHttpClient clientFor(Endpoint endpoint, ProviderTrust trust, Duration total) {
    Timeout whole = Timeout.of(total);
    Timeout connect = Timeout.of(connectTimeout);
    Tls13 tls = Tls13.trusting(trust, connectTimeout);
    return HttpClients.custom()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new Pinned(endpoint))
                .setTlsSocketStrategy(
                    (socket, host, port, attachment, context) -> tls.over(socket, host, port))
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(connect)
                        .setSocketTimeout(whole)
                        .build())
                .setConnectionFactory(
                    ManagedHttpClientConnectionFactory.builder().http1Config(HEADER_LIMITS).build())
                .build())
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setResponseTimeout(whole)
                .setRedirectsEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .build())
        .setUserAgent("berth")
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableContentCompression()
        .disableCookieManagement()
        .disableAuthCaching()
        .build();
  }

  /** Knows the one host, by the addresses that were checked. */
  private record Pinned(Endpoint endpoint) implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      if (!host.equals(endpoint.host())) {
        throw new UnknownHostException(host);
      }
      return endpoint.addresses().toArray(InetAddress[]::new);
    }

    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
      return List.of(resolve(host)).stream()
          .map(address -> new InetSocketAddress(address, port))
          .toList();
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }
}
