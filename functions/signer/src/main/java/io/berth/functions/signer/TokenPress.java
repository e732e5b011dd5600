package io.berth.functions.signer;

import io.berth.domain.wallet.Wallet;
import io.berth.domain.wallet.Wallets;
import io.berth.provider.ProviderJwt;
import io.berth.runtime.SignerProtocol.TokenAnswer;
import io.berth.wallet.WalletKey;
import java.util.function.Function;

/** Signs provider tokens with users' wallets. */
record TokenPress(Wallets wallets, Vault vault) {

  /**
   * A token of the user's wallet.
   *
   * @param token made for the wallet's address
   * @throws IllegalArgumentException if the user has no wallet that may sign
   */
  TokenAnswer signed(String userId, Function<String, ProviderJwt> token) {
    Wallet wallet =
        wallets
            .find(userId)
            .filter(Wallet::enabled)
            .orElseThrow(() -> new IllegalArgumentException("no such wallet, or it is disabled"));
    ProviderJwt unsigned = token.apply(wallet.address());
    try (WalletKey key = vault.open(wallet)) {
      return new TokenAnswer(unsigned.sign(key::sign));
    }
  }
}
