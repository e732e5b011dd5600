package io.berth.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.berth.domain.Bytes;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MnemonicSealTest {
  private static final SealContext CONTEXT = SealContext.ofMnemonic("user-1", "wallet-1");
  private static final byte[] ENTROPY =
      HexFormat.of().parseHex("f585c11aec520db57dd353c69554b21a89b20fb0650966fa0a9d6f74fd989d8f");

  private final InMemoryDataKeys dataKeys = new InMemoryDataKeys();
  private final MnemonicSeal seal = new MnemonicSeal(dataKeys, new SecureRandom());
  private final Mnemonic mnemonic = Mnemonic.ofEntropy(ENTROPY);
  private byte[] sealed;

  @BeforeEach
  void sealOnce() {
    sealed = seal.seal(mnemonic, CONTEXT).toArray();
  }

  @AfterEach
  void everyDataKeyIsCleared() {
    assertThat(dataKeys.handedOut).isNotEmpty().allSatisfy(key -> assertThat(key).containsOnly(0));
    mnemonic.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 20, 24, 28, 32})
  void opensToTheSameMnemonic(int size) {
    byte[] entropy = Arrays.copyOf(ENTROPY, size);

    try (Mnemonic secret = Mnemonic.ofEntropy(entropy);
        Mnemonic opened = seal.open(seal.seal(secret, CONTEXT), CONTEXT)) {
      assertThat(opened.copyOfEntropy()).isEqualTo(entropy);
    }
  }

  @Test
  void noTwoSealsAreAlike() {
    assertThat(seal.seal(mnemonic, CONTEXT).toArray()).isNotEqualTo(sealed);
  }

  @Test
  void theSecretIsNotInTheSeal() {
    assertThat(Bytes.of(sealed).hex())
        .doesNotContain(Bytes.of(Arrays.copyOf(ENTROPY, 4)).hex())
        .doesNotContain(Bytes.of(Arrays.copyOfRange(ENTROPY, 28, 32)).hex());
  }

  @ParameterizedTest
  @MethodSource
  void doesNotOpenInAnotherContext(SealContext other) {
    assertBroken(seal, sealed, other);
  }

  static Stream<SealContext> doesNotOpenInAnotherContext() {
    return Stream.of(
        SealContext.ofMnemonic("user-2", "wallet-1"),
        SealContext.ofMnemonic("user-1", "wallet-2"),
        SealContext.ofMnemonic("wallet-1", "user-1"),
        new SealContext("user-1", "wallet-1", "backup", 1),
        new SealContext("user-1", "wallet-1", SealContext.MNEMONIC, 2));
  }

  @Test
  void theContextIsBoundToTheSecretAndNotOnlyToItsDataKey() {
    DataKeys careless =
        new DataKeys() {
          @Override
          public DataKey generate(Map<String, String> context) {
            return dataKeys.generate(CONTEXT.encryptionContext());
          }

          @Override
          public DataKey unwrap(Bytes wrapped, Map<String, String> context) {
            return dataKeys.unwrap(wrapped, CONTEXT.encryptionContext());
          }
        };

    assertBroken(
        new MnemonicSeal(careless, new SecureRandom()),
        sealed,
        SealContext.ofMnemonic("user-2", "wallet-1"));
  }

  @Test
  void noTwoContextsHaveOneCanonicalForm() {
    assertThat(new SealContext("ab", "c", "p", 1).canonical())
        .isNotEqualTo(new SealContext("a", "bc", "p", 1).canonical());
    assertThat(new SealContext("a", "b", "p", 12).canonical())
        .isNotEqualTo(new SealContext("a", "b", "p1", 2).canonical());
  }

  @Test
  void doesNotOpenWithAnotherMasterKey() {
    assertBroken(new MnemonicSeal(new InMemoryDataKeys(), new SecureRandom()), sealed, CONTEXT);
  }

  @Test
  void doesNotOpenWhenCutAtAnyLength() {
    for (int length = 0; length < sealed.length; length++) {
      assertBroken(seal, Arrays.copyOf(sealed, length), CONTEXT);
    }
  }

  @Test
  void doesNotOpenWhenCutAtTheFront() {
    for (int from = 1; from <= sealed.length; from++) {
      assertBroken(seal, Arrays.copyOfRange(sealed, from, sealed.length), CONTEXT);
    }
  }

  @Test
  void doesNotOpenWhenExtended() {
    for (int more = 1; more <= 64; more++) {
      assertBroken(seal, Arrays.copyOf(sealed, sealed.length + more), CONTEXT);
    }
  }

  @Test
  void doesNotOpenWithAFlippedBitAnywhere() {
    for (int bit = 0; bit < 8 * sealed.length; bit++) {
      byte[] flipped = sealed.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertBroken(seal, flipped, CONTEXT);
    }
  }

  @Test
  void doesNotOpenWithAnyOtherLengthOfTheDataKey() {
    for (int length = 0; length <= 0xffff; length++) {
      byte[] changed = sealed.clone();
      ByteBuffer.wrap(changed).putShort(3, (short) length);
      if (!Arrays.equals(changed, sealed)) {
        assertBroken(seal, changed, CONTEXT);
      }
    }
  }

  @Test
  void doesNotOpenWithPartsOfTwoSeals() {
    byte[] other = seal.seal(mnemonic, CONTEXT).toArray();
    for (int cut = 1; cut < sealed.length; cut++) {
      byte[] mixed = sealed.clone();
      System.arraycopy(other, cut, mixed, cut, mixed.length - cut);
      if (!Arrays.equals(mixed, sealed) && !Arrays.equals(mixed, other)) {
        assertBroken(seal, mixed, CONTEXT);
      }
    }
  }

  @Test
  void aContextHasNoEmptyPart() {
    assertThatIllegalArgumentException().isThrownBy(() -> SealContext.ofMnemonic("", "w"));
    assertThatIllegalArgumentException().isThrownBy(() -> SealContext.ofMnemonic("u", " "));
    assertThatIllegalArgumentException().isThrownBy(() -> new SealContext("u", "w", "", 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new SealContext("u", "w", "p", 0));
  }

  private static void assertBroken(MnemonicSeal seal, byte[] sealed, SealContext context) {
    assertThatExceptionOfType(SealBrokenException.class)
        .isThrownBy(() -> seal.open(Bytes.of(sealed), context))
        .withMessage("the seal does not open")
        .withNoCause();
  }
}
