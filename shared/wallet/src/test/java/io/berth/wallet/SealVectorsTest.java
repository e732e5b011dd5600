package io.berth.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.berth.domain.Bytes;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Seals of each format version, written by another implementation (Python's cryptography) with data
 * key 00…1f, wrapped as c0ffee, and nonce a0…ab. Whatever is written later, these must open for
 * ever: wallets are stored so.
 */
class SealVectorsTest {
  private static final SealContext CONTEXT = SealContext.ofMnemonic("user-1", "wallet-1");
  private static final String MASTER_KEY = "arn:aws:kms:us-east-1:000000000000:key/vector";
  private static final String NONCE = "a0a1a2a3a4a5a6a7a8a9aaab";
  private static final String ENTROPY =
      "f585c11aec520db57dd353c69554b21a89b20fb0650966fa0a9d6f74fd989d8f";
  private static final String SHORT_ENTROPY = "f585c11aec520db57dd353c69554b21a";
  private static final String CIPHERTEXT =
      "139dbd37a9990f0a1fb6d415922e72c4f91e56a0f7be2496969349f28233e88e";
  private static final String SHORT_CIPHERTEXT = "139dbd37a9990f0a1fb6d415922e72c4";

  private static final String HEADER_1 = "be4701" + "0003c0ffee";
  private static final String HEADER_2 =
      "be4702"
          + "002d61726e3a6177733a6b6d733a75732d656173742d313a"
          + "3030303030303030303030303a6b65792f766563746f72"
          + "0003c0ffee";
  private static final String SEALED_1 =
      HEADER_1 + NONCE + CIPHERTEXT + "fa9dcabc6e5755e432e167ec9ae14a23";
  private static final String SEALED_2 =
      HEADER_2 + NONCE + CIPHERTEXT + "b43cbd31ea14b69279f55b9f513fd264";

  @ParameterizedTest
  @CsvSource({
    ENTROPY + "," + SEALED_1,
    SHORT_ENTROPY + "," + HEADER_1 + NONCE + SHORT_CIPHERTEXT + "bdfeb2697e1d673bcc47a8d93b73af5c"
  })
  void version1StillOpens(String entropy, String sealed) {
    assertOpens(entropy, sealed);
  }

  @ParameterizedTest
  @CsvSource({
    ENTROPY + "," + SEALED_2,
    SHORT_ENTROPY + "," + HEADER_2 + NONCE + SHORT_CIPHERTEXT + "620fb12b2aa48df0e0e9e74e31b59004"
  })
  void version2StillOpens(String entropy, String sealed) {
    assertOpens(entropy, sealed);
  }

  private static void assertOpens(String entropy, String sealed) {
    try (Mnemonic mnemonic = seal(NONCE).open(Bytes.ofHex(sealed), CONTEXT)) {
      assertThat(Bytes.of(mnemonic.copyOfEntropy()).hex()).isEqualTo(entropy);
    }
  }

  @Test
  void version2IsWhatIsWritten() {
    try (Mnemonic mnemonic = Mnemonic.ofEntropy(Bytes.ofHex(ENTROPY).toArray())) {
      assertThat(seal(NONCE).seal(mnemonic, CONTEXT).hex()).isEqualTo(SEALED_2);
    }
  }

  @Test
  void anyOtherVersionDoesNotOpen() {
    for (String vector : List.of(SEALED_1, SEALED_2)) {
      for (int version = 0; version <= 0xff; version++) {
        byte[] sealed = Bytes.ofHex(vector).toArray();
        if (sealed[2] != version) {
          sealed[2] = (byte) version;
          assertThatExceptionOfType(SealBrokenException.class)
              .isThrownBy(() -> seal(NONCE).open(Bytes.of(sealed), CONTEXT));
        }
      }
    }
  }

  private static MnemonicSeal seal(String nonce) {
    return new MnemonicSeal(new FixedKey(), new FixedNonce(Bytes.ofHex(nonce).toArray()));
  }

  private static final class FixedKey implements DataKeys {
    @Override
    public String masterKey() {
      return MASTER_KEY;
    }

    @Override
    public DataKey generate(Map<String, String> context) {
      return unwrap(Bytes.ofHex("c0ffee"), context);
    }

    @Override
    public DataKey unwrap(Bytes wrapped, Map<String, String> context) {
      assertThat(wrapped.hex()).isEqualTo("c0ffee");
      byte[] key = new byte[32];
      for (int i = 0; i < key.length; i++) {
        key[i] = (byte) i;
      }
      return new DataKey(key, wrapped);
    }
  }

  @SuppressWarnings("serial") // Never serialized.
  private static final class FixedNonce extends SecureRandom {
    private final byte[] nonce;

    FixedNonce(byte[] nonce) {
      this.nonce = nonce;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(nonce, 0, bytes, 0, bytes.length);
    }
  }
}
