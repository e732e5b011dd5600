package io.berth.provider;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.berth.domain.Bytes;
import io.berth.domain.akash.Certificate;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.X509ExtendedTrustManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates made for tests: self-signed ones as providers publish them, and those of a CA. */
final class TestCertificates {
  /** The gateway's clock; CAs' certificates are checked by the JDK against the real time. */
  static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  static final Instant YESTERDAY = NOW.minus(Duration.ofDays(1));
  static final Instant TOMORROW = NOW.plus(Duration.ofDays(1));

  static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
  static final Instant FAR_AHEAD = Instant.parse("2099-01-01T00:00:00Z");

  private static final AtomicLong SERIALS = new AtomicLong(1_790_000_000_000_000_000L);

  private TestCertificates() {}

  /** A key and the certificates that a server shows for it. */
  record Identity(PrivateKey key, List<X509Certificate> chain) {
    X509Certificate certificate() {
      return chain.getFirst();
    }

    /** As the chain knows it. */
    Certificate publishedBy(String owner, Certificate.State state) {
      return new Certificate(
          owner, certificate().getSerialNumber().toString(), state, pem(), Bytes.of(new byte[0]));
    }

    private Bytes pem() {
      try {
        return Bytes.of(
            ("-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder().encodeToString(certificate().getEncoded())
                    + "\n-----END CERTIFICATE-----\n")
                .getBytes(US_ASCII));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** A provider's own certificate for the bech32 address. */
  static Identity selfSigned(String address) {
    return selfSigned(newKey(), address, address, YESTERDAY, TOMORROW);
  }

  static Identity selfSigned(
      KeyPair key, String subject, String issuer, Instant from, Instant until) {
    return build(key, key.getPrivate(), subject, issuer, from, until, null, List.of());
  }

  /** A CA, with a trust manager that trusts it alone. */
  static final class Ca {
    private final KeyPair key = newKey();
    private final Identity root =
        build(key, key.getPrivate(), "Test CA", "Test CA", LONG_AGO, FAR_AHEAD, "", List.of());

    Identity issue(String host, Instant from, Instant until) {
      return build(newKey(), key.getPrivate(), host, "Test CA", from, until, host, root.chain());
    }

    X509ExtendedTrustManager trusted() {
      try {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("ca", root.certificate());
        return ProviderTrust.cas(anchors);
      } catch (GeneralSecurityException | IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  static KeyPair newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Builds a certificate.
   *
   * @param host null for a provider's own, empty for a CA, else the server's name
   */
  private static Identity build(
      KeyPair subjectKey,
      PrivateKey issuerKey,
      String subject,
      String issuer,
      Instant from,
      Instant until,
      String host,
      List<X509Certificate> issuers) {
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              new X500Name("CN=" + issuer),
              BigInteger.valueOf(SERIALS.incrementAndGet()),
              Date.from(from),
              Date.from(until),
              new X500Name("CN=" + subject),
              subjectKey.getPublic());
      if (host == null) {
        builder.addExtension(
            Extension.keyUsage,
            true,
            new KeyUsage(KeyUsage.keyEncipherment | KeyUsage.dataEncipherment));
      } else if (host.isEmpty()) {
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      } else {
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
      }
      X509Certificate certificate =
          new JcaX509CertificateConverter()
              .getCertificate(
                  builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKey)));
      List<X509Certificate> chain = new ArrayList<>(List.of(certificate));
      chain.addAll(issuers);
      return new Identity(subjectKey.getPrivate(), List.copyOf(chain));
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }
}
