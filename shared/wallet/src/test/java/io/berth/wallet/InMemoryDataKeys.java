package io.berth.wallet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.berth.domain.Bytes;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/** A master key in memory that binds its context as KMS does; remembers the keys it handed out. */
final class InMemoryDataKeys implements DataKeys {
  private static final int NONCE_SIZE = 12;

  final List<byte[]> handedOut = new ArrayList<>();
  private final SecureRandom random = new SecureRandom();
  private final SecretKey master;
  private final String name;

  InMemoryDataKeys(String name) {
    this.name = name;
    try {
      KeyGenerator generator = KeyGenerator.getInstance("AES");
      generator.init(256, random);
      this.master = generator.generateKey();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String masterKey() {
    return name;
  }

  @Override
  public DataKey generate(Map<String, String> context) {
    byte[] plaintext = new byte[32];
    random.nextBytes(plaintext);
    byte[] nonce = new byte[NONCE_SIZE];
    random.nextBytes(nonce);
    try {
      byte[] ciphertext = cipher(Cipher.ENCRYPT_MODE, nonce, context).doFinal(plaintext);
      handedOut.add(plaintext);
      return new DataKey(
          plaintext,
          Bytes.of(
              ByteBuffer.allocate(nonce.length + ciphertext.length)
                  .put(nonce)
                  .put(ciphertext)
                  .array()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public DataKey unwrap(Bytes wrapped, Map<String, String> context) {
    byte[] bytes = wrapped.toArray();
    if (bytes.length < NONCE_SIZE) {
      throw new SealBrokenException();
    }
    try {
      byte[] plaintext =
          cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(bytes, NONCE_SIZE), context)
              .doFinal(bytes, NONCE_SIZE, bytes.length - NONCE_SIZE);
      handedOut.add(plaintext);
      return new DataKey(plaintext, wrapped);
    } catch (GeneralSecurityException e) {
      throw new SealBrokenException();
    }
  }

  private Cipher cipher(int mode, byte[] nonce, Map<String, String> context)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, master, new GCMParameterSpec(128, nonce));
    cipher.updateAAD(context.toString().getBytes(UTF_8));
    return cipher;
  }
}
