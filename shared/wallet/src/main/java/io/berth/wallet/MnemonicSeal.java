package io.berth.wallet;

import io.berth.domain.Bytes;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals mnemonics for storage: AES-256-GCM under a data key of their own, which a master key wraps.
 * What is sealed is the mnemonic's entropy, which BIP-39 turns into its words and back, and the
 * private key at index 0, so that a signature neither opens the mnemonic nor derives the key (2,048
 * rounds of HMAC-SHA512). {@link Envelope} is the form of a seal.
 *
 * <p>There may be several master keys, while wallets move from one to the next: the first seals,
 * all of them open. A seal names its own.
 */
public final class MnemonicSeal {
  private final List<DataKeys> masterKeys;
  private final SecureRandom random;

  /** Wires one master key and the source of nonces. */
  public MnemonicSeal(DataKeys masterKey, SecureRandom random) {
    this(List.of(masterKey), random);
  }

  /**
   * Wires the master keys and the source of nonces.
   *
   * @param masterKeys at least one; the first seals, all open
   */
  public MnemonicSeal(List<? extends DataKeys> masterKeys, SecureRandom random) {
    if (masterKeys.isEmpty()) {
      throw new IllegalArgumentException("there is no master key");
    }
    this.masterKeys = List.copyOf(masterKeys);
    this.random = random;
  }

  /** The name of the master key that seals. */
  public String masterKey() {
    return masterKeys.getFirst().masterKey();
  }

  /**
   * Whether the seal is what {@link #seal} would write: of the format's last version, under the
   * master key that seals. That it opens is not tried.
   *
   * @throws SealBrokenException if it has not the form of a seal
   */
  public boolean isCurrent(Bytes sealed) {
    Envelope envelope = Envelope.of(sealed);
    return envelope.isOfLastVersion() && envelope.masterKey().equals(Optional.of(masterKey()));
  }

  /** Seals the mnemonic under a fresh data key. Two seals of one mnemonic differ. */
  public Bytes seal(Mnemonic mnemonic, SealContext context) {
    byte[] secret = secret(mnemonic);
    try (DataKey key = masterKeys.getFirst().generate(context.encryptionContext())) {
      byte[] header = Envelope.header(masterKey(), key.wrapped());
      byte[] nonce = new byte[Envelope.NONCE_SIZE];
      random.nextBytes(nonce);
      byte[] ciphertext = cipher(Cipher.ENCRYPT_MODE, key, nonce, header, context).doFinal(secret);
      return Envelope.join(header, nonce, ciphertext);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is not available", e);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** The private key at index 0, then the entropy. */
  private static byte[] secret(Mnemonic mnemonic) {
    byte[] key = mnemonic.derivePrivateKey(0);
    byte[] entropy = mnemonic.copyOfEntropy();
    try {
      return ByteBuffer.allocate(key.length + entropy.length).put(key).put(entropy).array();
    } finally {
      Arrays.fill(key, (byte) 0);
      Arrays.fill(entropy, (byte) 0);
    }
  }

  /**
   * Opens a seal.
   *
   * @throws SealBrokenException if it is not the whole, unchanged seal of this context and of one
   *     of the master keys
   */
  public Mnemonic open(Bytes sealed, SealContext context) {
    Envelope envelope = Envelope.of(sealed);
    byte[] secret = decrypt(envelope, context);
    byte[] entropy = Arrays.copyOfRange(secret, envelope.keySize(), secret.length);
    try {
      if (!Bip39.isEntropySize(entropy.length)) {
        throw new SealBrokenException();
      }
      return Mnemonic.ofEntropy(entropy);
    } finally {
      Arrays.fill(secret, (byte) 0);
      Arrays.fill(entropy, (byte) 0);
    }
  }

  /**
   * Opens a seal for a signature: the key at index 0 of its mnemonic. Seals of versions 1 and 2 do
   * not hold the key; it is derived from their mnemonic.
   *
   * @throws SealBrokenException as {@link #open}
   */
  public WalletKey openKey(Bytes sealed, SealContext context) {
    Envelope envelope = Envelope.of(sealed);
    if (envelope.keySize() == 0) {
      try (Mnemonic mnemonic = open(sealed, context)) {
        return mnemonic.deriveKey(0);
      }
    }
    byte[] secret = decrypt(envelope, context);
    byte[] key = Arrays.copyOf(secret, envelope.keySize());
    try {
      return WalletKey.of(key);
    } finally {
      Arrays.fill(secret, (byte) 0);
      Arrays.fill(key, (byte) 0);
    }
  }

  /** What is sealed. The caller clears the array. */
  private byte[] decrypt(Envelope envelope, SealContext context) {
    try (DataKey key = unwrap(envelope, context)) {
      return cipher(Cipher.DECRYPT_MODE, key, envelope.nonce(), envelope.header(), context)
          .doFinal(envelope.ciphertext());
    } catch (AEADBadTagException e) {
      throw new SealBrokenException();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is not available", e);
    }
  }

  /** By the master key that the seal names; seals of version 1 name none, so each is tried. */
  private DataKey unwrap(Envelope envelope, SealContext context) {
    for (DataKeys keys : masterKeys) {
      if (envelope.masterKey().map(keys.masterKey()::equals).orElse(true)) {
        try {
          return keys.unwrap(envelope.wrapped(), context.encryptionContext());
        } catch (SealBrokenException e) {
          // Not this one's; whether it is any other's the loop finds out.
        }
      }
    }
    throw new SealBrokenException();
  }

  private static Cipher cipher(
      int mode, DataKey key, byte[] nonce, byte[] header, SealContext context)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key.forCipher(), new GCMParameterSpec(8 * Envelope.TAG_SIZE, nonce));
    cipher.updateAAD(header);
    cipher.updateAAD(context.canonical());
    return cipher;
  }
}
