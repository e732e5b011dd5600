package io.berth.local.torture;

import io.berth.domain.Pause;
import io.berth.domain.account.Activation;
import io.berth.domain.account.Users;
import io.berth.domain.akash.AkashReader;
import io.berth.domain.budget.Budgets;
import io.berth.domain.budget.Spending;
import io.berth.domain.deployment.DeploymentRecords;
import io.berth.domain.deployment.DeploymentWriter;
import io.berth.domain.deployment.Leasing;
import io.berth.domain.deployment.ManifestSender;
import io.berth.domain.deployment.SdlPolicy;
import io.berth.domain.ledger.Controls;
import io.berth.domain.ledger.Intents;
import io.berth.domain.ledger.Ledger;
import io.berth.domain.ledger.LedgerSettings;
import io.berth.domain.ledger.Signer;
import io.berth.domain.ledger.TransactionChain;
import io.berth.domain.ledger.UserTransactions;
import io.berth.domain.provider.ProviderGateway;
import io.berth.domain.request.KeyedRequests;
import io.berth.domain.request.SafeRetries;
import io.berth.domain.wallet.Owners;
import io.berth.domain.wallet.PublicIdentity;
import io.berth.domain.wallet.Wallet;
import io.berth.domain.wallet.WalletKeeper;
import io.berth.domain.wallet.Wallets;
import io.berth.functions.signer.CreateWallet;
import io.berth.functions.signer.Policy;
import io.berth.functions.signer.SignTransaction;
import io.berth.functions.signer.Vault;
import io.berth.store.DynamoBudgets;
import io.berth.store.DynamoControls;
import io.berth.store.DynamoDeploymentRecords;
import io.berth.store.DynamoIntents;
import io.berth.store.DynamoKeyedRequests;
import io.berth.store.DynamoUsers;
import io.berth.store.DynamoWallets;
import io.berth.wallet.DataKeys;
import io.berth.wallet.MnemonicSeal;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;

/** Berth's use cases as one process holds them: nothing in here outlives it. */
final class BerthProcess {
  static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration TIME_TO_LIVE = Duration.ofSeconds(60);
  private static final Duration EXPIRY_MARGIN = Duration.ofSeconds(10);
  private static final Duration LOCK = Duration.ofSeconds(30);

  final Activation activation;
  final DeploymentWriter writer;
  final Leasing leasing;
  final SafeRetries retries;
  final DeploymentRecords records;
  final KeyedRequests requests;

  /**
   * @param tripwire is around every port
   * @param ordered whether the ledger numbers its transactions
   */
  BerthProcess(
      World world, Tripwire tripwire, ProviderGateway providers, boolean ordered, long seed) {
    InstantSource clock = world::now;
    Pause pause = world::pass;
    Users users = tripwire.around(Users.class, new DynamoUsers(world.dynamoDb, "Users"));
    Wallets wallets = tripwire.around(Wallets.class, new DynamoWallets(world.dynamoDb, "Wallets"));
    DynamoIntents intentsTable = new DynamoIntents(world.dynamoDb, "Intents");
    Intents intents = tripwire.around(Intents.class, intentsTable);
    Budgets budgets =
        tripwire.around(Budgets.class, new DynamoBudgets(world.dynamoDb, "Budgets", intentsTable));
    Controls controls =
        tripwire.around(Controls.class, new DynamoControls(world.dynamoDb, "Controls"));
    records =
        tripwire.around(
            DeploymentRecords.class, new DynamoDeploymentRecords(world.dynamoDb, "Deployments"));
    requests =
        tripwire.around(KeyedRequests.class, new DynamoKeyedRequests(world.dynamoDb, "Requests"));
    TransactionChain chain = tripwire.around(TransactionChain.class, world.node);
    AkashReader reader = tripwire.around(AkashReader.class, world.node);
    ProviderGateway gateway = tripwire.around(ProviderGateway.class, providers);
    SignerSide signer =
        new SignerSide(
            intents,
            budgets,
            controls,
            wallets,
            world,
            tripwire.around(DataKeys.class, world.dataKeys),
            clock);
    WalletKeeper keeper = tripwire.around(WalletKeeper.class, signer);

    Ledger ledger =
        new Ledger(
            chain,
            intents,
            tripwire.around(Signer.class, signer.sign),
            new LedgerSettings(TIME_TO_LIVE, EXPIRY_MARGIN, World.BLOCK, PATIENCE, ordered),
            clock,
            pause,
            new Random(seed));
    Owners owners = new Owners(wallets);
    UserTransactions transactions = new UserTransactions(ledger, keeper);
    ManifestSender manifests =
        new ManifestSender(reader, gateway, World.BLOCK, Duration.ofSeconds(8), clock, pause);
    activation = new Activation(users, wallets, keeper, ledger, clock);
    writer =
        new DeploymentWriter(
            owners,
            keeper,
            records,
            reader,
            transactions,
            manifests,
            new SdlPolicy(List.of()),
            clock);
    leasing = new Leasing(owners, records, reader, transactions, manifests);
    retries = new SafeRetries(requests, LOCK, clock);
  }

  /** The signer's functions, in this process and on their own sides of the same ports. */
  private static final class SignerSide implements WalletKeeper {
    private final Vault vault;
    private final CreateWallet create;
    final SignTransaction sign;

    SignerSide(
        Intents intents,
        Budgets budgets,
        Controls controls,
        Wallets wallets,
        World world,
        DataKeys dataKeys,
        InstantSource clock) {
      SecureRandom random = new SecureRandom();
      MnemonicSeal seal = new MnemonicSeal(dataKeys, random);
      vault = new Vault(seal, world.secrets, world.fundingSecret);
      create = new CreateWallet(wallets, seal, random, clock);
      Policy policy =
          new Policy(
              new Policy.Caps(
                  BigInteger.valueOf(1_000_000),
                  BigInteger.valueOf(1_000_000_000),
                  new Spending(BigInteger.valueOf(5_000_000), BigInteger.valueOf(1_000_000_000))));
      sign = new SignTransaction(intents, budgets, controls, wallets, vault, policy, clock);
    }

    @Override
    public Wallet walletFor(String userId) {
      return create.walletFor(userId);
    }

    @Override
    public PublicIdentity funding() {
      return vault.funding();
    }
  }
}
