package io.berth.wallet;

import io.berth.domain.Bytes;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals mnemonics for storage: AES-256-GCM under a data key of their own, which the master key
 * wraps. What is sealed is the mnemonic's entropy, which BIP-39 turns into its words and back.
 *
 * <pre>
 * 2 bytes   0xBE 0x47
 * 1 byte    version of this format, 1
 * 2 bytes   n, length of the wrapped data key, 1 to 1024, big-endian
 * n bytes   wrapped data key
 * 12 bytes  nonce
 * 32 to 48  ciphertext of the entropy (16 to 32 bytes) and tag (16 bytes)
 * </pre>
 *
 * The additional authenticated data is everything before the nonce and then the context.
 */
public final class MnemonicSeal {
  private static final short MAGIC = (short) 0xBE47;
  private static final byte VERSION = 1;
  private static final int HEADER_SIZE = 5;
  private static final int MAX_WRAPPED = 1024;
  private static final int NONCE_SIZE = 12;
  private static final int TAG_SIZE = 16;
  private static final int MIN_ENTROPY = 16;
  private static final int MAX_ENTROPY = 32;

  private final DataKeys dataKeys;
  private final SecureRandom random;

  /** Wires the master key and the source of nonces. */
  public MnemonicSeal(DataKeys dataKeys, SecureRandom random) {
    this.dataKeys = dataKeys;
    this.random = random;
  }

  /** Seals the mnemonic under a fresh data key. Two seals of one mnemonic differ. */
  public Bytes seal(Mnemonic mnemonic, SealContext context) {
    byte[] entropy = mnemonic.copyOfEntropy();
    try (DataKey key = dataKeys.generate(context.encryptionContext())) {
      byte[] header = header(key.wrapped());
      byte[] nonce = new byte[NONCE_SIZE];
      random.nextBytes(nonce);
      byte[] ciphertext = cipher(Cipher.ENCRYPT_MODE, key, nonce, header, context).doFinal(entropy);
      return Bytes.of(
          ByteBuffer.allocate(header.length + nonce.length + ciphertext.length)
              .put(header)
              .put(nonce)
              .put(ciphertext)
              .array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is not available", e);
    } finally {
      Arrays.fill(entropy, (byte) 0);
    }
  }

  /**
   * Opens a seal.
   *
   * @throws SealBrokenException if it is not the whole, unchanged seal of this context and master
   *     key
   */
  public Mnemonic open(Bytes sealed, SealContext context) {
    Parts parts = Parts.of(sealed.toArray());
    byte[] entropy = new byte[0];
    try (DataKey key = dataKeys.unwrap(parts.wrapped, context.encryptionContext())) {
      entropy =
          cipher(Cipher.DECRYPT_MODE, key, parts.nonce, parts.header, context)
              .doFinal(parts.ciphertext);
      if (!Bip39.isEntropySize(entropy.length)) {
        throw new SealBrokenException();
      }
      return Mnemonic.ofEntropy(entropy);
    } catch (AEADBadTagException e) {
      throw new SealBrokenException();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is not available", e);
    } finally {
      Arrays.fill(entropy, (byte) 0);
    }
  }

  private static byte[] header(Bytes wrapped) {
    if (wrapped.size() < 1 || wrapped.size() > MAX_WRAPPED) {
      throw new IllegalStateException("a wrapped data key of " + wrapped.size() + " bytes");
    }
    return ByteBuffer.allocate(HEADER_SIZE + wrapped.size())
        .putShort(MAGIC)
        .put(VERSION)
        .putShort((short) wrapped.size())
        .put(wrapped.toArray())
        .array();
  }

  private static Cipher cipher(
      int mode, DataKey key, byte[] nonce, byte[] header, SealContext context)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key.forCipher(), new GCMParameterSpec(8 * TAG_SIZE, nonce));
    cipher.updateAAD(header);
    cipher.updateAAD(context.canonical());
    return cipher;
  }

  /** A seal taken apart, its form checked before any key is asked for. */
  private static final class Parts {
    final byte[] header;
    final Bytes wrapped;
    final byte[] nonce;
    final byte[] ciphertext;

    private Parts(byte[] header, byte[] nonce, byte[] ciphertext) {
      this.header = header;
      this.wrapped = Bytes.of(Arrays.copyOfRange(header, HEADER_SIZE, header.length));
      this.nonce = nonce;
      this.ciphertext = ciphertext;
    }

    static Parts of(byte[] sealed) {
      require(sealed.length >= HEADER_SIZE);
      ByteBuffer in = ByteBuffer.wrap(sealed);
      require(in.getShort() == MAGIC);
      require(in.get() == VERSION);
      int wrappedSize = Short.toUnsignedInt(in.getShort());
      require(wrappedSize >= 1 && wrappedSize <= MAX_WRAPPED);
      int entropySize = in.remaining() - wrappedSize - NONCE_SIZE - TAG_SIZE;
      require(entropySize >= MIN_ENTROPY && entropySize <= MAX_ENTROPY);
      int nonceAt = HEADER_SIZE + wrappedSize;
      return new Parts(
          Arrays.copyOf(sealed, nonceAt),
          Arrays.copyOfRange(sealed, nonceAt, nonceAt + NONCE_SIZE),
          Arrays.copyOfRange(sealed, nonceAt + NONCE_SIZE, sealed.length));
    }

    private static void require(boolean wellFormed) {
      if (!wellFormed) {
        throw new SealBrokenException();
      }
    }
  }
}
