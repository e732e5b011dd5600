package io.berth.local.providers.gateway;

import io.berth.domain.Bytes;
import io.berth.local.providers.cluster.Workloads;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RenegotiationRequiredException;
import io.undertow.server.SSLSessionInfo;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import org.xnio.IoUtils;
import org.xnio.Options;
import org.xnio.Sequence;
import org.xnio.SslClientAuthMode;

/**
 * The gateway's server: TLS 1.3, HTTP/1.1, on the loopback interface. It can be stopped and started
 * again on the same port, with another certificate.
 */
public final class Gateway implements AutoCloseable {
  private static final HttpString NO_SNIFF = new HttpString("X-Content-Type-Options");

  private final Api api;
  private final Workloads workloads;
  private final ClientTrust trust;
  private final Patience patience;
  private int port;
  private Undertow server;

  /**
   * A gateway, not yet started.
   *
   * @param workloads what logs and events follow
   * @param port 0 for any free one
   * @param chainCertificates the PEM texts of an account's valid certificates
   * @param patience what every request waits for
   */
  public Gateway(
      Api api,
      Workloads workloads,
      int port,
      Function<String, List<String>> chainCertificates,
      InstantSource clock,
      Patience patience) {
    this.api = api;
    this.workloads = workloads;
    this.port = port;
    this.trust = new ClientTrust(chainCertificates, clock);
    this.patience = patience;
  }

  /** Starts, or goes on with another certificate. Sessions of before cannot be resumed. */
  public synchronized void start(ServerCertificate certificate) {
    stop();
    server =
        Undertow.builder()
            .addHttpsListener(port, "localhost", tls(certificate))
            .setSocketOption(Options.SSL_ENABLED_PROTOCOLS, Sequence.of("TLSv1.3"))
            .setSocketOption(Options.SSL_CLIENT_AUTH_MODE, SslClientAuthMode.REQUESTED)
            .setIoThreads(1)
            .setWorkerThreads(16)
            .setHandler(this::handle)
            .build();
    server.start();
    port = ((InetSocketAddress) server.getListenerInfo().getFirst().getAddress()).getPort();
  }

  /** Goes on at another port, any free one. */
  public synchronized void move(ServerCertificate certificate) {
    stop();
    port = 0;
    start(certificate);
  }

  /** Refuses connections from now on. */
  public synchronized void stop() {
    if (server != null) {
      server.stop();
      server = null;
    }
  }

  /** The port, once started. */
  public synchronized int port() {
    return port;
  }

  @Override
  public void close() {
    stop();
  }

  private void handle(HttpServerExchange exchange) throws Exception {
    if (exchange.isInIoThread()) {
      exchange.dispatch(this::handle);
      return;
    }
    exchange.startBlocking();
    patience.await();
    Request request = request(exchange);
    if (Api.isStream(request) && isUpgrade(exchange)) {
      stream(request, exchange);
    } else {
      api.answer(request)
          .ifPresentOrElse(
              reply -> send(reply, exchange), () -> IoUtils.safeClose(exchange.getConnection()));
    }
  }

  private static boolean isUpgrade(HttpServerExchange exchange) {
    return "websocket".equalsIgnoreCase(exchange.getRequestHeaders().getFirst(Headers.UPGRADE));
  }

  private void stream(Request request, HttpServerExchange exchange) throws Exception {
    switch (api.stream(request)) {
      case Api.StreamAnswer.Refused refused -> send(refused.reply(), exchange);
      case Api.StreamAnswer.Open open ->
          Handlers.websocket((_, channel) -> FeedSocket.open(channel, open.feed(), workloads))
              .handleRequest(exchange);
    }
  }

  private static Request request(HttpServerExchange exchange) throws IOException {
    Map<String, String> query = new HashMap<>();
    exchange.getQueryParameters().forEach((name, values) -> query.put(name, values.getFirst()));
    HeaderValues authorization = exchange.getRequestHeaders().get(Headers.AUTHORIZATION);
    return new Request(
        exchange.getRequestMethod().toString(),
        exchange.getRequestPath(),
        query,
        authorization == null ? List.of() : List.copyOf(authorization),
        clientCertificate(exchange),
        Bytes.of(exchange.getInputStream().readAllBytes()));
  }

  private static Optional<X509Certificate> clientCertificate(HttpServerExchange exchange) {
    SSLSessionInfo session = exchange.getConnection().getSslSessionInfo();
    try {
      return session == null
          ? Optional.empty()
          : Optional.of((X509Certificate) session.getPeerCertificates()[0]);
    } catch (SSLPeerUnverifiedException | RenegotiationRequiredException e) {
      return Optional.empty();
    }
  }

  private static void send(Reply reply, HttpServerExchange exchange) {
    exchange.setStatusCode(reply.status());
    reply
        .contentType()
        .ifPresent(type -> exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, type));
    if (reply.contentType().filter(type -> type.startsWith("text/plain")).isPresent()) {
      exchange.getResponseHeaders().put(NO_SNIFF, "nosniff");
    }
    exchange.getResponseSender().send(ByteBuffer.wrap(reply.body().toArray()));
  }

  private SSLContext tls(ServerCertificate certificate) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {new OneKey(certificate)}, new TrustManager[] {trust}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Always the same key. The usual key managers want certificates of servers to be for signatures,
   * which those of Akash are not.
   */
  private static final class OneKey extends X509ExtendedKeyManager {
    private static final String ALIAS = "provider";

    private final ServerCertificate certificate;

    OneKey(ServerCertificate certificate) {
      this.certificate = certificate;
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
      return keyType.equals("EC") ? ALIAS : null;
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
      return keyType.equals("EC") ? ALIAS : null;
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
      return new String[] {ALIAS};
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
      return new String[0];
    }

    @Override
    public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
      return null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return new X509Certificate[] {certificate.certificate()};
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return certificate.privateKey();
    }
  }
}
