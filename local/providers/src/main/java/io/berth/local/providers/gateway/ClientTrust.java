package io.berth.local.providers.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.function.Function;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts a client's certificate if it is the very one that its owner has on the chain
 * (provider-gateway.md §2.3). It is asked inside the handshake, and only if the client shows one.
 */
final class ClientTrust extends X509ExtendedTrustManager {
  private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

  private final Function<String, List<String>> chainCertificates;
  private final InstantSource clock;

  /**
   * Trust by the chain.
   *
   * @param chainCertificates the PEM texts of an account's valid certificates
   */
  ClientTrust(Function<String, List<String>> chainCertificates, InstantSource clock) {
    this.chainCertificates = chainCertificates;
    this.clock = clock;
  }

  /** The account whose certificate this is: its common name. */
  static String owner(X509Certificate certificate) {
    return commonName(certificate.getSubjectX500Principal().getName());
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    if (chain.length != 1) {
      throw new CertificateException("one certificate is expected");
    }
    X509Certificate certificate = chain[0];
    certificate.checkValidity(Date.from(clock.instant()));
    String owner = owner(certificate);
    if (owner.isEmpty()
        || !owner.equals(commonName(certificate.getIssuerX500Principal().getName()))) {
      throw new CertificateException("subject and issuer are not the same account");
    }
    List<String> usage = certificate.getExtendedKeyUsage();
    if (usage == null || !usage.contains(CLIENT_AUTH)) {
      throw new CertificateException("not for clients");
    }
    for (String pem : chainCertificates.apply(owner)) {
      if (parse(pem).equals(certificate)) {
        return;
      }
    }
    throw new CertificateException("not on the chain");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("the gateway is no client");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checkServerTrusted(chain, authType);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkServerTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }

  private static X509Certificate parse(String pem) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes(US_ASCII)));
  }

  private static String commonName(String name) {
    try {
      return new LdapName(name)
          .getRdns().stream()
              .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
              .map(rdn -> rdn.getValue().toString())
              .findFirst()
              .orElse("");
    } catch (InvalidNameException e) {
      return "";
    }
  }
}
