package io.berth.functions.signer;

import io.berth.domain.budget.Budgets;
import io.berth.domain.budget.Spending;
import io.berth.domain.wallet.ReSealRuns;
import io.berth.runtime.AwsClients;
import io.berth.runtime.Settings;
import io.berth.store.DynamoBudgets;
import io.berth.store.DynamoControls;
import io.berth.store.DynamoGrantRecords;
import io.berth.store.DynamoIntents;
import io.berth.store.DynamoReSealRuns;
import io.berth.store.DynamoWallets;
import io.berth.wallet.KmsDataKeys;
import io.berth.wallet.MnemonicSeal;
import java.math.BigInteger;
import java.security.SecureRandom;

/** Puts the signer's functions together. */
final class Wiring {
  private Wiring() {}

  static DynamoIntents intents() {
    return new DynamoIntents(AwsClients.dynamoDb(), Settings.require("BERTH_INTENTS_TABLE"));
  }

  static Budgets budgets() {
    return new DynamoBudgets(
        AwsClients.dynamoDb(),
        Settings.require("BERTH_BUDGETS_TABLE"),
        intents(),
        grants(),
        wallets(),
        controls());
  }

  static DynamoGrantRecords grants() {
    return new DynamoGrantRecords(AwsClients.dynamoDb(), Settings.require("BERTH_GRANTS_TABLE"));
  }

  static DynamoControls controls() {
    return new DynamoControls(AwsClients.dynamoDb(), Settings.require("BERTH_CONTROLS_TABLE"));
  }

  static DynamoWallets wallets() {
    return new DynamoWallets(AwsClients.dynamoDb(), Settings.require("BERTH_WALLETS_TABLE"));
  }

  static ReSealRuns reSealRuns() {
    return new DynamoReSealRuns(AwsClients.dynamoDb(), Settings.require("BERTH_JOBS_TABLE"));
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

  static TokenPress tokenPress() {
    return new TokenPress(wallets(), vault());
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
