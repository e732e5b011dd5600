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
  private static final String HEADER_3 =
      "be4703"
          + "002d61726e3a6177733a6b6d733a75732d656173742d313a"
          + "3030303030303030303030303a6b65792f766563746f72"
          + "0003c0ffee";
  private static final String KEY =
      "a48d0395e12d5493316031c3f773b857866a6b6472e2a9046b2fdcf977da8d2c";
  private static final String SHORT_KEY =
      "53919a454f1547cf14c79380706fdad3329c92cb964a8bcbf644d903f7c4d9a3";
  private static final String SEALED_3 =
      HEADER_3
          + NONCE
          + "42957fb8a4e6562c5305b610f0097889f6c63274e055eb68f721fa7f0871f82d"
          + "27f386e543705e88224f570e9c2e31e3cea949f807d97c844bc3642a59e8183f"
          + "7be957f5d45b2677a06e5de6b7ee4cc4";
  private static final String SHORT_SEALED_3 =
      HEADER_3
          + NONCE
          + "b589e6680ade457076a2145377151a0d4230cbdb04fdc9a76a4aff85886faca2"
          + "27f386e543705e88224f570e9c2e31e349be9af60e4e5786e318cd02b8c83b72";
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

  @ParameterizedTest
  @CsvSource({
    ENTROPY + "," + KEY + "," + SEALED_3,
    SHORT_ENTROPY + "," + SHORT_KEY + "," + SHORT_SEALED_3
  })
  void version3StillOpensToMnemonicAndKey(String entropy, String key, String sealed) {
    assertOpens(entropy, sealed);
    assertOpensToKey(key, sealed);
  }

  @Test
  void sealsWithoutAKeyOpenToTheirMnemonicsKey() {
    assertOpensToKey(KEY, SEALED_1);
    assertOpensToKey(KEY, SEALED_2);
  }

  private static void assertOpensToKey(String privateKey, String sealed) {
    try (WalletKey expected = WalletKey.of(Bytes.ofHex(privateKey).toArray());
        WalletKey opened = seal(NONCE).openKey(Bytes.ofHex(sealed), CONTEXT)) {
      byte[] message = {1, 2, 3};
      assertThat(opened.address()).isEqualTo(expected.address());
      assertThat(opened.sign(message)).isEqualTo(expected.sign(message));
    }
  }

  private static void assertOpens(String entropy, String sealed) {
    try (Mnemonic mnemonic = seal(NONCE).open(Bytes.ofHex(sealed), CONTEXT)) {
      assertThat(Bytes.of(mnemonic.copyOfEntropy()).hex()).isEqualTo(entropy);
    }
  }

  @Test
  void version3IsWhatIsWritten() {
    try (Mnemonic mnemonic = Mnemonic.ofEntropy(Bytes.ofHex(ENTROPY).toArray())) {
      assertThat(seal(NONCE).seal(mnemonic, CONTEXT).hex()).isEqualTo(SEALED_3);
    }
  }

  @Test
  void anyOtherVersionDoesNotOpen() {
    for (String vector : List.of(SEALED_1, SEALED_2, SEALED_3)) {
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
