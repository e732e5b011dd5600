package io.berth.wallet;

import io.berth.domain.Bytes;
import java.util.Arrays;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.IncorrectKeyException;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;

/**
 * Data keys of an AWS KMS key. That KMS is out of reach, or forbids the call, is not a broken seal:
 * the SDK's own exception goes through.
 */
public final class KmsDataKeys implements DataKeys {
  private final KmsClient kms;
  private final String keyId;

  /**
   * Wires a master key.
   *
   * @param keyId ARN of a symmetric encryption key; not an alias, which may be moved to another
   */
  public KmsDataKeys(KmsClient kms, String keyId) {
    this.kms = kms;
    this.keyId = keyId;
  }

  @Override
  public String masterKey() {
    return keyId;
  }

  @Override
  public DataKey generate(Map<String, String> context) {
    var response =
        kms.generateDataKey(
            request ->
                request.keyId(keyId).keySpec(DataKeySpec.AES_256).encryptionContext(context));
    return new DataKey(
        own(response.plaintext()), Bytes.of(response.ciphertextBlob().asByteArrayUnsafe()));
  }

  @Override
  public DataKey unwrap(Bytes wrapped, Map<String, String> context) {
    try {
      var response =
          kms.decrypt(
              request ->
                  request
                      .keyId(keyId)
                      .ciphertextBlob(SdkBytes.fromByteArray(wrapped.toArray()))
                      .encryptionContext(context));
      byte[] plaintext = own(response.plaintext());
      if (plaintext.length != DataKey.SIZE) {
        Arrays.fill(plaintext, (byte) 0);
        throw new SealBrokenException();
      }
      return new DataKey(plaintext, wrapped);
    } catch (InvalidCiphertextException | IncorrectKeyException e) {
      throw new SealBrokenException();
    }
  }

  /** The response's own array, not a copy: what the data key clears is then gone from both. */
  private static byte[] own(SdkBytes plaintext) {
    return plaintext.asByteArrayUnsafe();
  }
}
