package io.berth.provider;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * Puts TLS on a connection, with everything decided before the handshake returns.
 *
 * @param patience how long the whole handshake may take
 */
record Tls13(SSLSocketFactory sockets, Duration patience) {
  private static final String PROTOCOL = "TLSv1.3";

  static Tls13 trusting(ProviderTrust trust, Duration patience) {
    try {
      SSLContext context = SSLContext.getInstance(PROTOCOL);
      context.init(null, new TrustManager[] {trust}, null);
      return new Tls13(context.getSocketFactory(), patience);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("TLS 1.3 is not available", e);
    }
  }

  /**
   * The connection with TLS, after the handshake.
   *
   * @param host the name asked for, and checked if a public CA vouches for the server
   * @throws IOException if there is no TLS 1.3, the server is not trusted, or the time is up; the
   *     connection is closed then
   */
  SSLSocket over(Socket connection, String host, int port) throws IOException {
    SSLSocket tls = (SSLSocket) sockets.createSocket(connection, host, port, true);
    try (Cutoff _ = Cutoff.of(connection, patience)) {
      SSLParameters parameters = tls.getSSLParameters();
      parameters.setProtocols(new String[] {PROTOCOL});
      parameters.setEndpointIdentificationAlgorithm(ProviderTrust.HOST_NAME_CHECK);
      tls.setSSLParameters(parameters);
      tls.startHandshake();
      return tls;
    } catch (IOException e) {
      tls.close();
      throw e;
    }
  }
}
