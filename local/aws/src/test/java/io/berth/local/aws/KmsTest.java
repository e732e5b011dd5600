package io.berth.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.AlreadyExistsException;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.DisabledException;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.IncorrectKeyException;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.NotFoundException;

class KmsTest {
  private static final Map<String, String> CONTEXT = Map.of("userId", "u1", "purpose", "wallet");
  private static final SdkBytes SECRET = SdkBytes.fromUtf8String("twenty-four words");

  private static AwsStandIns aws;
  private static KmsClient kms;

  @BeforeAll
  static void start() {
    aws = AwsStandIns.start(AwsStandIns.Config.inMemory());
    kms = Clients.kms(aws);
  }

  @AfterAll
  static void stop() {
    kms.close();
    aws.close();
  }

  @Test
  void opensWhatItSealedInTheSameContext() {
    String key = newKey();
    SdkBytes sealed = encrypt(key, CONTEXT);

    DecryptResponse opened = decrypt(sealed, CONTEXT);

    assertThat(opened.plaintext()).isEqualTo(SECRET);
    assertThat(opened.keyId()).isEqualTo(key);
    assertThat(latin1(sealed)).doesNotContain(latin1(SECRET));
  }

  @Test
  void refusesAnotherContext() {
    SdkBytes sealed = encrypt(newKey(), CONTEXT);

    assertThatThrownBy(() -> decrypt(sealed, Map.of("userId", "u2", "purpose", "wallet")))
        .isInstanceOf(InvalidCiphertextException.class);
    assertThatThrownBy(() -> decrypt(sealed, Map.of("userId", "u1")))
        .isInstanceOf(InvalidCiphertextException.class);
    assertThatThrownBy(() -> decrypt(sealed, Map.of()))
        .isInstanceOf(InvalidCiphertextException.class);
  }

  @Test
  void tellsNamesFromValuesInAContext() {
    SdkBytes sealed = encrypt(newKey(), Map.of("a", "bc"));

    assertThatThrownBy(() -> decrypt(sealed, Map.of("ab", "c")))
        .isInstanceOf(InvalidCiphertextException.class);
  }

  @Test
  void refusesACiphertextWithAnyByteChanged() {
    byte[] sealed = encrypt(newKey(), CONTEXT).asByteArray();

    // The id's bytes name another key then, which KMS answers otherwise.
    int behindId = 2 + 36;
    for (int i = behindId; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThatThrownBy(() -> decrypt(SdkBytes.fromByteArray(changed), CONTEXT))
          .isInstanceOf(InvalidCiphertextException.class);
    }
    assertThatThrownBy(() -> decrypt(SdkBytes.fromUtf8String("no ciphertext"), CONTEXT))
        .isInstanceOf(InvalidCiphertextException.class);
  }

  @Test
  void deniesACiphertextOfAKeyThatIsNotHere() {
    byte[] sealed = encrypt(newKey(), CONTEXT).asByteArray();
    sealed[2] = 'x';

    assertThatThrownBy(() -> decrypt(SdkBytes.fromByteArray(sealed), CONTEXT))
        .isInstanceOfSatisfying(
            KmsException.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException"));
  }

  @Test
  void sealsTheSameTwiceIntoDifferentBytes() {
    String key = newKey();

    assertThat(encrypt(key, CONTEXT)).isNotEqualTo(encrypt(key, CONTEXT));
  }

  @Test
  void refusesToDecryptWithAnotherKeyThanTheCiphertextNames() {
    SdkBytes sealed = encrypt(newKey(), CONTEXT);
    String other = newKey();

    assertThatThrownBy(
            () ->
                kms.decrypt(r -> r.ciphertextBlob(sealed).keyId(other).encryptionContext(CONTEXT)))
        .isInstanceOf(IncorrectKeyException.class);
  }

  @Test
  void knowsNoKeyThatWasNotMade() {
    assertThatThrownBy(() -> encrypt("00000000-0000-0000-0000-000000000000", CONTEXT))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> encrypt("alias/nobody", CONTEXT))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> kms.describeKey(r -> r.keyId("nobody")))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void refusesADisabledKeyUntilItIsEnabledAgain() {
    String key = newKey();
    SdkBytes sealed = encrypt(key, CONTEXT);
    kms.disableKey(r -> r.keyId(key));

    assertThatThrownBy(() -> decrypt(sealed, CONTEXT)).isInstanceOf(DisabledException.class);
    assertThatThrownBy(() -> encrypt(key, CONTEXT)).isInstanceOf(DisabledException.class);
    assertThatThrownBy(() -> generateDataKey(key)).isInstanceOf(DisabledException.class);
    assertThat(describe(key).keyState()).isEqualTo(KeyState.DISABLED);

    kms.enableKey(r -> r.keyId(key));
    assertThat(decrypt(sealed, CONTEXT).plaintext()).isEqualTo(SECRET);
  }

  @Test
  void makesDataKeysThatItOpensAgain() {
    String key = newKey();

    GenerateDataKeyResponse made = generateDataKey(key);

    assertThat(made.plaintext().asByteArray()).hasSize(32);
    assertThat(made.keyId()).isEqualTo(key);
    assertThat(decrypt(made.ciphertextBlob(), CONTEXT).plaintext()).isEqualTo(made.plaintext());
    assertThat(generateDataKey(key).plaintext()).isNotEqualTo(made.plaintext());
  }

