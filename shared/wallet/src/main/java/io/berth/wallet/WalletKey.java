package io.berth.wallet;

import io.berth.domain.Bytes;
import java.util.Arrays;

/** One private key and what may be known of it. Cleared by {@link #close()}, never printed. */
public final class WalletKey implements AutoCloseable {
  private final byte[] privateKey;
  private final Bytes publicKey;
  private final String address;
  private boolean closed;

  private WalletKey(byte[] ownedPrivateKey) {
    byte[] compressed = Secp256k1.publicKey(ownedPrivateKey);
    this.privateKey = ownedPrivateKey;
    this.publicKey = Bytes.of(compressed);
    this.address = Addresses.ofPublicKey(compressed);
  }

  /**
   * The key with these 32 bytes. The array stays the caller's to clear.
   *
   * @throws IllegalArgumentException if that is no secp256k1 private key
   */
  public static WalletKey of(byte[] privateKey) {
    return new WalletKey(privateKey.clone());
  }

  /** Signs the SHA-256 of the message: 64 bytes, r then s; see {@link Secp256k1}. */
  public byte[] sign(byte[] message) {
    if (closed) {
      throw new IllegalStateException("the key is closed");
    }
    return Secp256k1.sign(privateKey, message);
  }

  /** Compressed, 33 bytes. Known after closing too. */
  public Bytes publicKey() {
    return publicKey;
  }

  /** Bech32 with prefix {@code akash}. Known after closing too. */
  public String address() {
    return address;
  }

  @Override
  public void close() {
    closed = true;
    Arrays.fill(privateKey, (byte) 0);
  }

  @Override
  public String toString() {
    return "WalletKey[" + address + "]";
  }
}
