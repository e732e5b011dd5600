package io.berth.local.emulators;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.berth.functions.signer.Vault;
import io.berth.local.aws.Emulator;
import io.berth.wallet.KmsDataKeys;
import io.berth.wallet.Mnemonic;
import io.berth.wallet.MnemonicSeal;
import io.berth.wallet.WalletKey;
import java.security.SecureRandom;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/** The funding wallet's mnemonic in Secrets Manager, as the operator stores it. */
class FundingSecretTest {
  private static Emulator aws;
  private static SecretsManagerClient secrets;
  private static KmsClient kms;

  private final SecureRandom random = new SecureRandom();
  private final String name = "funding-" + UUID.randomUUID();

  @BeforeAll
  static void start() {
    aws = Emulator.start();
    secrets = aws.point(SecretsManagerClient.builder()).build();
    kms = aws.point(KmsClient.builder()).build();
  }

  @AfterAll
  static void stop() {
    kms.close();
    secrets.close();
    aws.close();
  }

  private Vault vault(String secretId) {
    return new Vault(new MnemonicSeal(new KmsDataKeys(kms, "none"), random), secrets, secretId);
  }

  @Test
  void theFundingWalletIsTheOneWhoseMnemonicIsStored() {
    try (Mnemonic mnemonic = Mnemonic.generate(random);
        WalletKey key = mnemonic.deriveKey(0)) {
      // As the template makes it: first without a value.
      String arn = secrets.createSecret(create -> create.name(name)).arn();
      SdkBytes phrase = SdkBytes.fromByteArray(mnemonic.copyOfPhrase());
      secrets.putSecretValue(put -> put.secretId(arn).secretBinary(phrase));

      assertThat(vault(arn).funding().address()).isEqualTo(key.address());
      assertThat(vault(name).funding().address()).isEqualTo(key.address());
    }
  }

  /** Ministack answers with an empty string. */
  @Test
  @Tag("not-ministack")
  void aSecretWithoutAValueIsAFailure() {
    secrets.createSecret(create -> create.name(name));

    assertThatExceptionOfType(ResourceNotFoundException.class)
        .isThrownBy(() -> vault(name).funding());
    assertThatExceptionOfType(ResourceNotFoundException.class)
        .isThrownBy(() -> vault(name + "-nobody").funding());
  }

  @Test
  void aMnemonicStoredAsTextIsRefused() {
    try (Mnemonic mnemonic = Mnemonic.generate(random)) {
      String text = new String(mnemonic.copyOfPhrase(), US_ASCII);
      secrets.createSecret(create -> create.name(name).secretString(text));
    }

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> vault(name).funding())
        .withMessageContaining("--secret-binary");
  }
}
