package io.berth.local.devnet.modules.cert;

import com.google.protobuf.ByteString;
import io.berth.local.devnet.modules.Addresses;
import io.berth.local.devnet.modules.Context;
import io.berth.local.devnet.modules.ErrorCode;
import io.berth.local.devnet.modules.Router;
import io.berth.proto.akash.cert.v1.Certificate;
import io.berth.proto.akash.cert.v1.MsgCreateCertificate;
import io.berth.proto.akash.cert.v1.MsgCreateCertificateResponse;
import io.berth.proto.akash.cert.v1.MsgRevokeCertificate;
import io.berth.proto.akash.cert.v1.MsgRevokeCertificateResponse;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Handles {@code akash.cert.v1} messages. */
public final class CertMessages {

  private static final Pattern PEM =
      Pattern.compile(
          "\\s*-----BEGIN ([A-Z0-9 ]+)-----\\s*([A-Za-z0-9+/=\\s]+)-----END \\1-----\\s*");

  private final CertKeeper certificates;

  public CertMessages(CertKeeper certificates) {
    this.certificates = certificates;
  }

  public void register(Router router) {
    router
        .on(
            MsgCreateCertificate.getDefaultInstance(),
            MsgCreateCertificateResponse.getDefaultInstance(),
            MsgCreateCertificate::getOwner,
            message -> {
              Addresses.require(message.getOwner(), "MsgCreate: Invalid Owner Address");
              parse(message);
            },
            this::create)
        .on(
            MsgRevokeCertificate.getDefaultInstance(),
            MsgRevokeCertificateResponse.getDefaultInstance(),
            message -> message.getId().getOwner(),
            message -> {
              Addresses.require(message.getId().getOwner(), "MsgRevoke: Invalid Owner Address");
              serial(message.getId().getSerial());
            },
            this::revoke);
  }

  private void create(Context context, MsgCreateCertificate message) {
    X509Certificate certificate = parse(message);
    if (!message.getOwner().equals(commonName(certificate))) {
      throw CertErrors.INVALID_CERTIFICATE.because("certificate CN is not its owner's address");
    }
    BigInteger serial = certificate.getSerialNumber();
    if (certificates.certificate(context, message.getOwner(), serial).isPresent()) {
      throw CertErrors.EXISTS.refuse();
    }
    certificates.save(
        context,
        message.getOwner(),
        serial,
        Certificate.newBuilder()
            .setState(Certificate.State.valid)
            .setCert(message.getCert())
            .setPubkey(message.getPubkey())
            .build());
  }

  private void revoke(Context context, MsgRevokeCertificate message) {
    String owner = message.getId().getOwner();
    BigInteger serial = serial(message.getId().getSerial());
    Certificate certificate =
        certificates.certificate(context, owner, serial).orElseThrow(CertErrors.NOT_FOUND::refuse);
    if (certificate.getState() == Certificate.State.revoked) {
      throw CertErrors.ALREADY_REVOKED.refuse();
    }
    certificates.save(
        context,
        owner,
        serial,
        certificate.toBuilder().setState(Certificate.State.revoked).build());
  }

  /** One PEM block each, a key that signed the certificate, and nothing after. */
  private static X509Certificate parse(MsgCreateCertificate message) {
    byte[] der = block(message.getCert(), "CERTIFICATE", CertErrors.INVALID_CERTIFICATE);
    byte[] spki = block(message.getPubkey(), "EC PUBLIC KEY", CertErrors.INVALID_PUBKEY);
    PublicKey key;
    try {
      key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(spki));
    } catch (GeneralSecurityException e) {
      throw CertErrors.INVALID_PUBKEY.refuse();
    }
    try {
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der));
      certificate.verify(key);
      return certificate;
    } catch (GeneralSecurityException e) {
      throw CertErrors.INVALID_CERTIFICATE.refuse();
    }
  }

  private static byte[] block(ByteString pem, String label, ErrorCode error) {
    Matcher matcher = PEM.matcher(pem.toStringUtf8());
    if (!matcher.matches() || !matcher.group(1).equals(label)) {
      throw error.refuse();
    }
    try {
      return Base64.getMimeDecoder().decode(matcher.group(2));
    } catch (IllegalArgumentException e) {
      throw error.refuse();
    }
  }

  private static String commonName(X509Certificate certificate) {
    try {
      return new LdapName(certificate.getSubjectX500Principal().getName())
          .getRdns().stream()
              .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
              .map(Rdn::getValue)
              .map(Object::toString)
              .findFirst()
              .orElse("");
    } catch (InvalidNameException e) {
      return "";
    }
  }

  private static BigInteger serial(String decimal) {
    if (!decimal.matches("[0-9]{1,78}")) {
      throw CertErrors.INVALID_SERIAL.refuse();
    }
    return new BigInteger(decimal);
  }
}
