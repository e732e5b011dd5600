package io.berth.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.berth.domain.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MnemonicSealTest {
  private static final SealContext CONTEXT = SealContext.ofMnemonic("user-1", "wallet-1");
  private static final byte[] ENTROPY =
      HexFormat.of().parseHex("f585c11aec520db57dd353c69554b21a89b20fb0650966fa0a9d6f74fd989d8f");

  private final InMemoryDataKeys dataKeys = new InMemoryDataKeys("key-1");
  private final MnemonicSeal seal = new MnemonicSeal(dataKeys, new SecureRandom());
  private final Mnemonic mnemonic = Mnemonic.ofEntropy(ENTROPY);
  private byte[] sealed;

  /** One seal of each version, by its number; what does not open must not in any. */
  private Map<Integer, byte[]> seals;

  @BeforeEach
  void sealOnce() throws GeneralSecurityException {
    sealed = seal.seal(mnemonic, CONTEXT).toArray();
    seals = Map.of(1, version1(dataKeys), 2, version2(dataKeys), 3, sealed);
  }

  @AfterEach
  void everyDataKeyIsCleared() {
    assertThat(dataKeys.handedOut).isNotEmpty().allSatisfy(key -> assertThat(key).containsOnly(0));
    mnemonic.close();
  }

  /** What Berth wrote before seals named their master key. */
  private static byte[] version1(DataKeys keys) throws GeneralSecurityException {
    return keyless(keys, ByteBuffer.allocate(3).putShort((short) 0xBE47).put((byte) 1).array());
  }

  /** What Berth wrote before seals held the key at index 0. */
  private static byte[] version2(DataKeys keys) throws GeneralSecurityException {
    byte[] name = keys.masterKey().getBytes(StandardCharsets.US_ASCII);
    return keyless(
        keys,
        ByteBuffer.allocate(5 + name.length)
            .putShort((short) 0xBE47)
            .put((byte) 2)
            .putShort((short) name.length)
            .put(name)
            .array());
  }

  private static byte[] keyless(DataKeys keys, byte[] start) throws GeneralSecurityException {
    try (DataKey key = keys.generate(CONTEXT.encryptionContext())) {
      byte[] header =
          ByteBuffer.allocate(start.length + 2 + key.wrapped().size())
              .put(start)
              .putShort((short) key.wrapped().size())
              .put(key.wrapped().toArray())
              .array();
      byte[] nonce = new byte[12];
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, key.forCipher(), new GCMParameterSpec(128, nonce));
      cipher.updateAAD(header);
      cipher.updateAAD(CONTEXT.canonical());
      return Envelope.join(header, nonce, cipher.doFinal(ENTROPY)).toArray();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 20, 24, 28, 32})
  void opensToTheSameMnemonicAndKey(int size) {
    byte[] entropy = Arrays.copyOf(ENTROPY, size);

    try (Mnemonic secret = Mnemonic.ofEntropy(entropy);
        WalletKey key = secret.deriveKey(0);
        Mnemonic opened = seal.open(seal.seal(secret, CONTEXT), CONTEXT);
        WalletKey openedKey = seal.openKey(seal.seal(secret, CONTEXT), CONTEXT)) {
      assertThat(opened.copyOfEntropy()).isEqualTo(entropy);
      assertThat(openedKey.sign(entropy)).isEqualTo(key.sign(entropy));
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
    seals.values().forEach(each -> assertBroken(seal, each, other));
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
          public String masterKey() {
            return dataKeys.masterKey();
          }

          @Override
          public DataKey generate(Map<String, String> context) {
            return dataKeys.generate(CONTEXT.encryptionContext());
          }

          @Override
          public DataKey unwrap(Bytes wrapped, Map<String, String> context) {
            return dataKeys.unwrap(wrapped, CONTEXT.encryptionContext());
          }
        };

    for (byte[] each : seals.values()) {
      assertBroken(
          new MnemonicSeal(careless, new SecureRandom()),
          each,
          SealContext.ofMnemonic("user-2", "wallet-1"));
    }
  }

  @Test
  void noTwoContextsHaveOneCanonicalForm() {
    assertThat(new SealContext("ab", "c", "p", 1).canonical())
        .isNotEqualTo(new SealContext("a", "bc", "p", 1).canonical());
    assertThat(new SealContext("a", "b", "p", 12).canonical())
        .isNotEqualTo(new SealContext("a", "b", "p1", 2).canonical());
  }

  @Test
  void doesNotOpenWithAnotherMasterKeyOfWhateverName() {
    for (String name : List.of("key-1", "key-2")) {
      MnemonicSeal other = new MnemonicSeal(new InMemoryDataKeys(name), new SecureRandom());
      seals.values().forEach(each -> assertBroken(other, each, CONTEXT));
    }
  }

  @Test
  void everyMasterKeyOpensAndTheFirstSeals() {
    MnemonicSeal both = withNewKeyFirst();

    for (byte[] each : seals.values()) {
      assertOpens(both, Bytes.of(each));
    }
    Bytes renewed = both.seal(mnemonic, CONTEXT);
    assertOpens(both, renewed);
    assertBroken(seal, renewed.toArray(), CONTEXT);
  }

  @Test
  void onlyTheLastVersionUnderTheFirstMasterKeyIsCurrent() {
    MnemonicSeal both = withNewKeyFirst();

    assertThat(seal.isCurrent(Bytes.of(seals.get(3)))).isTrue();
    assertThat(seal.isCurrent(Bytes.of(seals.get(2)))).isFalse();
    assertThat(seal.isCurrent(Bytes.of(seals.get(1)))).isFalse();
    assertThat(both.isCurrent(Bytes.of(seals.get(3)))).isFalse();
    assertThat(both.isCurrent(both.seal(mnemonic, CONTEXT))).isTrue();
    assertThatExceptionOfType(SealBrokenException.class)
        .isThrownBy(() -> seal.isCurrent(Bytes.of(Arrays.copyOf(sealed, 40))));
  }

  private MnemonicSeal withNewKeyFirst() {
    return new MnemonicSeal(List.of(new InMemoryDataKeys("key-2"), dataKeys), new SecureRandom());
  }

  private static void assertOpens(MnemonicSeal seal, Bytes sealed) {
    try (Mnemonic opened = seal.open(sealed, CONTEXT)) {
      assertThat(opened.copyOfEntropy()).isEqualTo(ENTROPY);
    }
  }

  @Test
  void aSealThatNamesAKeyIsTriedWithNoOther() {
    List<String> asked = new ArrayList<>();
    DataKeys curious =
        new DataKeys() {
          @Override
          public String masterKey() {
            return "key-2";
          }

          @Override
          public DataKey generate(Map<String, String> context) {
            throw new AssertionError("nothing is sealed here");
          }

          @Override
          public DataKey unwrap(Bytes wrapped, Map<String, String> context) {
            asked.add(wrapped.hex());
            throw new SealBrokenException();
          }
        };
    MnemonicSeal both = new MnemonicSeal(List.of(curious, dataKeys), new SecureRandom());

    assertOpens(both, Bytes.of(seals.get(2)));
    assertOpens(both, Bytes.of(seals.get(3)));
    assertThat(asked).isEmpty();
    assertOpens(both, Bytes.of(seals.get(1)));
    assertThat(asked).hasSize(1);
  }

  @Test
  void aMasterKeyHasANameThatCanBeStored() {
    for (String name : List.of("", "k".repeat(513), "two words", "schlüssel", "line\n")) {
      MnemonicSeal nameless = new MnemonicSeal(new InMemoryDataKeys(name), new SecureRandom());
      assertThatIllegalStateException().isThrownBy(() -> nameless.seal(mnemonic, CONTEXT));
    }
    MnemonicSeal longest =
        new MnemonicSeal(new InMemoryDataKeys("k".repeat(512)), new SecureRandom());
    assertOpens(longest, longest.seal(mnemonic, CONTEXT));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MnemonicSeal(List.of(), new SecureRandom()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void doesNotOpenWhenCutAtAnyLength(int version) {
    byte[] whole = seals.get(version);
    for (int length = 0; length < whole.length; length++) {
      assertBroken(seal, Arrays.copyOf(whole, length), CONTEXT);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void doesNotOpenWhenCutAtTheFront(int version) {
    byte[] whole = seals.get(version);
    for (int from = 1; from <= whole.length; from++) {
      assertBroken(seal, Arrays.copyOfRange(whole, from, whole.length), CONTEXT);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void doesNotOpenWhenExtended(int version) {
    byte[] whole = seals.get(version);
    for (int more = 1; more <= 64; more++) {
      assertBroken(seal, Arrays.copyOf(whole, whole.length + more), CONTEXT);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void doesNotOpenWithAFlippedBitAnywhere(int version) {
    byte[] whole = seals.get(version);
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertBroken(seal, flipped, CONTEXT);
    }
  }

  /** The length of the data key, and from version 2 first that of the master key's name. */
  @ParameterizedTest
  @CsvSource({"1, 3", "2, 3", "2, 10", "3, 3", "3, 10"})
  void doesNotOpenWithAnyOtherLength(int version, int at) {
    byte[] whole = seals.get(version);
    for (int length = 0; length <= 0xffff; length++) {
      byte[] changed = whole.clone();
      ByteBuffer.wrap(changed).putShort(at, (short) length);
      if (!Arrays.equals(changed, whole)) {
        assertBroken(seal, changed, CONTEXT);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void doesNotOpenWithPartsOfTwoSeals(int version) throws GeneralSecurityException {
    byte[] whole = seals.get(version);
    byte[] other =
        switch (version) {
          case 1 -> version1(dataKeys);
          case 2 -> version2(dataKeys);
          default -> seal.seal(mnemonic, CONTEXT).toArray();
        };
    for (int cut = 1; cut < whole.length; cut++) {
      byte[] mixed = whole.clone();
      System.arraycopy(other, cut, mixed, cut, mixed.length - cut);
      if (!Arrays.equals(mixed, whole) && !Arrays.equals(mixed, other)) {
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
    assertThatExceptionOfType(SealBrokenException.class)
        .isThrownBy(() -> seal.openKey(Bytes.of(sealed), context))
        .withMessage("the seal does not open")
        .withNoCause();
  }
}
