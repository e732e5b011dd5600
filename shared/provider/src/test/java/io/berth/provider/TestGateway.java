package io.berth.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** An HTTPS server on this machine that shows one identity and remembers what it was sent. */
final class TestGateway implements AutoCloseable {
  private static final char[] PASSWORD = "changeit".toCharArray();

  final List<Received> received = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpsServer server;

  /**
   * What arrived.
   *
   * @param sni the name asked for in the TLS handshake, by which providers choose a certificate
   */
  record Received(
      String method, String path, String sni, String host, String authorization, String body) {}

  TestGateway(TestCertificates.Identity identity, HttpHandler handler) {
    this(identity, "TLSv1.3", handler);
  }

  TestGateway(TestCertificates.Identity identity, String protocol, HttpHandler handler) {
    try {
      server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setHttpsConfigurator(
        new HttpsConfigurator(contextOf(identity)) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters tls = getSSLContext().getDefaultSSLParameters();
            tls.setProtocols(new String[] {protocol});
            parameters.setSSLParameters(tls);
          }
        });
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          remember(exchange);
          handler.handle(exchange);
        });
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Answers each request with the next of these, and then with the last one for ever. */
  static HttpHandler answering(Reply.Answered... answers) {
    List<Reply.Answered> left = new CopyOnWriteArrayList<>(answers);
    return exchange -> {
      Reply.Answered answer = left.size() > 1 ? left.removeFirst() : left.getFirst();
      byte[] body = answer.body().getBytes(UTF_8);
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    };
  }

  private void remember(HttpExchange exchange) throws IOException {
    received.add(
        new Received(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            serverNameOf(exchange),
            exchange.getRequestHeaders().getFirst("Host"),
            exchange.getRequestHeaders().getFirst("Authorization"),
            new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
  }

  private static String serverNameOf(HttpExchange exchange) {
    ExtendedSSLSession session = (ExtendedSSLSession) ((HttpsExchange) exchange).getSSLSession();
    return session.getRequestedServerNames().stream()
        .map(name -> new String(name.getEncoded(), UTF_8))
        .collect(Collectors.joining(","));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** TLS that shows an identity. */
  static SSLContext contextOf(TestCertificates.Identity identity) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "server", identity.key(), PASSWORD, identity.chain().toArray(X509Certificate[]::new));
      KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
      keys.init(store, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
