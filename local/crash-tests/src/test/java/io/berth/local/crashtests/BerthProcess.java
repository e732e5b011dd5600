package io.berth.local.crashtests;

import io.berth.domain.Pause;
import io.berth.domain.account.Activation;
import io.berth.domain.account.Users;
import io.berth.domain.akash.AkashReader;
import io.berth.domain.budget.Budgets;
import io.berth.domain.budget.Spending;
import io.berth.domain.certificate.CertificateReader;
import io.berth.domain.certificate.ClientCertificates;
import io.berth.domain.deployment.DeploymentRecords;
import io.berth.domain.deployment.DeploymentWriter;
import io.berth.domain.deployment.Leasing;
import io.berth.domain.deployment.ManifestSender;
import io.berth.domain.deployment.SdlPolicy;
import io.berth.domain.funding.Funding;
import io.berth.domain.funding.FundingSettings;
import io.berth.domain.funding.GrantReader;
import io.berth.domain.funding.GrantRecords;
import io.berth.domain.ledger.ChainUnavailableException;
import io.berth.domain.ledger.Controls;
import io.berth.domain.ledger.GrantSettler;
import io.berth.domain.ledger.Intents;
import io.berth.domain.ledger.Ledger;
import io.berth.domain.ledger.LedgerSettings;
import io.berth.domain.ledger.Signer;
import io.berth.domain.ledger.TransactionChain;
import io.berth.domain.ledger.UserTransactions;
import io.berth.domain.problem.Refusal;
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
import io.berth.provider.ClientCertificateMaker;
import io.berth.store.DynamoBudgets;
import io.berth.store.DynamoControls;
import io.berth.store.DynamoDeploymentRecords;
import io.berth.store.DynamoGrantRecords;
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
  private static final Duration CLEARING = Duration.ofSeconds(5);
  private static final Duration LOCK = Duration.ofSeconds(30);

  final Ledger ledger;
  final Activation activation;
  final Funding funding;
  final GrantRecords grants;
  final DeploymentWriter writer;
  final Leasing leasing;
  final ClientCertificates certificates;
  final SafeRetries retries;
  final DeploymentRecords records;
  final KeyedRequests requests;
  final TransactionChain chain;
  final AkashReader reader;
  final ProviderGateway gateway;
  final ManifestSender manifests;

  /**
   * @param tripwire is around every port
   * @param ordered whether the ledger numbers its transactions
   */
  BerthProcess(
      World world, Tripwire tripwire, ProviderGateway providers, boolean ordered, long seed) {
    this(world, tripwire, providers, ordered, seed, PATIENCE);
  }

  /**
   * @param tripwire is around every port
   * @param ordered whether the ledger numbers its transactions
   * @param patience how long it waits for a transaction
   */
  BerthProcess(
      World world,
      Tripwire tripwire,
      ProviderGateway providers,
      boolean ordered,
      long seed,
      Duration patience) {
    InstantSource clock = world::now;
    Pause pause = world::pass;
    Users users = tripwire.around(Users.class, new DynamoUsers(world.dynamoDb, "Users"));
    DynamoWallets walletsTable = new DynamoWallets(world.dynamoDb, "Wallets");
    Wallets wallets = tripwire.around(Wallets.class, walletsTable);
    DynamoIntents intentsTable = new DynamoIntents(world.dynamoDb, "Intents");
    Intents intents = tripwire.around(Intents.class, intentsTable);
    DynamoGrantRecords grantsTable = new DynamoGrantRecords(world.dynamoDb, "Grants");
    grants = tripwire.around(GrantRecords.class, grantsTable);
    DynamoControls controlsTable = new DynamoControls(world.dynamoDb, "Controls");
    Budgets budgets =
        tripwire.around(
            Budgets.class,
            new DynamoBudgets(
                world.dynamoDb, "Budgets", intentsTable, grantsTable, walletsTable, controlsTable));
    Controls controls = tripwire.around(Controls.class, controlsTable);
    records =
        tripwire.around(
            DeploymentRecords.class, new DynamoDeploymentRecords(world.dynamoDb, "Deployments"));
    requests =
        tripwire.around(KeyedRequests.class, new DynamoKeyedRequests(world.dynamoDb, "Requests"));
    chain = tripwire.around(TransactionChain.class, world.node);
    reader = tripwire.around(AkashReader.class, world.node);
    gateway = tripwire.around(ProviderGateway.class, providers);
    SignerSide signer =
        new SignerSide(
            intents,
            budgets,
            grants,
            controls,
            wallets,
            world,
            tripwire.around(DataKeys.class, world.dataKeys),
            clock,
            seed);
    WalletKeeper keeper = tripwire.around(WalletKeeper.class, signer);

    ledger =
        new Ledger(
            chain,
            intents,
            tripwire.around(Signer.class, signer.sign),
            new LedgerSettings(TIME_TO_LIVE, EXPIRY_MARGIN, world.block, patience, ordered),
            clock,
            pause,
            new Random(seed));
    Owners owners = new Owners(wallets);
    funding =
        new Funding(
            owners,
            keeper,
            grants,
            tripwire.around(GrantReader.class, world.node),
            ledger,
            new FundingSettings(
                BigInteger.valueOf(World.FEES_UAKT), BigInteger.valueOf(World.LOW_FEES_UAKT)),
            clock);
    UserTransactions transactions = new UserTransactions(ledger, keeper, new ThisFunding(funding));
    manifests =
        new ManifestSender(reader, gateway, world.block, Duration.ofSeconds(8), clock, pause);
    activation = new Activation(users, wallets, keeper, funding, clock);
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
    certificates =
        new ClientCertificates(
            owners,
            tripwire.around(CertificateReader.class, world.node),
            transactions,
            new ClientCertificateMaker(new SecureRandom()),
            CLEARING,
            clock);
    retries = new SafeRetries(requests, LOCK, clock);
  }

  /** The function that settles grants, in this process. */
  private record ThisFunding(Funding funding) implements GrantSettler {
    @Override
    public void settle(String userId) {
      try {
        funding.settle(userId);
      } catch (Refusal | ChainUnavailableException e) {
        // As its caller would see the function fail: the next try shows how far it came.
      }
    }
  }

  /** The signer's functions, in this process and on their own sides of the same ports. */
  private static final class SignerSide implements WalletKeeper {
    private final Vault vault;
    private final CreateWallet create;
    final SignTransaction sign;

    SignerSide(
        Intents intents,
        Budgets budgets,
        GrantRecords grants,
        Controls controls,
        Wallets wallets,
        World world,
        DataKeys dataKeys,
        InstantSource clock,
        long seed) {
      SecureRandom random = new SecureRandom();
      MnemonicSeal seal = new MnemonicSeal(dataKeys, random);
      vault = new Vault(seal, world.secrets, world.fundingSecret);
      create = new CreateWallet(wallets, seal, random, clock);
      Policy policy =
          new Policy(
              new Policy.Caps(
                  BigInteger.valueOf(1_000_000),
                  BigInteger.valueOf(1_000_000_000),
                  new Spending(BigInteger.valueOf(50_000_000), BigInteger.valueOf(1_000_000_000))));
      sign =
          new SignTransaction(
              intents, budgets, grants, controls, vault, policy, clock, new Random(seed));
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
