package io.berth.local.aws;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A ciphertext that names its key: {@code version (1 byte), length of the id (1 byte), id, nonce
 * (12 bytes), AES-256-GCM ciphertext with tag}. What stands before the nonce, and the encryption
 * context, are authenticated.
 */
final class KmsCiphertext {
  private static final byte VERSION = 1;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final String keyId;
  private final byte[] nonce;
  private final byte[] sealed;

  private KmsCiphertext(String keyId, byte[] nonce, byte[] sealed) {
    this.keyId = keyId;
    this.nonce = nonce;
    this.sealed = sealed;
  }

  static KmsCiphertext encrypt(
      KmsKey key, byte[] plaintext, Map<String, String> context, SecureRandom random) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, context);
      return new KmsCiphertext(key.id(), nonce, cipher.doFinal(plaintext));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads a blob; empty if it is not of this form. */
  static Optional<KmsCiphertext> parse(byte[] blob) {
    ByteBuffer in = ByteBuffer.wrap(blob);
    if (in.remaining() < 2 || in.get() != VERSION) {
      return Optional.empty();
    }
    byte[] id = new byte[Byte.toUnsignedInt(in.get())];
    byte[] nonce = new byte[NONCE_BYTES];
    if (in.remaining() < id.length + nonce.length + TAG_BITS / 8) {
      return Optional.empty();
    }
    in.get(id).get(nonce);
    byte[] sealed = new byte[in.remaining()];
    in.get(sealed);
    return Optional.of(new KmsCiphertext(new String(id, StandardCharsets.US_ASCII), nonce, sealed));
  }

  String keyId() {
    return keyId;
  }

  byte[] blob() {
    byte[] id = keyId.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(2 + id.length + nonce.length + sealed.length)
        .put(VERSION)
        .put((byte) id.length)
        .put(id)
        .put(nonce)
        .put(sealed)
        .array();
  }

  /** The plaintext; empty if the context is another or any byte was changed. */
  Optional<byte[]> decrypt(KmsKey key, Map<String, String> context) {
    try {
      return Optional.of(cipher(Cipher.DECRYPT_MODE, key, nonce, context).doFinal(sealed));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Cipher cipher(int mode, KmsKey key, byte[] nonce, Map<String, String> context)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode, new SecretKeySpec(key.material(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(authenticated(key.id(), context));
    return cipher;
  }

  /** One and only one byte string per key and context: names in order, each text by its length. */
  private static byte[] authenticated(String keyId, Map<String, String> context) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      write(out, keyId);
      for (Map.Entry<String, String> entry : new TreeMap<>(context).entrySet()) {
        write(out, entry.getKey());
        write(out, entry.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }
}
