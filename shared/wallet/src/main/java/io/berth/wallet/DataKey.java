package io.berth.wallet;

import io.berth.domain.Bytes;
import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** An AES-256 key for one seal, with its wrapped form. Cleared by {@link #close()}. */
public final class DataKey implements AutoCloseable {
  /** Bytes of an AES-256 key. */
  static final int SIZE = 32;

  private final byte[] plaintext;
  private final Bytes wrapped;

  /**
   * Takes over the plaintext array.
   *
   * @param plaintext 32 bytes; the key clears them
   * @param wrapped what opens to the plaintext again
   */
  public DataKey(byte[] plaintext, Bytes wrapped) {
    if (plaintext.length != SIZE) {
      Arrays.fill(plaintext, (byte) 0);
      throw new IllegalArgumentException("a data key has 32 bytes");
    }
    this.plaintext = plaintext;
    this.wrapped = wrapped;
  }

  /** The key encrypted by the master key; may be stored. */
  public Bytes wrapped() {
    return wrapped;
  }

  SecretKey forCipher() {
    return new SecretKeySpec(plaintext, "AES");
  }

  @Override
  public void close() {
    Arrays.fill(plaintext, (byte) 0);
  }

  @Override
  public String toString() {
    return "DataKey[hidden]";
  }
}
