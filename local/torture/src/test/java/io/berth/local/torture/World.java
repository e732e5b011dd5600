package io.berth.local.torture;

import io.berth.chain.NodeClient;
import io.berth.chain.NodeConfig;
import io.berth.domain.akash.Bid;
import io.berth.domain.akash.Coin;
import io.berth.domain.akash.Deployment;
import io.berth.domain.akash.DeploymentId;
import io.berth.local.aws.AwsStandIns;
import io.berth.local.aws.TableDefinition;
import io.berth.local.devnet.Devnet;
import io.berth.local.devnet.DevnetConfig;
import io.berth.local.devnet.Genesis;
import io.berth.proto.akash.base.deposit.v1.Deposit;
import io.berth.proto.akash.base.deposit.v1.Source;
import io.berth.proto.akash.market.v1.BidID;
import io.berth.proto.akash.market.v1beta5.MsgCreateBid;
import io.berth.proto.cosmos.base.v1beta1.DecCoin;
import io.berth.wallet.KmsDataKeys;
import io.berth.wallet.Mnemonic;
import io.berth.wallet.WalletKey;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * What outlives a process of Berth's: the chain, AWS, and time. Time passes only while somebody
 * waits, and blocks are made as it passes.
 */
final class World implements AutoCloseable {
  static final Duration BLOCK = Duration.ofSeconds(6);
  static final long CREDIT_UACT = 50_000_000;
  static final long FEES_UAKT = 50_000_000;
  private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");
  private static final TableDefinition.Key BY_USER =
      new TableDefinition.Key("userId", Optional.empty());

  private final String fundingPhrase = freshPhrase();
  final WalletKey provider = keyOf(freshPhrase());
  final Devnet devnet;
  final NodeClient node;
  final DynamoDbClient dynamoDb;
  final SecretsManagerClient secrets;
  final KmsDataKeys dataKeys;
  final String fundingSecret;
  private final AwsStandIns aws = AwsStandIns.start(AwsStandIns.Config.inMemory());
  private final KmsClient kms;
  private Instant now = START;
  private Instant nextBlock = START.plus(BLOCK);

  World() {
    devnet =
        Devnet.start(
            DevnetConfig.defaults()
                .withManualBlocks()
                .withClock(this::now)
                .withGenesis(
                    Genesis.builder()
                        .account(
                            keyOf(fundingPhrase).address(),
                            1_000_000_000_000_000L,
                            1_000_000_000_000_000L)
                        .provider(provider.address(), "https://provider.example:8443", Map.of())
                        .build()));
    node =
        new NodeClient(
            NodeConfig.of(URI.create("http://localhost:" + devnet.port()), devnet.chainId()));
    aws.createTables(
        List.of(
            TableDefinition.of("Users", BY_USER, Map.of("userId", "S")),
            TableDefinition.of("Wallets", BY_USER, Map.of("userId", "S")),
            TableDefinition.of("Budgets", BY_USER, Map.of("userId", "S")),
            TableDefinition.of(
                "Deployments",
                new TableDefinition.Key("userId", Optional.of("dseq")),
                Map.of("userId", "S", "dseq", "N")),
            TableDefinition.of(
                "Requests",
                new TableDefinition.Key("userId", Optional.of("requestKey")),
                Map.of("userId", "S", "requestKey", "S")),
            TableDefinition.of(
                "Intents", new TableDefinition.Key("id", Optional.empty()), Map.of("id", "S")),
            TableDefinition.of(
                "Controls",
                new TableDefinition.Key("name", Optional.empty()),
                Map.of("name", "S"))));
    dynamoDb = aws.dynamoDbClient();
    var credentials =
        StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
    kms =
        KmsClient.builder()
            .endpointOverride(aws.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(credentials)
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    secrets =
        SecretsManagerClient.builder()
            .endpointOverride(aws.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(credentials)
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    dataKeys = new KmsDataKeys(kms, aws.kms().ensureKey("alias/wallets"));
    fundingSecret =
        aws.secrets()
            .ensureBytes("funding", () -> fundingPhrase.getBytes(StandardCharsets.US_ASCII));
  }

  private static String freshPhrase() {
    try (Mnemonic mnemonic = Mnemonic.generate(new SecureRandom())) {
      return new String(mnemonic.copyOfPhrase(), StandardCharsets.US_ASCII);
    }
  }

  private static WalletKey keyOf(String phrase) {
    try (Mnemonic mnemonic = Mnemonic.parse(phrase.getBytes(StandardCharsets.US_ASCII))) {
      return mnemonic.deriveKey(0);
    }
  }

  synchronized Instant now() {
    return now;
  }

  /** Time passes, and with it blocks are made unless the chain is halted. */
  void pass(Duration time) {
    Instant until;
    synchronized (this) {
      until = now.plus(time);
    }
    while (step(until)) {
      devnet.produceBlock();
    }
  }

  /** Goes to the next block's time if that is due, else to the end. */
  private synchronized boolean step(Instant until) {
    if (nextBlock.isAfter(until)) {
      now = until.isAfter(now) ? until : now;
      return false;
    }
    now = nextBlock.isAfter(now) ? nextBlock : now;
    nextBlock = nextBlock.plus(BLOCK);
    return true;
  }

  String funding() {
    return keyOf(fundingPhrase).address();
  }

  /** The provider bids on every group of a deployment. */
  List<Bid> bid(DeploymentId id, int groups) {
    Genesis.Builder bids = Genesis.builder();
    for (int gseq = 1; gseq <= groups; gseq++) {
      bids.message(
          MsgCreateBid.newBuilder()
              .setId(
                  BidID.newBuilder()
                      .setOwner(id.owner())
                      .setDseq(id.dseq())
                      .setGseq(gseq)
                      .setOseq(1)
                      .setProvider(provider.address()))
              .setPrice(DecCoin.newBuilder().setDenom(Coin.UACT).setAmount("1000000000000000000"))
              .setDeposit(
                  Deposit.newBuilder()
                      .setAmount(
                          io.berth.proto.cosmos.base.v1beta1.Coin.newBuilder()
                              .setDenom(Coin.UACT)
                              .setAmount("500000"))
                      .addSources(Source.balance))
              .build());
    }
    devnet.add(bids.build());
    pass(BLOCK);
    return node.bids(id);
  }

  /**
   * What the user's money has become: what may still be deposited, what lies in escrow, and what
   * providers got. Always what was credited.
   */
  BigDecimal moneyOf(String address) {
    BigDecimal left = new BigDecimal(node.depositGrant(funding(), address, Coin.UACT).amount());
    return node.deployments(address, Optional.empty()).stream()
        .map(World::moneyIn)
        .reduce(left, BigDecimal::add);
  }

  /** What was deposited into one deployment and has not come back. */
  static BigDecimal moneyIn(Deployment deployment) {
    BigDecimal sum = BigDecimal.ZERO;
    for (var coin : deployment.escrow().funds()) {
      sum = sum.add(coin.amount());
    }
    for (var coin : deployment.escrow().transferred()) {
      sum = sum.add(coin.amount());
    }
    return sum;
  }

  @Override
  public void close() {
    node.close();
    devnet.close();
    kms.close();
    secrets.close();
    dynamoDb.close();
    aws.close();
  }
}
