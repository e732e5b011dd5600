package io.berth.functions.signer;

import io.berth.domain.budget.Budgets;
import io.berth.domain.budget.Spending;
import io.berth.domain.funding.GrantRecords;
import io.berth.domain.ledger.Controls;
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

  static Budgets budgets() {
    return Adapters.budgets();
  }

  static GrantRecords grants() {
    return Adapters.grants();
  }

  static Controls controls() {
    return Adapters.controls();
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

  static Policy policy() {
    return new Policy(
        new Policy.Caps(
            amount("BERTH_MAX_FEE_UAKT"),
            amount("BERTH_MAX_DEPOSIT_UACT"),
            new Spending(
                amount("BERTH_MAX_DAILY_FEES_UAKT"), amount("BERTH_MAX_DAILY_DEPOSITS_UACT"))));
  }

  private static BigInteger amount(String setting) {
    return new BigInteger(Settings.require(setting));
  }
}
