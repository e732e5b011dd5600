package io.berth.provider;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.Bytes;
import io.berth.domain.certificate.KeyedCertificate;
import io.berth.domain.certificate.PrivateKeyPem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.stream.Stream;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ClientCertificateMakerTest {
  private static final String OWNER = "akash1quxz9kcvqjqmwfugk5sfwmudfejxswdzjzzqjy";
  private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");

  private final ClientCertificateMaker maker = new ClientCertificateMaker(new SecureRandom());

  /** Whatever is signed is the same, byte for byte, but for the fresh key. */
  @ParameterizedTest
  @MethodSource("ofTheOfficialSdk")
  void makesTheCertificatesOfTheOfficialSdk(JsonNode vector) throws Exception {
    JsonNode decoded = vector.get("decoded");
    try (KeyedCertificate made =
        maker.make(
            vector.get("owner_address").asString(),
            new BigInteger(decoded.get("serial_decimal").asString()),
            Instant.parse(decoded.at("/not_before/iso").asString()))) {
      String expected = vector.at("/pem/cert").asString();

      assertThat(tbsWithoutKey(text(made.certificate().certificate())))
          .isEqualTo(tbsWithoutKey(expected));
      assertThat(made.certificate().serial()).isEqualTo(decoded.get("serial_decimal").asString());
    }
  }

  @ParameterizedTest
  @MethodSource("ofTheOfficialSdk")
  void writesPemAsTheOfficialSdkDoes(JsonNode vector) {
    try (KeyedCertificate made = maker.make(OWNER, BigInteger.TEN, NOW)) {
      assertThat(lines(text(made.certificate().publicKey())))
          .isEqualTo(lines(vector.at("/pem/public_key").asString()));
      assertThat(lines(made.privateKey().reveal()))
          .isEqualTo(lines(vector.at("/pem/private_key").asString()));
      assertThat(text(made.certificate().certificate()))
          .startsWith("-----BEGIN CERTIFICATE-----\r\n")
          .endsWith("\r\n-----END CERTIFICATE-----\r\n");
    }
  }

  static Stream<JsonNode> ofTheOfficialSdk() throws IOException {
    try (InputStream in =
        ClientCertificateMakerTest.class.getResourceAsStream("/fixtures/cert/certificates.json")) {
      return JsonMapper.shared()
          .readTree(in)
          .get("certificates")
          .valueStream()
          .filter(vector -> vector.get("id").asString().startsWith("git-"))
          .toList()
          .stream();
    }
  }

  @Test
  void theThreePartsBelongTogether() throws Exception {
    try (KeyedCertificate made = maker.make(OWNER, BigInteger.TEN, NOW)) {
      X509Certificate certificate = parse(text(made.certificate().certificate()));
      byte[] message = "of the owner".getBytes(US_ASCII);
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keyOf(made.privateKey()));
      signature.update(message);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(message);

      assertThat(signature.verify(signed)).isTrue();
      certificate.verify(certificate.getPublicKey());
      assertThat(pem(text(made.certificate().publicKey())).getContent())
          .isEqualTo(certificate.getPublicKey().getEncoded());
    }
  }

  @Test
  void everyCertificateHasItsOwnKey() {
    try (KeyedCertificate one = maker.make(OWNER, BigInteger.TEN, NOW);
        KeyedCertificate other = maker.make(OWNER, BigInteger.TEN, NOW)) {
      assertThat(one.certificate().publicKey()).isNotEqualTo(other.certificate().publicKey());
      assertThat(one.privateKey().reveal()).isNotEqualTo(other.privateKey().reveal());
    }
  }

  @Test
  void closingClearsTheKeyAndNothingPrintsIt() {
    KeyedCertificate made = maker.make(OWNER, BigInteger.TEN, NOW);
    String key = made.privateKey().reveal();
    String secret = key.lines().skip(1).findFirst().orElseThrow();

    assertThat(key).startsWith("-----BEGIN PRIVATE KEY-----");
    assertThat(made.toString()).contains("hidden").doesNotContain(secret);
    assertThat(JsonMapper.shared().writeValueAsString(made)).doesNotContain(secret);
    made.close();
    assertThat(made.privateKey().reveal()).isEqualTo("\0".repeat(key.length()));
  }

  private static String text(Bytes pem) {
    return new String(pem.toArray(), US_ASCII);
  }

  /** The lines with their ends; of the base64 only how long they are. */
  private static String lines(String pem) {
    return pem.replaceAll("(?m)^[A-Za-z0-9+/=]{5,}(?=\r)", "…").replaceAll("(…\r\n)+", "…\r\n");
  }

  private static byte[] tbsWithoutKey(String pem) throws Exception {
    X509Certificate certificate = parse(pem);
    byte[] key = certificate.getPublicKey().getEncoded();
    byte[] point = java.util.Arrays.copyOfRange(key, key.length - 65, key.length);
    String tbs = Bytes.of(certificate.getTBSCertificate()).hex();
    return Bytes.ofHex(tbs.replace(Bytes.of(point).hex(), "00".repeat(65))).toArray();
  }

  private static X509Certificate parse(String pem) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes(US_ASCII)));
  }

  private static PrivateKey keyOf(PrivateKeyPem pem) throws Exception {
    return KeyFactory.getInstance("EC")
        .generatePrivate(new PKCS8EncodedKeySpec(pem(pem.reveal()).getContent()));
  }

  private static PemObject pem(String text) throws IOException {
    try (PemReader reader = new PemReader(new StringReader(text))) {
      return reader.readPemObject();
    }
  }
}
