package io.berth.wallet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class MnemonicTest {
  private static final HexFormat HEX = HexFormat.of();

  @ParameterizedTest
  @MethodSource("io.berth.wallet.Fixtures#wallets")
  void entropyAndWordsStandForEachOther(JsonNode vector) {
    byte[] phrase = vector.get("mnemonic").asString().getBytes(UTF_8);
    byte[] entropy = HEX.parseHex(vector.get("entropy_hex").asString());

    try (Mnemonic read = Mnemonic.parse(phrase);
        Mnemonic made = Mnemonic.ofEntropy(entropy)) {
      assertThat(read.copyOfEntropy()).isEqualTo(entropy);
      assertThat(made.copyOfPhrase()).isEqualTo(phrase);
    }
  }

  @ParameterizedTest
  @MethodSource("io.berth.wallet.Fixtures#wallets")
  void seedsAndKeysAreThoseOfTheVectors(JsonNode vector) {
    byte[] phrase = vector.get("mnemonic").asString().getBytes(UTF_8);
    byte[] seed = Bip39.seed(phrase, vector.get("bip39_password").asString());

    assertThat(HEX.formatHex(seed)).isEqualTo(vector.get("seed_hex").asString());
    assertThat(vector.get("accounts").valueStream()).hasSizeGreaterThan(1);
    vector.get("accounts").forEach(account -> assertAccount(seed, account));
  }

  private static void assertAccount(byte[] seed, JsonNode account) {
    byte[] privateKey = Bip32.derive(seed, pathOf(account.get("path").asString()));

    assertThat(HEX.formatHex(privateKey)).isEqualTo(account.get("private_key_hex").asString());
    try (WalletKey key = WalletKey.of(privateKey)) {
      assertThat(key.publicKey().hex()).isEqualTo(account.get("pubkey_hex").asString());
      assertThat(key.address()).isEqualTo(account.get("address").asString());
      assertThat(Bech32.decode(key.address()).data().hex())
          .isEqualTo(account.get("pubkey_sha256_ripemd160_hex").asString());
    }
  }

  private static int[] pathOf(String path) {
    return path.substring("m/".length())
        .transform(steps -> Arrays.stream(steps.split("/", -1)))
        .mapToInt(
            step ->
                step.endsWith("'")
                    ? Integer.parseInt(step.substring(0, step.length() - 1)) | Bip32.HARDENED
                    : Integer.parseInt(step))
        .toArray();
  }

  @ParameterizedTest
  @MethodSource("io.berth.wallet.Fixtures#wallets")
  void derivesTheWalletOfAnIndex(JsonNode vector) {
    if (!vector.get("bip39_password").asString().isEmpty()) {
      return;
    }
    try (Mnemonic mnemonic = Mnemonic.parse(vector.get("mnemonic").asString().getBytes(UTF_8))) {
      for (JsonNode account : vector.get("accounts")) {
        try (WalletKey key = mnemonic.deriveKey(account.get("index").asInt())) {
          assertThat(key.address()).isEqualTo(account.get("address").asString());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.berth.wallet.Fixtures#invalidMnemonics")
  void refusesWhatCosmJsRefusesForTheSameReason(JsonNode invalid) {
    Map<String, InvalidMnemonicException.Rule> rules =
        Map.of(
            "Invalid mnemonic format", InvalidMnemonicException.Rule.FORMAT,
            "Invalid word count in mnemonic", InvalidMnemonicException.Rule.WORD_COUNT,
            "Mnemonic contains invalid word", InvalidMnemonicException.Rule.WORD,
            "Invalid mnemonic checksum", InvalidMnemonicException.Rule.CHECKSUM);
    String error = invalid.get("cosmjs_error").asString();
    InvalidMnemonicException.Rule expected =
        rules.entrySet().stream()
            .filter(rule -> error.startsWith(rule.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElseThrow();

    assertThatExceptionOfType(InvalidMnemonicException.class)
        .isThrownBy(() -> Mnemonic.parse(invalid.get("mnemonic").asString().getBytes(UTF_8)))
        .satisfies(e -> assertThat(e.rule()).isEqualTo(expected))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("abandon", "akash"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"about ", "about\n", "abouü", "über", " "})
  void refusesAnythingBesideWordsAndSingleSpaces(String end) {
    String phrase = "abandon ".repeat(11) + end;

    assertThatExceptionOfType(InvalidMnemonicException.class)
        .isThrownBy(() -> Mnemonic.parse(phrase.getBytes(UTF_8)))
        .satisfies(e -> assertThat(e.rule()).isEqualTo(InvalidMnemonicException.Rule.FORMAT));
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 13, 27, 2048})
  void refusesOtherNumbersOfWords(int words) {
    String phrase = "abandon ".repeat(words).strip();

    assertThatExceptionOfType(InvalidMnemonicException.class)
        .isThrownBy(() -> Mnemonic.parse(phrase.getBytes(UTF_8)))
        .satisfies(e -> assertThat(e.rule()).isEqualTo(InvalidMnemonicException.Rule.WORD_COUNT));
  }

  @Test
  void everyWordOfTheListIsFoundAtItsPlace() {
    assertThat(IntStream.range(0, WordList.SIZE))
        .allSatisfy(
            i -> {
              byte[] padded =
                  (" " + new String(WordList.word(i), US_ASCII) + " ").getBytes(US_ASCII);
              assertThat(WordList.indexOf(padded, 1, padded.length - 1)).isEqualTo(i);
            });
  }

  @Test
  void theWordListIsTheOfficialOne() throws IOException, NoSuchAlgorithmException {
    try (InputStream in = WordList.class.getResourceAsStream("english.txt")) {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(Objects.requireNonNull(in).readAllBytes());

      assertThat(HEX.formatHex(digest))
          .isEqualTo("2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda");
    }
  }

  @Test
  void aNewMnemonicHas24WordsOfTheGivenRandomness() {
    byte[] drawn = new byte[32];
    Arrays.fill(drawn, (byte) 0xff);

    try (Mnemonic mnemonic = Mnemonic.generate(randomOf(drawn))) {
      assertThat(new String(mnemonic.copyOfPhrase(), US_ASCII))
          .isEqualTo("zoo ".repeat(23) + "vote");
    }
  }

  @Test
  void nothingIsTakenFromAClosedMnemonic() {
    Mnemonic mnemonic = Mnemonic.ofEntropy(new byte[16]);
    mnemonic.close();

    assertThatIllegalStateException().isThrownBy(mnemonic::copyOfPhrase);
    assertThatIllegalStateException().isThrownBy(mnemonic::copyOfEntropy);
    assertThatIllegalStateException().isThrownBy(() -> mnemonic.deriveKey(0));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 12, 15, 17, 33, 36})
  void refusesEntropyOfOtherSizes(int size) {
    assertThatIllegalArgumentException().isThrownBy(() -> Mnemonic.ofEntropy(new byte[size]));
  }

  private static SecureRandom randomOf(byte[] drawn) {
    return new SecureRandom() {
      @Override
      public void nextBytes(byte[] bytes) {
        System.arraycopy(drawn, 0, bytes, 0, bytes.length);
      }
    };
  }
}
