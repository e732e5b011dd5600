package io.berth.functions.signer;

import io.berth.domain.ledger.Intents;
import io.berth.domain.wallet.ReSealRuns;
import io.berth.runtime.AwsClients;
import io.berth.runtime.Settings;
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

  static Intents intents() {
    return new DynamoIntents(AwsClients.dynamoDb(), Settings.require("BERTH_INTENTS_TABLE"));
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

  static Policy policy() {
    return new Policy(
        Settings.isOn("BERTH_SIGNING_HALTED"),
        new BigInteger(Settings.require("BERTH_MAX_FEE_UAKT")),
        new BigInteger(Settings.require("BERTH_MAX_DEPOSIT_UACT")));
  }
}
