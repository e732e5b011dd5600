package io.berth.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.berth.domain.Bytes;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Seals of format version 1, written by another implementation (Python's cryptography) with data
 * key 00…1f, wrapped as c0ffee, and nonce a0…ab. Whatever is written later, these must open for
 * ever: wallets are stored so.
 */
class SealVectorsTest {
  private static final SealContext CONTEXT = SealContext.ofMnemonic("user-1", "wallet-1");
  private static final String HEADER = "be47010003c0ffee";
  private static final String NONCE = "a0a1a2a3a4a5a6a7a8a9aaab";
  private static final String ENTROPY =
      "f585c11aec520db57dd353c69554b21a89b20fb0650966fa0a9d6f74fd989d8f";
  private static final String SEALED =
      HEADER
          + NONCE
          + "139dbd37a9990f0a1fb6d415922e72c4f91e56a0f7be2496969349f28233e88e"
          + "fa9dcabc6e5755e432e167ec9ae14a23";

  @ParameterizedTest
  @CsvSource({
    ENTROPY + "," + SEALED,
    "f585c11aec520db57dd353c69554b21a,"
        + HEADER
        + NONCE
        + "139dbd37a9990f0a1fb6d415922e72c4bdfeb2697e1d673bcc47a8d93b73af5c"
  })
  void version1StillOpens(String entropy, String sealed) {
    try (Mnemonic mnemonic = seal(NONCE).open(Bytes.ofHex(sealed), CONTEXT)) {
      assertThat(Bytes.of(mnemonic.copyOfEntropy()).hex()).isEqualTo(entropy);
    }
  }

  @Test
  void version1IsWhatIsWritten() {
    try (Mnemonic mnemonic = Mnemonic.ofEntropy(Bytes.ofHex(ENTROPY).toArray())) {
      assertThat(seal(NONCE).seal(mnemonic, CONTEXT).hex()).isEqualTo(SEALED);
    }
  }

  @Test
  void anyOtherVersionDoesNotOpen() {
    for (int version = 0; version <= 0xff; version++) {
      byte[] sealed = Bytes.ofHex(SEALED).toArray();
      sealed[2] = (byte) version;
      if (version != 1) {
        assertThatExceptionOfType(SealBrokenException.class)
            .isThrownBy(() -> seal(NONCE).open(Bytes.of(sealed), CONTEXT));
      }
    }
  }

  private static MnemonicSeal seal(String nonce) {
    return new MnemonicSeal(new FixedKey(), new FixedNonce(Bytes.ofHex(nonce).toArray()));
  }

  private static final class FixedKey implements DataKeys {
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
