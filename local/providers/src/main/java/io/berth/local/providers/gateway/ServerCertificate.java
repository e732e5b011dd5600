package io.berth.local.providers.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate that a provider signs itself and publishes on the chain (provider-gateway.md §2.1):
 * EC P-256, subject and issuer both its address, the serial its time in nanoseconds.
 */
public final class ServerCertificate {
  private static final ASN1ObjectIdentifier AUTH_VERSION = new ASN1ObjectIdentifier("2.23.133.2.6");
  private static final Duration LIFETIME = Duration.ofDays(365);

  private final X509Certificate certificate;
  private final PrivateKey privateKey;

  private ServerCertificate(X509Certificate certificate, PrivateKey privateKey) {
    this.certificate = certificate;
    this.privateKey = privateKey;
  }

  /**
   * A new certificate with a new key.
   *
   * @param address the provider's account
   * @param domains host names and IPv4 addresses that it serves
   * @param now the start of its year
   */
  public static ServerCertificate selfSigned(String address, List<String> domains, Instant now) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair keys = generator.generateKeyPair();
      X500Name name = name(address);
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              name,
              serial(now),
              Date.from(now),
              Date.from(now.plus(LIFETIME)),
              name,
              keys.getPublic());
      addExtensions(builder, domains);
      X509Certificate certificate =
          new JcaX509CertificateConverter()
              .getCertificate(
                  builder.build(
                      new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
      return new ServerCertificate(certificate, keys.getPrivate());
    } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The certificate kept in a file; a new one is made and kept there if there is none. */
  public static ServerCertificate keptIn(
      Path file, String address, List<String> domains, Instant now) {
    try {
      if (Files.exists(file)) {
        return parse(Files.readString(file));
      }
      ServerCertificate fresh = selfSigned(address, domains, now);
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, fresh.pem() + pem("PRIVATE KEY", fresh.privateKey.getEncoded()));
      return fresh;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public X509Certificate certificate() {
    return certificate;
  }

  PrivateKey privateKey() {
    return privateKey;
  }

  /** The certificate as the chain keeps it. */
  public String pem() {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The public key as the chain keeps it: an ordinary SPKI under the label of Akash. */
  public String publicKeyPem() {
    return pem("EC PUBLIC KEY", certificate.getPublicKey().getEncoded());
  }

  private static X500Name name(String address) {
    return new X500Name(
        new RDN[] {
          new RDN(new AttributeTypeAndValue(BCStyle.CN, new DERPrintableString(address))),
          new RDN(new AttributeTypeAndValue(AUTH_VERSION, new DERPrintableString("v0.0.1")))
        });
  }

  private static BigInteger serial(Instant now) {
    return BigInteger.valueOf(now.getEpochSecond())
        .multiply(BigInteger.valueOf(1_000_000_000))
        .add(BigInteger.valueOf(now.getNano()));
  }

  private static void addExtensions(X509v3CertificateBuilder builder, List<String> domains)
      throws CertIOException {
    builder.addExtension(
        Extension.keyUsage,
        true,
        new KeyUsage(KeyUsage.keyEncipherment | KeyUsage.dataEncipherment));
    builder.addExtension(
        Extension.extendedKeyUsage,
        false,
        new ExtendedKeyUsage(
            new KeyPurposeId[] {KeyPurposeId.id_kp_clientAuth, KeyPurposeId.id_kp_serverAuth}));
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    List<GeneralName> names = domains.stream().map(ServerCertificate::generalName).toList();
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(names.toArray(GeneralName[]::new)));
    GeneralSubtree[] permitted =
        names.stream()
            .filter(name -> name.getTagNo() == GeneralName.dNSName)
            .map(GeneralSubtree::new)
            .toArray(GeneralSubtree[]::new);
    builder.addExtension(Extension.nameConstraints, true, new NameConstraints(permitted, null));
  }

  private static GeneralName generalName(String host) {
    boolean isAddress = host.chars().allMatch(c -> c == '.' || Character.isDigit(c));
    return new GeneralName(isAddress ? GeneralName.iPAddress : GeneralName.dNSName, host);
  }

  private static String pem(String label, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, body, label);
  }

  private static ServerCertificate parse(String text) {
    try {
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(text.getBytes(US_ASCII)));
      String begin = "-----BEGIN PRIVATE KEY-----";
      String key =
          text.substring(
              text.indexOf(begin) + begin.length(), text.indexOf("-----END PRIVATE KEY-----"));
      PrivateKey privateKey =
          KeyFactory.getInstance("EC")
              .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(key)));
      return new ServerCertificate(certificate, privateKey);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
