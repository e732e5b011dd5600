package io.berth.wallet;

import java.math.BigInteger;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/**
 * ECDSA on secp256k1 over SHA-256 as Cosmos chains do it: signatures are 64 bytes, r then s, with
 * the nonce of RFC 6979 and the lower of the two possible s; the upper one is refused.
 */
public final class Secp256k1 {
  /** Bytes of a compressed public key. */
  public static final int PUBLIC_KEY_SIZE = 33;

  /** Bytes of a signature. */
  public static final int SIGNATURE_SIZE = 64;

  static final int PRIVATE_KEY_SIZE = 32;

  private static final ECDomainParameters CURVE = curve();
  static final BigInteger ORDER = CURVE.getN();
  private static final BigInteger HALF_ORDER = ORDER.shiftRight(1);

  private Secp256k1() {}

  /**
   * Signs the SHA-256 of the message.
   *
   * @param privateKey 32 bytes
   * @throws IllegalArgumentException if that is no private key
   */
  public static byte[] sign(byte[] privateKey, byte[] message) {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, new ECPrivateKeyParameters(privateScalar(privateKey), CURVE));
    BigInteger[] signature = signer.generateSignature(Hashes.sha256(message));
    BigInteger r = signature[0];
    BigInteger s =
        signature[1].compareTo(HALF_ORDER) > 0 ? ORDER.subtract(signature[1]) : signature[1];

    byte[] bytes = new byte[SIGNATURE_SIZE];
    BigIntegers.asUnsignedByteArray(r, bytes, 0, SIGNATURE_SIZE / 2);
    BigIntegers.asUnsignedByteArray(s, bytes, SIGNATURE_SIZE / 2, SIGNATURE_SIZE / 2);
    return bytes;
  }

  /**
   * Whether this is a signature of the message's SHA-256 by the key's owner. Anything malformed, a
   * key off the curve and a high s included, is simply not a signature.
   *
   * @param publicKey compressed, 33 bytes
   * @param signature r then s, 64 bytes
   */
  public static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
    if (publicKey.length != PUBLIC_KEY_SIZE || signature.length != SIGNATURE_SIZE) {
      return false;
    }
    BigInteger r = BigIntegers.fromUnsignedByteArray(signature, 0, SIGNATURE_SIZE / 2);
    BigInteger s =
        BigIntegers.fromUnsignedByteArray(signature, SIGNATURE_SIZE / 2, SIGNATURE_SIZE / 2);
    if (s.compareTo(HALF_ORDER) > 0) {
      return false;
    }
    ECPublicKeyParameters key;
    try {
      key = new ECPublicKeyParameters(CURVE.getCurve().decodePoint(publicKey), CURVE);
    } catch (IllegalArgumentException e) {
      return false;
    }
    ECDSASigner verifier = new ECDSASigner();
    verifier.init(false, key);
    return verifier.verifySignature(Hashes.sha256(message), r, s);
  }

  /**
   * The compressed public key (33 bytes) of a private key.
   *
   * @throws IllegalArgumentException if that is no private key
   */
  static byte[] publicKey(byte[] privateKey) {
    return publicKey(privateScalar(privateKey));
  }

  static byte[] publicKey(BigInteger privateKey) {
    return new FixedPointCombMultiplier().multiply(CURVE.getG(), privateKey).getEncoded(true);
  }

  static boolean isPrivateKey(BigInteger scalar) {
    return scalar.signum() > 0 && scalar.compareTo(ORDER) < 0;
  }

  private static BigInteger privateScalar(byte[] privateKey) {
    BigInteger scalar = BigIntegers.fromUnsignedByteArray(privateKey);
    if (privateKey.length != PRIVATE_KEY_SIZE || !isPrivateKey(scalar)) {
      throw new IllegalArgumentException("not a secp256k1 private key");
    }
    return scalar;
  }

  private static ECDomainParameters curve() {
    X9ECParameters parameters = CustomNamedCurves.getByName("secp256k1");
    return new ECDomainParameters(
        parameters.getCurve(), parameters.getG(), parameters.getN(), parameters.getH());
  }
}
