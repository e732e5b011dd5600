package io.berth.functions.signer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.wallet.InvalidMnemonicException;
import io.berth.wallet.KmsDataKeys;
import io.berth.wallet.MnemonicSeal;
import io.berth.wallet.WalletKey;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/** The funding wallet's mnemonic, from Secrets Manager and back to nothing. */
class VaultTest {
  private final SecureRandom random = new SecureRandom();
  private final String phrase = Memory.freshPhrase(random);

  private Vault vault(SecretsManagerClient secrets) {
    return new Vault(
        new MnemonicSeal(new KmsDataKeys(new Memory.Kms(), "key-1"), random), secrets, "funding");
  }

  @Test
  void whatSecretsManagerGaveIsClearedOnceTheKeyIsDerived() {
    Memory.FundingSecret secrets = new Memory.FundingSecret(phrase);

    vault(secrets).openFunding().close();

    assertThat(secrets.given).hasSize(1).allSatisfy(bytes -> assertThat(bytes).containsOnly(0));
  }

  @Test
  void whatSecretsManagerGaveIsClearedThoughItIsNoMnemonic() {
    Memory.FundingSecret secrets = new Memory.FundingSecret(phrase + " akash");

    assertThatThrownBy(() -> vault(secrets).openFunding())
        .isInstanceOf(InvalidMnemonicException.class);

    assertThat(secrets.given).hasSize(1).allSatisfy(bytes -> assertThat(bytes).containsOnly(0));
  }

  @Test
  void whiteSpaceAroundTheMnemonicDoesNotMatter() {
    try (WalletKey plain = vault(new Memory.FundingSecret(phrase)).openFunding();
        WalletKey padded = vault(new Memory.FundingSecret(" \t" + phrase + "\r\n")).openFunding()) {
      assertThat(padded.address()).isEqualTo(plain.address());
    }
    assertThatThrownBy(() -> vault(new Memory.FundingSecret(" \n")).openFunding())
        .isInstanceOf(InvalidMnemonicException.class);
  }

  @Test
  void aMnemonicStoredAsTextIsRefusedWithoutShowingIt() {
    assertThatThrownBy(() -> vault(new TextSecret(phrase)).openFunding())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("--secret-binary")
        .hasMessageNotContaining(phrase)
        .hasNoCause();
  }

  private record TextSecret(String text) implements SecretsManagerClient {
    @Override
    public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
      return GetSecretValueResponse.builder().secretString(text).build();
    }

    @Override
    public String serviceName() {
      return "secretsmanager";
    }

    @Override
    public void close() {}
  }
}
