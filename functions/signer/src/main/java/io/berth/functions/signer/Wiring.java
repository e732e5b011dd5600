package io.berth.functions.signer;

import io.berth.domain.ledger.Intents;
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

  static MnemonicSeal seal() {
    return new MnemonicSeal(
        new KmsDataKeys(AwsClients.kms(), Settings.require("BERTH_WALLET_KEY")),
        new SecureRandom());
  }

  static Vault vault() {
    return new Vault(seal(), AwsClients.secretsManager(), Settings.require("BERTH_FUNDING_SECRET"));
  }

  static TokenPress tokenPress() {
    return new TokenPress(wallets(), vault());
  }

  static Policy policy() {
    return new Policy(
        Settings.isOn("BERTH_SIGNING_HALTED"),
        new BigInteger(Settings.require("BERTH_MAX_FEE_UAKT")),
        new BigInteger(Settings.require("BERTH_MAX_DEPOSIT_UACT")));
  }
}
