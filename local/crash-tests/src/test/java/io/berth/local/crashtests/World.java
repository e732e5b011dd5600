package io.berth.local.crashtests;

import io.berth.chain.NodeClient;
import io.berth.chain.NodeConfig;
import io.berth.domain.akash.Bid;
import io.berth.domain.akash.BidId;
import io.berth.domain.akash.Coin;
import io.berth.domain.akash.Deployment;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.akash.OrderId;
import io.berth.local.aws.AwsStandIns;
import io.berth.local.aws.Emulator;
import io.berth.local.aws.TableDefinition;
import io.berth.local.aws.faults.DynamoDbFault;
import io.berth.local.devnet.Devnet;
import io.berth.local.devnet.DevnetConfig;
import io.berth.local.devnet.Genesis;
import io.berth.proto.akash.base.deposit.v1.Deposit;
import io.berth.proto.akash.base.deposit.v1.Source;
import io.berth.proto.akash.market.v1.BidID;
import io.berth.proto.akash.market.v1.LeaseClosedReason;
import io.berth.proto.akash.market.v1beta5.MsgCloseBid;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * What outlives a process of Berth's: the chain, AWS, and time. Unless the world is live, time
 * passes only while everybody waits, up to the first who has waited enough, and blocks are made as
 * it passes.
 */
final class World implements AutoCloseable {
  static final Duration BLOCK = Duration.ofSeconds(6);
  static final long CREDIT_UACT = 50_000_000;
  static final long FEES_UAKT = 50_000_000;

  /** So high that one transaction makes a fresh allowance low. */
  static final long LOW_FEES_UAKT = FEES_UAKT - 1;

  private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");
  private static final TableDefinition.Key BY_USER =
      new TableDefinition.Key("userId", Optional.empty());

  private final String fundingPhrase = freshPhrase();
  final WalletKey provider = keyOf(freshPhrase());
  final WalletKey rival = keyOf(freshPhrase());
  final Devnet devnet;
  final NodeClient node;
  final StoreCalls storeCalls = new StoreCalls();
  final DynamoDbClient dynamoDb;
  final SecretsManagerClient secrets;
  final KmsDataKeys dataKeys;
  final String fundingSecret;
  final AwsStandIns aws;
  private final KmsClient kms;
  private final Set<String> watched = ConcurrentHashMap.newKeySet();
  private final Set<String> withoutAllowance = ConcurrentHashMap.newKeySet();
  final Duration block;
  private final boolean live;
  private final PriorityQueue<Instant> alarms = new PriorityQueue<>();
  private int inhabitants = 1;
  private volatile Instant now = START;
  private Instant nextBlock = START.plus(BLOCK);

  /** A world with a time of its own. */
  World() {
    this(Optional.empty());
  }

  /** A world with a time of its own and a DynamoDB that fails now and then. */
  World(Optional<DynamoDbFault> fault) {
    this(BLOCK, false, fault);
  }

  /** A world in real time. */
  static World live(Duration block) {
    return new World(block, true, Optional.empty());
  }

