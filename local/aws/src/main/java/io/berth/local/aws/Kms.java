package io.berth.local.aws;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * AWS KMS, as far as symmetric encryption goes. Ciphertexts open only in the encryption context
 * they were made in, and only while their key is enabled. Key policies and grants are not
 * evaluated.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/APIReference/Welcome.html">KMS API</a>
 */
public final class Kms {
  private static final int MOST_PLAINTEXT_BYTES = 4096;
  private static final int MOST_DATA_KEY_BYTES = 1024;
  private static final String ALGORITHM = "SYMMETRIC_DEFAULT";

  private final KmsKeys keys;
  private final Account account;
  private final SecureRandom random;

  Kms(KmsKeys keys, Account account, SecureRandom random) {
    this.keys = keys;
    this.account = account;
    this.random = random;
  }

  /**
   * Makes sure that there is a key with an alias.
   *
   * @param alias such as {@code alias/berth-wallets}
   * @return the key's ARN
   */
  public String ensureKey(String alias) {
    return keys.arn(keys.ensure(alias));
  }

  /** Answers one request, as a {@link JsonService}. */
  ObjectNode call(String operation, JsonRequest request) {
    return switch (operation) {
      case "CreateKey" -> createKey(request);
      case "CreateAlias" -> createAlias(request);
      case "DescribeKey" -> keyMetadata(keys.get(request.text("KeyId")));
      case "EnableKey" -> setEnabled(request, true);
      case "DisableKey" -> setEnabled(request, false);
      case "Encrypt" -> encrypt(request);
      case "Decrypt" -> decrypt(request);
      case "ReEncrypt" -> reEncrypt(request);
      case "GenerateDataKey" -> generateDataKey(request, true);
      case "GenerateDataKeyWithoutPlaintext" -> generateDataKey(request, false);
      default -> throw AwsFault.unknownOperation(operation);
    };
  }

  private ObjectNode createKey(JsonRequest request) {
    requireSymmetric(request, "KeySpec");
    if (!request.find("KeyUsage").orElse("ENCRYPT_DECRYPT").equals("ENCRYPT_DECRYPT")) {
      throw AwsFault.of("UnsupportedOperationException", "Only keys to encrypt and decrypt with");
    }
    return keyMetadata(keys.create(request.find("Description")));
  }

  private ObjectNode createAlias(JsonRequest request) {
    keys.name(request.text("AliasName"), keys.get(request.text("TargetKeyId")));
    return answer();
  }

  private ObjectNode setEnabled(JsonRequest request, boolean enabled) {
    keys.setEnabled(request.text("KeyId"), enabled);
    return answer();
  }

  private ObjectNode keyMetadata(KmsKey key) {
    ObjectNode answer = answer();
    ObjectNode metadata = answer.putObject("KeyMetadata");
    metadata
        .put("AWSAccountId", account.id())
        .put("KeyId", key.id())
        .put("Arn", keys.arn(key))
        .put("CreationDate", key.createdAt().toEpochMilli() / 1000.0)
        .put("Enabled", key.enabled())
        .put("Description", key.description().orElse(""))
        .put("KeyUsage", "ENCRYPT_DECRYPT")
        .put("KeyState", key.enabled() ? "Enabled" : "Disabled")
        .put("Origin", "AWS_KMS")
        .put("KeyManager", "CUSTOMER")
        .put("KeySpec", ALGORITHM)
        .put("CustomerMasterKeySpec", ALGORITHM)
        .put("MultiRegion", false);
    metadata.putArray("EncryptionAlgorithms").add(ALGORITHM);
    return answer;
  }

  private ObjectNode encrypt(JsonRequest request) {
    requireSymmetric(request, "EncryptionAlgorithm");
    KmsKey key = usable(keys.get(request.text("KeyId")));
    byte[] plaintext = request.bytes("Plaintext");
    if (plaintext.length > MOST_PLAINTEXT_BYTES) {
      throw AwsFault.validation("Plaintext must have at most " + MOST_PLAINTEXT_BYTES + " bytes");
    }
    return answer()
        .put("CiphertextBlob", seal(key, plaintext, request.map("EncryptionContext")))
        .put("KeyId", keys.arn(key))
        .put("EncryptionAlgorithm", ALGORITHM);
  }

  private ObjectNode decrypt(JsonRequest request) {
    requireSymmetric(request, "EncryptionAlgorithm");
    Opened opened =
        open(
            request.bytes("CiphertextBlob"),
            request.find("KeyId"),
            request.map("EncryptionContext"));
    return answer()
        .put("Plaintext", base64(opened.plaintext()))
        .put("KeyId", keys.arn(opened.key()))
        .put("EncryptionAlgorithm", ALGORITHM);
  }

