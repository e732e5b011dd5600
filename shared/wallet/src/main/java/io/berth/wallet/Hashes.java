package io.berth.wallet;

import java.util.Arrays;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.RIPEMD160Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/** The digests of Bitcoin's and Cosmos' key formats. */
final class Hashes {
  private Hashes() {}

  static byte[] sha256(byte[] input) {
    return digest(new SHA256Digest(), input);
  }

  static byte[] ripemd160(byte[] input) {
    return digest(new RIPEMD160Digest(), input);
  }

  static byte[] hmacSha512(byte[] key, byte[] input) {
    HMac mac = new HMac(new SHA512Digest());
    KeyParameter copy = new KeyParameter(key);
    mac.init(copy);
    Arrays.fill(copy.getKey(), (byte) 0);
    mac.update(input, 0, input.length);
    byte[] output = new byte[mac.getMacSize()];
    mac.doFinal(output, 0);
    return output;
  }

  private static byte[] digest(Digest digest, byte[] input) {
    digest.update(input, 0, input.length);
    byte[] output = new byte[digest.getDigestSize()];
    digest.doFinal(output, 0);
    return output;
  }
}