  private World(Duration block, boolean live, Optional<DynamoDbFault> fault) {
    this.block = block;
    this.live = live;
    this.aws = AwsStandIns.start(AwsStandIns.Config.inMemory().failing(fault));
    DevnetConfig config = DevnetConfig.defaults();
    devnet =
        Devnet.start(
            (live ? config.withBlockTime(block) : config.withManualBlocks().withClock(this::now))
                .withGenesis(
                    Genesis.builder()
                        .account(
                            keyOf(fundingPhrase).address(),
                            1_000_000_000_000_000L,
                            1_000_000_000_000_000L)
                        .provider(provider.address(), "https://provider.example:8443", Map.of())
                        .provider(rival.address(), "https://rival.example:8443", Map.of())
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
                "Grants",
                new TableDefinition.Key("userId", Optional.of("entry")),
                Map.of("userId", "S", "entry", "S")),
            new TableDefinition(
                "Operations",
                new TableDefinition.Key("id", Optional.empty()),
                Map.of("id", "S", "unfinished", "S", "startedAt", "S"),
                List.of(
                    new TableDefinition.Index(
                        "unfinished",
                        new TableDefinition.Key("unfinished", Optional.of("startedAt")),
                        "ALL",
                        List.of())),
                Optional.empty()),
            TableDefinition.of(
                "Controls",
                new TableDefinition.Key("name", Optional.empty()),
                Map.of("name", "S"))));
    dynamoDb =
        client(
            DynamoDbClient.builder()
                .overrideConfiguration(settings -> settings.addExecutionInterceptor(storeCalls)),
            aws.dynamoDbEndpoint());
    kms = client(KmsClient.builder(), aws.endpoint());
    secrets = client(SecretsManagerClient.builder(), aws.endpoint());
    dataKeys = new KmsDataKeys(kms, aws.kms().ensureKey("alias/wallets"));
    fundingSecret =
        aws.secrets()
            .ensureBytes("funding", () -> fundingPhrase.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * A client for all processes. Each would have its own, and its own budget of retries; so this one
   * has no budget.
   */
  private static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
      B builder, URI endpoint) {
    return builder
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .overrideConfiguration(
            builder.overrideConfiguration().toBuilder()
                .retryStrategy(Emulator.WITHOUT_WAITING)
                .build())
        .build();
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

  Instant now() {
    return live ? Instant.now() : now;
  }

  /**
   * Runs all at once, and waits for all.
   *
   * @throws AssertionError if one fails
   */
  void atOnce(List<Runnable> all) {
    // So many threads instead of this one.
    enter(all.size() - 1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (Runnable one : all) {
        running.add(threads.submit(() -> inhabit(one)));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } finally {
      enter(1);
    }
  }

  private void inhabit(Runnable one) {
    try {
      one.run();
    } finally {
      enter(-1);
    }
  }

  /** Time waits for so many threads more. */
  private synchronized void enter(int threads) {
    inhabitants += threads;
    notifyAll();
  }

  /** Waits until so much time has passed. */
  void pass(Duration time) {
    try {
      if (live) {
        Thread.sleep(time);
      } else {
        await(time);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting", e);
    }
  }

  private synchronized void await(Duration time) throws InterruptedException {
    Instant alarm = now.plus(time);
    alarms.add(alarm);
    notifyAll();
    try {
      while (now.isBefore(alarm)) {
        if (alarms.size() == inhabitants && alarms.peek().equals(alarm)) {
          advanceTowards(alarm);
        } else {
          wait();
        }
      }
    } finally {
      alarms.remove(alarm);
      notifyAll();
    }
  }

  /** To the next block if it is due by then, else all the way. */
  private void advanceTowards(Instant alarm) {
    if (nextBlock.isAfter(alarm)) {
      now = alarm;
      return;
    }
    now = nextBlock;
    nextBlock = nextBlock.plus(BLOCK);
    devnet.produceBlock();
    watched.stream()
        .filter(address -> node.feeAllowance(funding(), address).isEmpty())
        .forEach(withoutAllowance::add);
  }

  /** To the moment of the next block, so that what follows meets blocks as others did. */
  void toNextBlock() {
    pass(Duration.between(now(), nextBlock()));
  }

  private synchronized Instant nextBlock() {
    return nextBlock;
  }

  /** From now on it is remembered if after some block this address has no fee allowance. */
  void watchFeeAllowance(String address) {
    watched.add(address);
  }

  /** Whether the address had a fee allowance after every block; ends the watch. */
  boolean hadFeeAllowanceAllTheTime(String address) {
    watched.remove(address);
    return !withoutAllowance.remove(address);
  }

  String funding() {
    return keyOf(fundingPhrase).address();
  }

  /** The provider bids on every group of a deployment. */
  List<Bid> bid(DeploymentId id, int groups) {
    for (int gseq = 1; gseq <= groups; gseq++) {
      bid(new BidId(new OrderId(id.owner(), id.dseq(), gseq, 1), provider.address(), 0), 1);
    }
    pass(BLOCK);
    return node.bids(id);
  }

  /** A provider bids, with the next block, a price in uact per block. */
  void bid(BidId id, long price) {
    devnet.add(
        Genesis.builder()
            .message(
                MsgCreateBid.newBuilder()
                    .setId(bidId(id))
                    .setPrice(
                        DecCoin.newBuilder()
                            .setDenom(Coin.UACT)
                            .setAmount(price + "000000000000000000"))
                    .setDeposit(
                        Deposit.newBuilder()
                            .setAmount(
                                io.berth.proto.cosmos.base.v1beta1.Coin.newBuilder()
                                    .setDenom(Coin.UACT)
                                    .setAmount("500000"))
                            .addSources(Source.balance))
                    .build())
            .build());
  }

  /** A provider takes its bid back with the next block; a lease of it ends. */
  void takeBack(BidId id) {
    devnet.add(
        Genesis.builder()
            .message(
                MsgCloseBid.newBuilder()
                    .setId(bidId(id))
                    .setReason(LeaseClosedReason.lease_closed_reason_unstable)
                    .build())
            .build());
  }

  private static BidID bidId(BidId id) {
    return BidID.newBuilder()
        .setOwner(id.order().owner())
        .setDseq(id.order().dseq())
        .setGseq(id.order().gseq())
        .setOseq(id.order().oseq())
        .setProvider(id.provider())
        .build();
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