  private ObjectNode reEncrypt(JsonRequest request) {
    requireSymmetric(request, "SourceEncryptionAlgorithm");
    requireSymmetric(request, "DestinationEncryptionAlgorithm");
    KmsKey destination = usable(keys.get(request.text("DestinationKeyId")));
    Opened opened =
        open(
            request.bytes("CiphertextBlob"),
            request.find("SourceKeyId"),
            request.map("SourceEncryptionContext"));
    return answer()
        .put(
            "CiphertextBlob",
            seal(destination, opened.plaintext(), request.map("DestinationEncryptionContext")))
        .put("SourceKeyId", keys.arn(opened.key()))
        .put("KeyId", keys.arn(destination))
        .put("SourceEncryptionAlgorithm", ALGORITHM)
        .put("DestinationEncryptionAlgorithm", ALGORITHM);
  }

  private ObjectNode generateDataKey(JsonRequest request, boolean withPlaintext) {
    KmsKey key = usable(keys.get(request.text("KeyId")));
    byte[] dataKey = new byte[dataKeyBytes(request)];
    random.nextBytes(dataKey);
    ObjectNode answer =
        answer()
            .put("CiphertextBlob", seal(key, dataKey, request.map("EncryptionContext")))
            .put("KeyId", keys.arn(key));
    return withPlaintext ? answer.put("Plaintext", base64(dataKey)) : answer;
  }

  private static int dataKeyBytes(JsonRequest request) {
    Optional<String> spec = request.find("KeySpec");
    Optional<Integer> number = request.findInt("NumberOfBytes");
    if (spec.isPresent() == number.isPresent()) {
      throw AwsFault.validation("Please specify either number of bytes or key spec.");
    }
    int bytes = number.orElseGet(() -> bytesOf(spec.get()));
    if (bytes < 1 || bytes > MOST_DATA_KEY_BYTES) {
      throw AwsFault.validation("NumberOfBytes must be from 1 to " + MOST_DATA_KEY_BYTES);
    }
    return bytes;
  }

  private static int bytesOf(String keySpec) {
    return switch (keySpec) {
      case "AES_128" -> 16;
      case "AES_256" -> 32;
      default -> throw AwsFault.validation("KeySpec must be AES_128 or AES_256");
    };
  }

  private String seal(KmsKey key, byte[] plaintext, Map<String, String> context) {
    return base64(KmsCiphertext.encrypt(key, plaintext, context, random).blob());
  }

  @SuppressWarnings("ArrayRecordComponent") // Passed on once, never compared.
  private record Opened(KmsKey key, byte[] plaintext) {}

  private Opened open(byte[] blob, Optional<String> expectedKey, Map<String, String> context) {
    KmsCiphertext ciphertext = KmsCiphertext.parse(blob).orElseThrow(Kms::invalidCiphertext);
    if (expectedKey.isPresent() && !keys.get(expectedKey.get()).id().equals(ciphertext.keyId())) {
      throw AwsFault.of(
          "IncorrectKeyException",
          "The key ID in the request does not identify a CMK that can perform this operation.");
    }
    KmsKey key = usable(keys.find(ciphertext.keyId()).orElseThrow(Kms::foreignCiphertext));
    byte[] plaintext = ciphertext.decrypt(key, context).orElseThrow(Kms::invalidCiphertext);
    return new Opened(key, plaintext);
  }

  private KmsKey usable(KmsKey key) {
    if (!key.enabled()) {
      throw AwsFault.of("DisabledException", keys.arn(key) + " is disabled.");
    }
    return key;
  }

  /** Wrong context and changed bytes alike; AWS gives no message either. */
  private static AwsFault invalidCiphertext() {
    return AwsFault.of("InvalidCiphertextException", null);
  }

  private static AwsFault foreignCiphertext() {
    return AwsFault.of(
        "AccessDeniedException",
        "The ciphertext refers to a customer master key that does not exist, does not exist in"
            + " this region, or you are not allowed to access.");
  }

  private static void requireSymmetric(JsonRequest request, String member) {
    if (!request.find(member).orElse(ALGORITHM).equals(ALGORITHM)) {
      throw AwsFault.of("UnsupportedOperationException", member + " must be " + ALGORITHM);
    }
  }

  private static ObjectNode answer() {
    return JsonRequest.JSON.createObjectNode();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