  @Test
  void makesDataKeysOfAnySizeWithoutShowingThem() {
    SdkBytes sealed =
        kms.generateDataKeyWithoutPlaintext(
                r -> r.keyId(newKey()).numberOfBytes(48).encryptionContext(CONTEXT))
            .ciphertextBlob();

    assertThat(decrypt(sealed, CONTEXT).plaintext().asByteArray()).hasSize(48);
  }

  @Test
  void refusesADataKeyWithoutSizeOrWithTwo() {
    String key = newKey();

    assertThatThrownBy(() -> kms.generateDataKey(r -> r.keyId(key)))
        .isInstanceOfSatisfying(KmsException.class, e -> assertIsValidation(e));
    assertThatThrownBy(
            () ->
                kms.generateDataKey(
                    r -> r.keyId(key).keySpec(DataKeySpec.AES_256).numberOfBytes(32)))
        .isInstanceOfSatisfying(KmsException.class, e -> assertIsValidation(e));
  }

  @Test
  void movesACiphertextToAnotherKeyAndContext() {
    String from = newKey();
    String to = newKey();
    SdkBytes sealed = encrypt(from, CONTEXT);

    SdkBytes moved =
        kms.reEncrypt(
                r ->
                    r.ciphertextBlob(sealed)
                        .sourceEncryptionContext(CONTEXT)
                        .destinationKeyId(to)
                        .destinationEncryptionContext(Map.of("moved", "yes")))
            .ciphertextBlob();

    DecryptResponse opened = decrypt(moved, Map.of("moved", "yes"));
    assertThat(opened.plaintext()).isEqualTo(SECRET);
    assertThat(opened.keyId()).isEqualTo(to);
    assertThatThrownBy(() -> decrypt(moved, CONTEXT))
        .isInstanceOf(InvalidCiphertextException.class);
  }

  @Test
  void findsAKeyByIdArnAndAlias() {
    String arn = aws.kms().ensureKey("alias/found");
    String id = describe(arn).keyId();

    assertThat(arn).isEqualTo("arn:aws:kms:us-east-1:000000000000:key/" + id);
    assertThat(describe(id).arn()).isEqualTo(arn);
    assertThat(describe("alias/found").arn()).isEqualTo(arn);
    assertThat(describe("arn:aws:kms:us-east-1:000000000000:alias/found").arn()).isEqualTo(arn);
    assertThat(aws.kms().ensureKey("alias/found")).isEqualTo(arn);
  }

  @Test
  void givesAnAliasToOneKeyOnly() {
    kms.createAlias(r -> r.aliasName("alias/once").targetKeyId(newKey()));

    assertThatThrownBy(() -> kms.createAlias(r -> r.aliasName("alias/once").targetKeyId(newKey())))
        .isInstanceOf(AlreadyExistsException.class);
  }

  @Test
  void refusesTooLargeAPlaintext() {
    String key = newKey();

    assertThatThrownBy(
            () -> kms.encrypt(r -> r.keyId(key).plaintext(SdkBytes.fromByteArray(new byte[4097]))))
        .isInstanceOfSatisfying(KmsException.class, e -> assertIsValidation(e));
  }

  @Test
  void saysWhichOperationsItDoesNotKnow() {
    assertThatThrownBy(() -> kms.listKeys())
        .isInstanceOfSatisfying(
            KmsException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(400);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("UnknownOperationException");
            });
  }

  @Test
  void keepsKeysInItsFolder(@TempDir Path folder) {
    AwsStandIns.Config config = AwsStandIns.Config.inMemory().keptIn(folder);
    SdkBytes sealed;
    try (AwsStandIns first = AwsStandIns.start(config);
        KmsClient client = Clients.kms(first)) {
      String key = first.kms().ensureKey("alias/kept");
      sealed =
          client
              .encrypt(r -> r.keyId(key).plaintext(SECRET).encryptionContext(CONTEXT))
              .ciphertextBlob();
    }
    try (AwsStandIns second = AwsStandIns.start(config);
        KmsClient client = Clients.kms(second)) {
      assertThat(
              client
                  .decrypt(
                      r -> r.keyId("alias/kept").ciphertextBlob(sealed).encryptionContext(CONTEXT))
                  .plaintext())
          .isEqualTo(SECRET);
    }
  }

  private static void assertIsValidation(KmsException e) {
    assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationException");
  }

  private static String latin1(SdkBytes bytes) {
    return bytes.asString(StandardCharsets.ISO_8859_1);
  }

  private static String newKey() {
    return kms.createKey().keyMetadata().arn();
  }

  private static KeyMetadata describe(String key) {
    return kms.describeKey(r -> r.keyId(key)).keyMetadata();
  }

  private static SdkBytes encrypt(String key, Map<String, String> context) {
    return kms.encrypt(r -> r.keyId(key).plaintext(SECRET).encryptionContext(context))
        .ciphertextBlob();
  }

  private static DecryptResponse decrypt(SdkBytes sealed, Map<String, String> context) {
    return kms.decrypt(r -> r.ciphertextBlob(sealed).encryptionContext(context));
  }

  private static GenerateDataKeyResponse generateDataKey(String key) {
    return kms.generateDataKey(
        r -> r.keyId(key).keySpec(DataKeySpec.AES_256).encryptionContext(CONTEXT));
  }
}
