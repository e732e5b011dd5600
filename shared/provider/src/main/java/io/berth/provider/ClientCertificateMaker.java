package io.berth.provider;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.berth.domain.Bytes;
import io.berth.domain.akash.Certificate;
import io.berth.domain.certificate.CertificateMaker;
import io.berth.domain.certificate.KeyedCertificate;
import io.berth.domain.certificate.PrivateKeyPem;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Client certificates as Akash's official SDK makes them (chain-sdk 55f1c683, chain-protocol.md
 * §5.2): EC P-256, signed by their own key, for client authentication only.
 */
public final class ClientCertificateMaker implements CertificateMaker {
  /** The SDK's mark of the certificate's kind, an attribute of its names. */
  private static final ASN1ObjectIdentifier VERSION = new ASN1ObjectIdentifier("2.23.133.2.6");

  private final SecureRandom random;

  public ClientCertificateMaker(SecureRandom random) {
    this.random = random;
  }

  @Override
  public KeyedCertificate make(String owner, BigInteger serial, Instant from) {
    try {
      KeyPair keys = freshKeys();
      Certificate certificate =
          new Certificate(
              owner,
              serial.toString(),
              Certificate.State.VALID,
              publicPem("CERTIFICATE", selfSigned(owner, serial, from, keys)),
              publicPem("EC PUBLIC KEY", keys.getPublic().getEncoded()));
      return new KeyedCertificate(certificate, privatePem(keys.getPrivate()));
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("a certificate cannot be made", e);
    }
  }

  private KeyPair freshKeys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    return generator.generateKeyPair();
  }

  private byte[] selfSigned(String owner, BigInteger serial, Instant from, KeyPair keys)
      throws OperatorCreationException, IOException {
    X500Name name = name(owner);
    return new JcaX509v3CertificateBuilder(
            name, serial, Date.from(from), Date.from(oneYearAfter(from)), name, keys.getPublic())
        .addExtension(
            Extension.keyUsage,
            true,
            new KeyUsage(KeyUsage.keyEncipherment | KeyUsage.dataEncipherment))
        .addExtension(
            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth))
        .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
        .build(
            new JcaContentSignerBuilder("SHA256withECDSA")
                .setSecureRandom(random)
                .build(keys.getPrivate()))
        .getEncoded();
  }

  private static X500Name name(String owner) {
    return new X500Name(
        new RDN[] {
          new RDN(new AttributeTypeAndValue(BCStyle.CN, new DERPrintableString(owner))),
          new RDN(new AttributeTypeAndValue(VERSION, new DERPrintableString("v0.0.1")))
        });
  }

  /** As the SDK reckons: a year after 29 February is 1 March. */
  private static Instant oneYearAfter(Instant from) {
    OffsetDateTime start = from.atOffset(ZoneOffset.UTC);
    LocalDate day = start.toLocalDate();
    boolean leapDay = day.getMonth() == Month.FEBRUARY && day.getDayOfMonth() == 29;
    LocalDate end = day.plusYears(1).plusDays(leapDay ? 1 : 0);
    return end.atTime(start.toLocalTime()).toInstant(ZoneOffset.UTC);
  }

  private static Bytes publicPem(String label, byte[] der) {
    return Bytes.of(pem(label, der));
  }

  private static PrivateKeyPem privatePem(PrivateKey key) {
    byte[] der = key.getEncoded();
    try {
      return PrivateKeyPem.takeOver(pem("PRIVATE KEY", der));
    } finally {
      Arrays.fill(der, (byte) 0);
    }
  }

  /** With the SDK's line ends. Only arrays, which can be cleared, ever hold the text. */
  private static byte[] pem(String label, byte[] der) {
    byte[] body = Base64.getMimeEncoder(64, new byte[] {'\r', '\n'}).encode(der);
    byte[] head = ("-----BEGIN " + label + "-----\r\n").getBytes(US_ASCII);
    byte[] tail = ("\r\n-----END " + label + "-----\r\n").getBytes(US_ASCII);
    byte[] text = Arrays.copyOf(head, head.length + body.length + tail.length);
    System.arraycopy(body, 0, text, head.length, body.length);
    System.arraycopy(tail, 0, text, head.length + body.length, tail.length);
    Arrays.fill(body, (byte) 0);
    return text;
  }
}
