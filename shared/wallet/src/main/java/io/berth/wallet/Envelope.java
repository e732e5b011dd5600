package io.berth.wallet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.berth.domain.Bytes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * The stored form of a seal.
 *
 * <pre>
 * 2 bytes   0xBE 0x47
 * 1 byte    version of this format, 3
 * 2 bytes   k, length of the master key's name, 1 to 512, big-endian
 * k bytes   name of the master key, printable ASCII
 * 2 bytes   n, length of the wrapped data key, 1 to 1024, big-endian
 * n bytes   wrapped data key
 * 12 bytes  nonce
 * 64 to 80  ciphertext of the private key at index 0 (32 bytes) and the entropy (16 to 32 bytes),
 *           and tag (16 bytes)
 * </pre>
 *
 * Versions 1 and 2 have no private key: it is derived from the entropy. Version 1 also has no
 * master key's name, nor its length. The additional authenticated data is everything before the
 * nonce, here called the header, and then the context.
 */
final class Envelope {
  static final int NONCE_SIZE = 12;
  static final int TAG_SIZE = 16;
  private static final short MAGIC = (short) 0xBE47;
  private static final byte NAMELESS = 1;
  private static final byte KEYLESS = 2;
  private static final byte VERSION = 3;
  private static final int MAX_NAME = 512;
  private static final int MAX_WRAPPED = 1024;
  private static final int MIN_ENTROPY = 16;
  private static final int MAX_ENTROPY = 32;

  private final byte version;
  private final Optional<String> masterKey;
  private final Bytes wrapped;
  private final byte[] header;
  private final byte[] nonce;
  private final byte[] ciphertext;

  /** Reads a seal; its form is checked before any key is asked for. */
  private Envelope(byte[] sealed) {
    ByteBuffer in = ByteBuffer.wrap(sealed);
    require(in.remaining() >= Short.BYTES + 1);
    require(in.getShort() == MAGIC);
    version = in.get();
    require(version == NAMELESS || version == KEYLESS || version == VERSION);
    masterKey = version == NAMELESS ? Optional.empty() : Optional.of(name(sized(in, MAX_NAME)));
    wrapped = Bytes.of(sized(in, MAX_WRAPPED));
    header = Arrays.copyOf(sealed, in.position());
    int entropySize = in.remaining() - NONCE_SIZE - keySize() - TAG_SIZE;
    require(entropySize >= MIN_ENTROPY && entropySize <= MAX_ENTROPY);
    nonce = next(in, NONCE_SIZE);
    ciphertext = next(in, in.remaining());
  }

  /**
   * Reads a seal.
   *
   * @throws SealBrokenException if it has not the form of one
   */
  static Envelope of(Bytes sealed) {
    return new Envelope(sealed.toArray());
  }

  /** The header of a seal of the last version. */
  static byte[] header(String masterKey, Bytes wrapped) {
    byte[] name = masterKey.getBytes(US_ASCII);
    if (name.length > MAX_NAME || !isName(masterKey)) {
      throw new IllegalStateException("a master key's name is 1 to 512 printable ASCII characters");
    }
    if (wrapped.size() < 1 || wrapped.size() > MAX_WRAPPED) {
      throw new IllegalStateException("a wrapped data key of " + wrapped.size() + " bytes");
    }
    return ByteBuffer.allocate(3 * Short.BYTES + 1 + name.length + wrapped.size())
        .putShort(MAGIC)
        .put(VERSION)
        .putShort((short) name.length)
        .put(name)
        .putShort((short) wrapped.size())
        .put(wrapped.toArray())
        .array();
  }

  static Bytes join(byte[] header, byte[] nonce, byte[] ciphertext) {
    return Bytes.of(
        ByteBuffer.allocate(header.length + nonce.length + ciphertext.length)
            .put(header)
            .put(nonce)
            .put(ciphertext)
            .array());
  }

  /** Whether it is of the version that {@link #header} writes. */
  boolean isOfLastVersion() {
    return version == VERSION;
  }

  /** Bytes of the private key before the entropy; 0 in versions that have none. */
  int keySize() {
    return version == VERSION ? Secp256k1.PRIVATE_KEY_SIZE : 0;
  }

  /** The master key that wraps the data key; seals of version 1 do not name it. */
  Optional<String> masterKey() {
    return masterKey;
  }

  Bytes wrapped() {
    return wrapped;
  }

  /** Everything before the nonce. */
  byte[] header() {
    return header;
  }

  byte[] nonce() {
    return nonce;
  }

  /** Ciphertext and tag. */
  byte[] ciphertext() {
    return ciphertext;
  }

  /** So many bytes as the two bytes before them say. */
  private static byte[] sized(ByteBuffer in, int most) {
    require(in.remaining() >= Short.BYTES);
    int size = Short.toUnsignedInt(in.getShort());
    require(size >= 1 && size <= most && size <= in.remaining());
    return next(in, size);
  }

  private static byte[] next(ByteBuffer in, int size) {
    byte[] bytes = new byte[size];
    in.get(bytes);
    return bytes;
  }

  private static String name(byte[] bytes) {
    String name = new String(bytes, US_ASCII);
    require(isName(name));
    return name;
  }

  private static boolean isName(String name) {
    return !name.isEmpty() && name.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  private static void require(boolean wellFormed) {
    if (!wellFormed) {
      throw new SealBrokenException();
    }
  }
}
