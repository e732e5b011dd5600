package io.berth.wallet;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whose secret a seal holds and what for. It opens in the same context only: KMS binds it to the
 * data key as encryption context, and the seal to the secret as additional authenticated data. It
 * is no secret; KMS writes it to its audit log.
 *
 * @param purpose what the secret is for, such as {@link #MNEMONIC}
 * @param version of the secret, from 1
 */
public record SealContext(String userId, String walletId, String purpose, int version) {
  /** The purpose of a wallet's mnemonic. */
  public static final String MNEMONIC = "wallet-mnemonic";

  public SealContext {
    if (userId.isBlank() || walletId.isBlank() || purpose.isBlank() || version < 1) {
      throw new IllegalArgumentException("a seal's context has no empty part");
    }
  }

  /** The context in which a user's mnemonic is sealed. */
  public static SealContext ofMnemonic(String userId, String walletId) {
    return new SealContext(userId, walletId, MNEMONIC, 1);
  }

  /** As KMS takes it. */
  SortedMap<String, String> encryptionContext() {
    return new TreeMap<>(
        Map.of(
            "userId", userId,
            "walletId", walletId,
            "purpose", purpose,
            "version", Integer.toString(version)));
  }

  /** One and only one byte string per context: names in order, every text after its length. */
  byte[] canonical() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (Map.Entry<String, String> entry : encryptionContext().entrySet()) {
        out.writeUTF(entry.getKey());
        out.writeUTF(entry.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
