package io.berth.wallet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.Bytes;
import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class NothingPrintsSecretsTest {
  private static final byte[] SECRET =
      HexFormat.of().parseHex("f585c11aec520db57dd353c69554b21a89b20fb0650966fa0a9d6f74fd989d8f");

  @Test
  void noTextFormShowsASecret() {
    try (Mnemonic mnemonic = Mnemonic.ofEntropy(SECRET);
        WalletKey key = WalletKey.of(SECRET);
        DataKey dataKey = new DataKey(SECRET.clone(), Bytes.ofHex("00"))) {
      Stream.of(mnemonic, key, dataKey)
          .map(Object::toString)
          .forEach(NothingPrintsSecretsTest::assertShowsNothing);
    }
  }

  @Test
  void noJsonFormShowsASecret() {
    JsonMapper json = JsonMapper.shared();
    try (Mnemonic mnemonic = Mnemonic.ofEntropy(SECRET);
        WalletKey key = WalletKey.of(SECRET);
        DataKey dataKey = new DataKey(SECRET.clone(), Bytes.ofHex("00"))) {
      for (Object secret : List.of(mnemonic, key, dataKey)) {
        assertShowsNothing(jsonOf(json, secret));
      }
    }
  }

  @Test
  void secretsAreComparedByIdentityAndNeverSerialized() {
    for (Class<?> type : List.of(Mnemonic.class, WalletKey.class, DataKey.class)) {
      assertThat(type.isRecord()).isFalse();
      assertThat(Serializable.class.isAssignableFrom(type)).isFalse();
      assertThat(type.getDeclaredMethods())
          .filteredOn(method -> Modifier.isPublic(method.getModifiers()))
          .extracting("name")
          .doesNotContain("equals", "hashCode", "getPhrase", "getEntropy", "getPrivateKey");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ozone drill grab fiber curtain grace pudding", "ozone Drill", "ozonedrill"})
  void noExceptionShowsTheWordsItRefuses(String phrase) {
    try {
      Mnemonic.parse(phrase.getBytes(US_ASCII)).close();
      throw new AssertionError("was accepted");
    } catch (InvalidMnemonicException e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      assertThat(trace.toString()).doesNotContainIgnoringCase("ozone", "drill");
    }
  }

  @Test
  void noExceptionShowsABrokenKey() {
    byte[] tooLarge = new byte[32];
    Arrays.fill(tooLarge, (byte) 0xff);
    try {
      WalletKey.of(tooLarge).close();
      throw new AssertionError("was accepted");
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isEqualTo("not a secp256k1 private key");
    }
  }

  @Test
  void aBrokenSealShowsNothing() {
    MnemonicSeal seal = new MnemonicSeal(new InMemoryDataKeys("key-1"), new SecureRandom());
    try (Mnemonic mnemonic = Mnemonic.ofEntropy(SECRET)) {
      Bytes sealed = seal.seal(mnemonic, SealContext.ofMnemonic("u", "w"));
      seal.open(sealed, SealContext.ofMnemonic("u", "x")).close();
      throw new AssertionError("was opened");
    } catch (SealBrokenException e) {
      assertThat(e).hasMessage("the seal does not open").hasNoCause();
    }
  }

  @Test
  void closingClears() throws ReflectiveOperationException {
    Mnemonic mnemonic = Mnemonic.ofEntropy(SECRET);
    WalletKey key = WalletKey.of(SECRET);
    DataKey dataKey = new DataKey(SECRET.clone(), Bytes.ofHex("00"));

    mnemonic.close();
    key.close();
    dataKey.close();

    assertThat(heldBy(mnemonic, "entropy")).hasSize(32).containsOnly(0);
    assertThat(heldBy(key, "privateKey")).hasSize(32).containsOnly(0);
    assertThat(heldBy(dataKey, "plaintext")).hasSize(32).containsOnly(0);
  }

  private static byte[] heldBy(Object secret, String field) throws ReflectiveOperationException {
    Field held = secret.getClass().getDeclaredField(field);
    held.setAccessible(true);
    return (byte[]) held.get(secret);
  }

  @Test
  void theTestLooksForTheRightWords() {
    try (Mnemonic mnemonic = Mnemonic.ofEntropy(SECRET)) {
      assertThat(new String(mnemonic.copyOfPhrase(), US_ASCII)).contains("slush", "patrol");
    }
  }

  private static String jsonOf(JsonMapper json, Object secret) {
    try {
      return json.writeValueAsString(secret);
    } catch (RuntimeException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static void assertShowsNothing(String text) {
    assertThat(text)
        .doesNotContainIgnoringCase(
            "f585c1",
            "slush",
            "patrol",
            Base64.getEncoder().encodeToString(SECRET),
            Arrays.toString(SECRET).substring(1, 20));
  }
}
