package io.berth.functions.signer;

import io.berth.domain.wallet.PublicIdentity;
import io.berth.domain.wallet.Wallet;
import io.berth.runtime.Lazy;
import io.berth.wallet.Mnemonic;
import io.berth.wallet.MnemonicSeal;
import io.berth.wallet.SealContext;
import io.berth.wallet.WalletKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The one place where wallets are opened. Whoever takes a key closes it. */
public final class Vault {
  private final MnemonicSeal seal;
  private final SecretsManagerClient secrets;
  private final String fundingSecretId;
  private final Lazy<PublicIdentity> funding;

  /** All parts given. */
  public Vault(MnemonicSeal seal, SecretsManagerClient secrets, String fundingSecretId) {
    this.seal = seal;
    this.secrets = secrets;
    this.fundingSecretId = fundingSecretId;
    this.funding =
        Lazy.of(
            () -> {
              try (WalletKey key = openFunding()) {
                return new PublicIdentity(key.address(), key.publicKey());
              }
            });
  }

  /** A user's key. The sealed mnemonic opens only for the user and wallet it was made for. */
  WalletKey open(Wallet wallet) {
    SealContext context = SealContext.ofMnemonic(wallet.userId(), wallet.walletId());
    try (Mnemonic mnemonic = seal.open(wallet.sealedMnemonic(), context)) {
      return mnemonic.deriveKey(0);
    }
  }

  /** The funding wallet's key. */
  WalletKey openFunding() {
    byte[] phrase =
        secrets
            .getSecretValue(request -> request.secretId(fundingSecretId))
            .secretString()
            .strip()
            .getBytes(StandardCharsets.UTF_8);
    try (Mnemonic mnemonic = Mnemonic.parse(phrase)) {
      return mnemonic.deriveKey(0);
    } finally {
      Arrays.fill(phrase, (byte) 0);
    }
  }

  /** Who the funding wallet is; opened for this once. */
  public PublicIdentity funding() {
    return funding.get();
  }
}
