package io.berth.functions.signer;

import io.berth.domain.ledger.Intents;
import io.berth.domain.wallet.ReSealRuns;
import io.berth.domain.wallet.WalletSeals;
import io.berth.domain.wallet.Wallets;
import io.berth.runtime.Adapters;
import io.berth.runtime.AwsClients;
import io.berth.runtime.Settings;
import io.berth.wallet.KmsDataKeys;
import io.berth.wallet.MnemonicSeal;
import java.math.BigInteger;
import java.security.SecureRandom;

/** Puts the signer's functions together. */
final class Wiring {
  private Wiring() {}

  static Intents intents() {
    return Adapters.intents();
  }

  static Wallets wallets() {
    return Adapters.wallets();
  }

  static WalletSeals walletSeals() {
    return Adapters.walletSeals();
  }

  static ReSealRuns reSealRuns() {
    return Adapters.reSealRuns();
  }

  static MnemonicSeal seal() {
    return new MnemonicSeal(
        Settings.list("BERTH_WALLET_KEYS").stream()
            .map(key -> new KmsDataKeys(AwsClients.kms(), key))
            .toList(),
        new SecureRandom());
  }

  static Vault vault() {
    return new Vault(seal(), AwsClients.secretsManager(), Settings.require("BERTH_FUNDING_SECRET"));
  }

  static Policy policy() {
    return new Policy(
        Settings.isOn("BERTH_SIGNING_HALTED"),
        new BigInteger(Settings.require("BERTH_MAX_FEE_UAKT")),
        new BigInteger(Settings.require("BERTH_MAX_DEPOSIT_UACT")));
  }
}
