package io.berth.provider;

import io.berth.domain.Bytes;
import io.berth.domain.akash.Certificate;
import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.security.auth.x500.X500Principal;

/**
 * Decides inside the TLS handshake, so before anything is sent, whether a server is one particular
 * provider. It is, if a public CA vouches for the host name, or if it shows one of the certificates
 * that this very provider keeps valid on the chain. All that is needed is loaded beforehand:
 * providers end a handshake that takes longer than 3 s.
 */
final class ProviderTrust extends X509ExtendedTrustManager {
  /** The {@link SSLParameters} setting by which the JDK checks a CA's certificate for the name. */
  static final String HOST_NAME_CHECK = "HTTPS";

  private final X509ExtendedTrustManager publicCas;
  private final String provider;
  private final Set<Bytes> published;
  private final InstantSource clock;

  /**
   * Trust in one provider.
   *
   * @param provider its bech32 address
   * @param certificates those it keeps valid on the chain
   */
  ProviderTrust(
      X509ExtendedTrustManager publicCas,
      String provider,
      Collection<Certificate> certificates,
      InstantSource clock) {
    this.publicCas = publicCas;
    this.provider = provider;
    this.published =
        certificates.stream()
            .filter(certificate -> certificate.owner().equals(provider))
            .filter(certificate -> certificate.state() == Certificate.State.VALID)
            .flatMap(certificate -> derOf(certificate.certificate()).stream())
            .collect(Collectors.toUnmodifiableSet());
    this.clock = clock;
  }

  /**
   * Trust in the CAs of a key store.
   *
   * @param anchors null for those of the JDK
   */
  static X509ExtendedTrustManager cas(KeyStore anchors) {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(anchors);
      return Stream.of(factory.getTrustManagers())
          .filter(X509ExtendedTrustManager.class::isInstance)
          .map(X509ExtendedTrustManager.class::cast)
          .findFirst()
          .orElseThrow();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the public CAs cannot be loaded", e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    requireHostNameCheck(socket instanceof SSLSocket tls ? tls.getSSLParameters() : null);
    check(chain, () -> publicCas.checkServerTrusted(chain, authType, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    requireHostNameCheck(engine.getSSLParameters());
    check(chain, () -> publicCas.checkServerTrusted(chain, authType, engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("a server is not trusted without its connection");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw notForClients();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw notForClients();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw notForClients();
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }

  @FunctionalInterface
  private interface Check {
    void run() throws CertificateException;
  }

  private void check(X509Certificate[] chain, Check publicCaAndHostName)
      throws UntrustedProviderException {
    require(chain.length > 0, "it shows no certificate");
    try {
      publicCaAndHostName.run();
    } catch (CertificateException e) {
      requireOnChain(chain);
    }
  }

  private void requireOnChain(X509Certificate[] chain) throws UntrustedProviderException {
    require(chain.length == 1, "no public CA vouches for its host name");
    X509Certificate certificate = chain[0];
    try {
      certificate.checkValidity(Date.from(clock.instant()));
      require(
          isNamed(certificate.getSubjectX500Principal(), provider)
              && isNamed(certificate.getIssuerX500Principal(), provider),
          "its certificate is for someone else");
      require(
          published.contains(Bytes.of(certificate.getEncoded())),
          "its certificate is not a valid one of the provider on the chain");
    } catch (UntrustedProviderException e) {
      throw e;
    } catch (CertificateException e) {
      throw new UntrustedProviderException("its certificate is not valid at this time");
    }
  }

  private static boolean isNamed(X500Principal principal, String name) {
    try {
      List<Object> commonNames =
          new LdapName(principal.getName(X500Principal.RFC2253))
              .getRdns().stream()
                  .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                  .map(Rdn::getValue)
                  .toList();
      return commonNames.equals(List.of(name));
    } catch (InvalidNameException e) {
      return false;
    }
  }

  private static Optional<Bytes> derOf(Bytes pem) {
    try {
      var certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem.toArray()));
      return certificates.size() == 1
          ? Optional.of(Bytes.of(certificates.iterator().next().getEncoded()))
          : Optional.empty();
    } catch (CertificateException e) {
      return Optional.empty();
    }
  }

  /** Without this setting the JDK would let a CA's certificate for any other host pass. */
  private static void requireHostNameCheck(SSLParameters parameters) throws CertificateException {
    if (parameters == null
        || !HOST_NAME_CHECK.equals(parameters.getEndpointIdentificationAlgorithm())) {
      throw new CertificateException("the connection does not check host names");
    }
  }

  private static void require(boolean holds, String otherwise) throws UntrustedProviderException {
    if (!holds) {
      throw new UntrustedProviderException(otherwise);
    }
  }

  private static CertificateException notForClients() {
    return new CertificateException("no client is trusted");
  }
}
