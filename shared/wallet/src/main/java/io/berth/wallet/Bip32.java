package io.berth.wallet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bouncycastle.util.BigIntegers;

/** BIP-32 private child keys on secp256k1. */
final class Bip32 {
  static final int HARDENED = 0x8000_0000;

  private static final byte[] MASTER_KEY = "Bitcoin seed".getBytes(US_ASCII);
  private static final int KEY_SIZE = 32;

  private Bip32() {}

  /**
   * The private key (32 bytes) at a path below the seed's master key. The caller clears it.
   *
   * @param path child numbers; add {@link #HARDENED} to harden one
   * @throws IllegalStateException with a probability below 2^-127, where BIP-32 has no key
   */
  static byte[] derive(byte[] seed, int... path) {
    byte[] node = Hashes.hmacSha512(MASTER_KEY, seed);
    try {
      requireKey(scalar(node));
      for (int child : path) {
        byte[] parent = node;
        node = childOf(parent, child);
        Arrays.fill(parent, (byte) 0);
      }
      return Arrays.copyOf(node, KEY_SIZE);
    } finally {
      Arrays.fill(node, (byte) 0);
    }
  }

  /** A node is its private key (32 bytes) and its chain code (32 bytes). */
  private static byte[] childOf(byte[] parent, int child) {
    byte[] chainCode = Arrays.copyOfRange(parent, KEY_SIZE, 2 * KEY_SIZE);
    byte[] input = new byte[KEY_SIZE + 1 + Integer.BYTES];
    byte[] node = new byte[0];
    try {
      BigInteger parentKey = scalar(parent);
      if ((child & HARDENED) != 0) {
        System.arraycopy(parent, 0, input, 1, KEY_SIZE);
      } else {
        System.arraycopy(Secp256k1.publicKey(parentKey), 0, input, 0, KEY_SIZE + 1);
      }
      ByteBuffer.wrap(input).putInt(KEY_SIZE + 1, child);
      node = Hashes.hmacSha512(chainCode, input);
      BigInteger tweak = scalar(node);
      if (tweak.compareTo(Secp256k1.ORDER) >= 0) {
        throw new IllegalStateException("BIP-32 has no key here");
      }
      BigInteger key = requireKey(parentKey.add(tweak).mod(Secp256k1.ORDER));
      BigIntegers.asUnsignedByteArray(key, node, 0, KEY_SIZE);
      return node;
    } finally {
      Arrays.fill(chainCode, (byte) 0);
      Arrays.fill(input, (byte) 0);
    }
  }

  private static BigInteger scalar(byte[] node) {
    return BigIntegers.fromUnsignedByteArray(node, 0, KEY_SIZE);
  }

  private static BigInteger requireKey(BigInteger key) {
    if (!Secp256k1.isPrivateKey(key)) {
      throw new IllegalStateException("BIP-32 has no key here");
    }
    return key;
  }
}
