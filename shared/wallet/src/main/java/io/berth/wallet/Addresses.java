package io.berth.wallet;

import io.berth.domain.Bytes;

/** Akash account addresses: bech32 of 20 bytes with prefix {@code akash} (Cosmos SDK, ADR-028). */
public final class Addresses {
  private static final String PREFIX = "akash";
  private static final int SIZE = 20;

  private Addresses() {}

  /**
   * The address of a public key: RIPEMD-160 of its SHA-256.
   *
   * @param compressed secp256k1 key, 33 bytes
   */
  public static String ofPublicKey(byte[] compressed) {
    if (compressed.length != Secp256k1.PUBLIC_KEY_SIZE) {
      throw new IllegalArgumentException("not a compressed public key");
    }
    return of(Bytes.of(Hashes.ripemd160(Hashes.sha256(compressed))));
  }

  /** The text form of an account's 20 bytes. */
  public static String of(Bytes account) {
    if (account.size() != SIZE) {
      throw new IllegalArgumentException("not an account's 20 bytes");
    }
    return Bech32.encode(PREFIX, account.toArray());
  }

  /** Whether this is an account address of Akash in its one usual form, lower case. */
  public static boolean isAkash(String text) {
    if (!text.startsWith(PREFIX + "1")) {
      return false;
    }
    try {
      return Bech32.decode(text).data().size() == SIZE;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
