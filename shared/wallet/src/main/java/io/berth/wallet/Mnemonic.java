package io.berth.wallet;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * A wallet's whole secret (BIP-39, English). Held as its entropy, cleared by {@link #close()}, and
 * of no content to anything that prints or compares objects. A garbage collector may still have
 * left copies in memory: clearing shortens a secret's life, it does not prove its end.
 */
public final class Mnemonic implements AutoCloseable {
  private static final int ENTROPY_SIZE = 32;
  private static final int PURPOSE = 44 | Bip32.HARDENED;
  private static final int COSMOS = 118 | Bip32.HARDENED;
  private static final int ACCOUNT = Bip32.HARDENED;
  private static final int EXTERNAL = 0;

  private final byte[] entropy;
  private boolean closed;

  private Mnemonic(byte[] ownedEntropy) {
    this.entropy = ownedEntropy;
  }

  /** A new mnemonic of 24 words. */
  public static Mnemonic generate(SecureRandom random) {
    byte[] entropy = new byte[ENTROPY_SIZE];
    random.nextBytes(entropy);
    return new Mnemonic(entropy);
  }

  /**
   * Reads words. The array stays the caller's to clear.
   *
   * @param phrase lower-case ASCII, words divided by single spaces
   * @throws InvalidMnemonicException if BIP-39 does not allow it
   */
  public static Mnemonic parse(byte[] phrase) {
    return new Mnemonic(Bip39.entropy(phrase));
  }

  /**
   * The mnemonic that stands for this entropy. The array stays the caller's to clear.
   *
   * @param entropy 16, 20, 24, 28 or 32 bytes
   */
  static Mnemonic ofEntropy(byte[] entropy) {
    if (!Bip39.isEntropySize(entropy.length)) {
      throw new IllegalArgumentException("not the size of BIP-39 entropy");
    }
    return new Mnemonic(entropy.clone());
  }

  /** The key at {@code m/44'/118'/0'/0/index}, the path of Cosmos wallets. */
  public WalletKey deriveKey(int index) {
    byte[] key = derivePrivateKey(index);
    try {
      return WalletKey.of(key);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** The 32 bytes of {@link #deriveKey}. The caller clears the array. */
  byte[] derivePrivateKey(int index) {
    if (index < 0) {
      throw new IllegalArgumentException("negative index");
    }
    byte[] phrase = copyOfPhrase();
    byte[] seed = new byte[0];
    try {
      seed = Bip39.seed(phrase, "");
      return Bip32.derive(seed, PURPOSE, COSMOS, ACCOUNT, EXTERNAL, index);
    } finally {
      Arrays.fill(phrase, (byte) 0);
      Arrays.fill(seed, (byte) 0);
    }
  }

  /** The words as ASCII, for the one who may export them. The caller clears the array. */
  public byte[] copyOfPhrase() {
    requireOpen();
    return Bip39.phrase(entropy);
  }

  byte[] copyOfEntropy() {
    requireOpen();
    return entropy.clone();
  }

  @Override
  public void close() {
    closed = true;
    Arrays.fill(entropy, (byte) 0);
  }

  @Override
  public String toString() {
    return "Mnemonic[hidden]";
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the mnemonic is closed");
    }
  }
}
