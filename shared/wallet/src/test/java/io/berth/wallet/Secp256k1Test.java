package io.berth.wallet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class Secp256k1Test {
  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] MESSAGE = "a message".getBytes(UTF_8);

  @ParameterizedTest
  @MethodSource("io.berth.wallet.Fixtures#signedTransactions")
  void signsTransactionsAsTheSdkDoes(JsonNode vector) {
    byte[] signDoc = HEX.parseHex(vector.get("sign_doc_hex").asString());
    try (WalletKey key = WalletKey.of(privateKeyOf(vector))) {
      byte[] signature = key.sign(signDoc);

      assertThat(HEX.formatHex(signature)).isEqualTo(vector.get("signature_hex").asString());
      assertThat(key.address()).isEqualTo(vector.get("signer").get("address").asString());
      assertThat(Secp256k1.verify(key.publicKey().toArray(), signDoc, signature)).isTrue();
    }
  }

  @Test
  void refusesTheHighTwinOfASignature() {
    byte[] privateKey = keyOf(1);
    byte[] signature = Secp256k1.sign(privateKey, MESSAGE);
    BigInteger s = BigIntegers.fromUnsignedByteArray(signature, 32, 32);
    byte[] twin = signature.clone();
    BigIntegers.asUnsignedByteArray(Secp256k1.ORDER.subtract(s), twin, 32, 32);

    assertThat(Secp256k1.verify(Secp256k1.publicKey(privateKey), MESSAGE, signature)).isTrue();
    assertThat(Secp256k1.verify(Secp256k1.publicKey(privateKey), MESSAGE, twin)).isFalse();
  }

  @Test
  void everySignatureIsLow() {
    BigInteger half = Secp256k1.ORDER.shiftRight(1);

    for (int i = 0; i < 100; i++) {
      byte[] signature = Secp256k1.sign(keyOf(7), ("message " + i).getBytes(UTF_8));
      assertThat(BigIntegers.fromUnsignedByteArray(signature, 32, 32)).isLessThanOrEqualTo(half);
    }
  }

  @Test
  void aFlippedBitAnywhereBreaksASignature() {
    byte[] publicKey = Secp256k1.publicKey(keyOf(3));
    byte[] signature = Secp256k1.sign(keyOf(3), MESSAGE);

    for (int bit = 0; bit < 8 * signature.length; bit++) {
      byte[] flipped = signature.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(Secp256k1.verify(publicKey, MESSAGE, flipped)).as("bit %d", bit).isFalse();
    }
  }

  @Test
  void whatIsMalformedIsNoSignature() {
    byte[] publicKey = Secp256k1.publicKey(keyOf(3));
    byte[] signature = Secp256k1.sign(keyOf(3), MESSAGE);
    byte[] offTheCurve = publicKey.clone();
    Arrays.fill(offTheCurve, 1, 33, (byte) 0xff);

    assertThat(Secp256k1.verify(publicKey, MESSAGE, new byte[64])).isFalse();
    assertThat(Secp256k1.verify(publicKey, MESSAGE, Arrays.copyOf(signature, 63))).isFalse();
    assertThat(Secp256k1.verify(publicKey, MESSAGE, Arrays.copyOf(signature, 65))).isFalse();
    assertThat(Secp256k1.verify(offTheCurve, MESSAGE, signature)).isFalse();
    assertThat(Secp256k1.verify(new byte[33], MESSAGE, signature)).isFalse();
    assertThat(Secp256k1.verify(new byte[] {0}, MESSAGE, signature)).isFalse();
    assertThat(Secp256k1.verify(Secp256k1.publicKey(keyOf(4)), MESSAGE, signature)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "000000000000000000000000000000000000000000000000000000000000000001",
        "01"
      })
  void refusesWhatIsNoPrivateKey(String hex) {
    byte[] bytes = HEX.parseHex(hex);

    assertThatIllegalArgumentException().isThrownBy(() -> WalletKey.of(bytes));
    assertThatIllegalArgumentException().isThrownBy(() -> Secp256k1.sign(bytes, MESSAGE));
  }

  @Test
  void aClosedKeySignsNothing() {
    WalletKey key = WalletKey.of(keyOf(5));
    key.close();

    assertThatIllegalStateException().isThrownBy(() -> key.sign(MESSAGE));
  }

  private static byte[] privateKeyOf(JsonNode vector) {
    return HEX.parseHex(vector.get("signer").get("private_key_hex").asString());
  }

  private static byte[] keyOf(int scalar) {
    return BigIntegers.asUnsignedByteArray(32, BigInteger.valueOf(scalar));
  }
}
