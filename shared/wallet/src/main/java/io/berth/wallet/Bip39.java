package io.berth.wallet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.text.Normalizer;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;

/** BIP-39: entropy ↔ words, words → seed. Callers own, and clear, every array in and out. */
final class Bip39 {
  private static final int BITS_PER_WORD = 11;
  private static final int SEED_ROUNDS = 2048;
  private static final int SEED_BITS = 512;

  private Bip39() {}

  /** Whether BIP-39 knows entropy of this many bytes: 16, 20, 24, 28 or 32. */
  static boolean isEntropySize(int bytes) {
    return bytes >= 16 && bytes <= 32 && bytes % 4 == 0;
  }

  /** The mnemonic of the entropy, as ASCII. */
  static byte[] phrase(byte[] entropy) {
    byte[] bits = withChecksum(entropy);
    int words = entropy.length * 3 / 4;
    int length = words - 1;
    for (int i = 0; i < words; i++) {
      length += WordList.word(wordIndex(bits, i)).length;
    }
    byte[] phrase = new byte[length];
    int at = 0;
    for (int i = 0; i < words; i++) {
      if (i > 0) {
        phrase[at++] = ' ';
      }
      byte[] word = WordList.word(wordIndex(bits, i));
      System.arraycopy(word, 0, phrase, at, word.length);
      at += word.length;
    }
    Arrays.fill(bits, (byte) 0);
    return phrase;
  }

  /**
   * The entropy of a mnemonic. As strict as CosmJS: nothing is trimmed, folded or collapsed.
   *
   * @throws InvalidMnemonicException if the phrase breaks a rule
   */
  static byte[] entropy(byte[] phrase) {
    int words = countWords(phrase);
    if (words < 12 || words > 24 || words % 3 != 0) {
      throw new InvalidMnemonicException(InvalidMnemonicException.Rule.WORD_COUNT);
    }
    byte[] bits = new byte[33];
    byte[] entropy = new byte[words * 4 / 3];
    byte[] expected = new byte[0];
    try {
      readWords(phrase, bits);
      System.arraycopy(bits, 0, entropy, 0, entropy.length);
      expected = withChecksum(entropy);
      if (bits[entropy.length] != expected[entropy.length]) {
        Arrays.fill(entropy, (byte) 0);
        throw new InvalidMnemonicException(InvalidMnemonicException.Rule.CHECKSUM);
      }
      return entropy;
    } finally {
      Arrays.fill(bits, (byte) 0);
      Arrays.fill(expected, (byte) 0);
    }
  }

  /** The 64-byte seed of a mnemonic: PBKDF2 with HMAC-SHA512, 2048 rounds. */
  static byte[] seed(byte[] phrase, String passphrase) {
    byte[] salt =
        Normalizer.normalize("mnemonic" + passphrase, Normalizer.Form.NFKD).getBytes(UTF_8);
    PKCS5S2ParametersGenerator generator = new PKCS5S2ParametersGenerator(new SHA512Digest());
    generator.init(phrase, salt, SEED_ROUNDS);
    return ((KeyParameter) generator.generateDerivedMacParameters(SEED_BITS)).getKey();
  }

  private static int countWords(byte[] phrase) {
    int words = 0;
    boolean inWord = false;
    for (byte letter : phrase) {
      if (letter >= 'a' && letter <= 'z') {
        words += inWord ? 0 : 1;
        inWord = true;
      } else if (letter == ' ' && inWord) {
        inWord = false;
      } else {
        throw new InvalidMnemonicException(InvalidMnemonicException.Rule.FORMAT);
      }
    }
    if (!inWord) {
      throw new InvalidMnemonicException(InvalidMnemonicException.Rule.FORMAT);
    }
    return words;
  }

  private static void readWords(byte[] phrase, byte[] bits) {
    int bit = 0;
    int start = 0;
    while (start < phrase.length) {
      int end = start;
      while (end < phrase.length && phrase[end] != ' ') {
        end++;
      }
      int index = WordList.indexOf(phrase, start, end);
      if (index < 0) {
        throw new InvalidMnemonicException(InvalidMnemonicException.Rule.WORD);
      }
      for (int i = BITS_PER_WORD - 1; i >= 0; i--, bit++) {
        bits[bit / 8] |= (byte) (((index >>> i) & 1) << (7 - bit % 8));
      }
      start = end + 1;
    }
  }

  /** The entropy and one more byte that starts with the checksum bits and ends in zeros. */
  private static byte[] withChecksum(byte[] entropy) {
    int checksumBits = entropy.length / 4;
    byte[] bits = Arrays.copyOf(entropy, entropy.length + 1);
    bits[entropy.length] = (byte) (Hashes.sha256(entropy)[0] & (0xff << (8 - checksumBits)));
    return bits;
  }

  private static int wordIndex(byte[] bits, int word) {
    int index = 0;
    for (int bit = word * BITS_PER_WORD; bit < (word + 1) * BITS_PER_WORD; bit++) {
      index = (index << 1) | ((bits[bit / 8] >>> (7 - bit % 8)) & 1);
    }
    return index;
  }
}
