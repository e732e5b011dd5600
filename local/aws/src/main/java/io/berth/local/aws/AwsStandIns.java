package io.berth.local.aws;

import io.berth.local.aws.faults.DynamoDbFault;
import io.berth.local.aws.faults.FaultProxy;
import io.berth.local.dynamodb.DynamoDbServer;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The AWS services that Berth uses, on this machine, for the real SDK clients: KMS, Secrets Manager
 * and Lambda's Invoke on one port, and DynamoDB ({@code local/dynamodb}) on another. Both listen on
 * the loopback address only.
 *
 * <p>Whoever reaches a port may do everything: signatures (SigV4) and permissions are not checked.
 */
public final class AwsStandIns implements AutoCloseable {
  private static final String ACCESS_KEY = "local";
  private static final String SECRET_KEY = "local";

  /** The number of requests of which one fails, if any do. A retry at once succeeds. */
  private static final int FAULT_INTERVAL = 3;

  /**
   * How to start.
   *
   * @param port of KMS, Secrets Manager and Lambda; 0 picks a free one
   * @param dynamoDbPort of DynamoDB; 0 picks a free one; ignored if {@code BERTH_DYNAMODB_ENDPOINT}
   *     names a running server
   * @param dataFolder where keys, secrets and tables are kept, made if missing; in memory if empty
   * @param region the region in ARNs; requests for any other are served alike
   * @param accountId the account in ARNs
   * @param fault how one in {@value #FAULT_INTERVAL} requests to DynamoDB fails; none if empty
   */
  public record Config(
      int port,
      int dynamoDbPort,
      Optional<Path> dataFolder,
      String region,
      String accountId,
      Optional<DynamoDbFault> fault) {

    /** Without failing requests. */
    public Config(
        int port, int dynamoDbPort, Optional<Path> dataFolder, String region, String accountId) {
      this(port, dynamoDbPort, dataFolder, region, accountId, Optional.empty());
    }

    /** Free ports, everything in memory, {@code us-east-1} of account 000000000000. */
    public static Config inMemory() {
      return new Config(0, 0, Optional.empty(), "us-east-1", "000000000000");
    }

    /** Everything kept in a folder. */
    public Config keptIn(Path folder) {
      return new Config(port, dynamoDbPort, Optional.of(folder), region, accountId, fault);
    }

    /** With a DynamoDB that fails now and then. */
    public Config failing(Optional<DynamoDbFault> kind) {
      return new Config(port, dynamoDbPort, dataFolder, region, accountId, kind);
    }
  }

  private final Config config;
  private final Kms kms;
  private final Secrets secrets;
  private final Lambda lambda;
  private final DynamoDbServer dynamoDb;
  private final Optional<FaultProxy> faults;
  private final Map<String, JsonService> services = new ConcurrentHashMap<>();
  private final AwsServer server;

  private AwsStandIns(Config config) {
    this.config = config;
    Account account = new Account(config.region(), config.accountId());
    Optional<Path> folder = config.dataFolder();
    SecureRandom random = new SecureRandom();
    InstantSource clock = InstantSource.system();
    folder.ifPresent(StateFile::createFolder);
    KmsKeys keys = new KmsKeys(account, StateFile.in(folder, "kms.json"), random, clock);
    kms = new Kms(keys, account, random);
    secrets = new Secrets(account, StateFile.in(folder, "secrets.json"), random, clock);
    lambda = new Lambda();
    dynamoDb =
        DynamoDbServer.start(
            config.dynamoDbPort(), folder.map(kept -> kept.resolve("dynamodb.sqlite")));
    faults =
        config.fault().map(kind -> FaultProxy.start(dynamoDb.endpoint(), kind, FAULT_INTERVAL));
    server = startServer();
  }

  private AwsServer startServer() {
    services.put("TrentService", kms::call);
    services.put("secretsmanager", secrets::call);
    try {
      return AwsServer.start(config.port(), services, lambda);
    } catch (RuntimeException e) {
      faults.ifPresent(FaultProxy::close);
      dynamoDb.close();
      lambda.close();
      throw e;
    }
  }

  /**
   * Starts all of them.
   *
   * @throws IllegalStateException if a port is taken; nothing is left running
   */
  public static AwsStandIns start(Config config) {
    Logs.quieten();
    return new AwsStandIns(config);
  }

  /** Where KMS, Secrets Manager and Lambda are. */
  public URI endpoint() {
    return server.endpoint();
  }

  /** Where DynamoDB is. */
  public URI dynamoDbEndpoint() {
    return faults.map(FaultProxy::endpoint).orElseGet(dynamoDb::endpoint);
  }

  /** To seed keys. */
  public Kms kms() {
    return kms;
  }

  /** To seed secrets. */
  public Secrets secrets() {
    return secrets;
  }

  /** From now on Lambda functions run there; until then Invoke finds none. */
  public void runFunctionsWith(FunctionRunner runner) {
    lambda.runWith(runner);
  }

  /**
   * From now on the port answers for one more service.
   *
   * @param targetPrefix what stands before the operation in {@code X-Amz-Target}
   */
  public void serve(String targetPrefix, JsonService service) {
    services.put(targetPrefix, service);
  }

  /**
   * Makes tables, except those that the data folder has already. Without a data folder tables are
   * empty, even on a server that was used before.
   *
   * @throws IllegalStateException if a kept table has another key
   */
  public void createTables(List<TableDefinition> tables) {
    try (DynamoDbClient client = dynamoDbClient()) {
      TableMaker maker = new TableMaker(client);
      boolean keeps = dynamoDb.isChild() || config.dataFolder().isPresent();
      tables.forEach(keeps ? maker::ensure : maker::recreate);
    }
  }

  /** A client of {@link #dynamoDbEndpoint()}; the caller closes it. */
  public DynamoDbClient dynamoDbClient() {
    return DynamoDbClient.builder()
        .endpointOverride(dynamoDbEndpoint())
        .region(Region.of(config.region()))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  /**
   * The system properties by which SDK clients that are built without any setting find this:
   * region, credentials and endpoints.
   */
  public Map<String, String> sdkProperties() {
    return Map.of(
        "aws.region", config.region(),
        "aws.accessKeyId", ACCESS_KEY,
        "aws.secretAccessKey", SECRET_KEY,
        "aws.endpointUrl", endpoint().toString(),
        "aws.endpointUrlDynamoDb", dynamoDbEndpoint().toString());
  }

  /** Stops everything; when it returns no thread of it is left, and kept data is on disk. */
  @Override
  public void close() {
    server.close();
    lambda.close();
    faults.ifPresent(FaultProxy::close);
    dynamoDb.close();
  }
}
