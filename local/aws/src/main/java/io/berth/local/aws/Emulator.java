package io.berth.local.aws;

import io.berth.local.aws.faults.DynamoDbFault;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * What tests of Berth's adapters find in the place of AWS: stand-ins of their own, or whatever
 * {@link #PROPERTY} names, which may have been used before. {@code local/emulators} runs the same
 * tests against several.
 */
public final class Emulator implements AutoCloseable {
  /** System property: the address of an emulator that serves all services. */
  public static final String PROPERTY = "berth.emulator";

  private static final Region REGION = Region.US_EAST_1;

  /** As many attempts as the SDK makes for DynamoDB by default, without its waits between them. */
  public static final RetryStrategy WITHOUT_WAITING =
      AwsRetryStrategy.standardRetryStrategy().toBuilder()
          .backoffStrategy(BackoffStrategy.retryImmediately())
          .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
          .maxAttempts(9)
          .circuitBreakerEnabled(false)
          .build();

  private final Optional<AwsStandIns> standIns;
  private final URI endpoint;
  private final DynamoDbClient dynamoDb;

  private Emulator(Optional<AwsStandIns> standIns, URI endpoint, URI dynamoDbEndpoint) {
    this.standIns = standIns;
    this.endpoint = endpoint;
    this.dynamoDb =
        pointed(DynamoDbClient.builder(), dynamoDbEndpoint)
            .overrideConfiguration(client -> client.retryStrategy(WITHOUT_WAITING))
            .build();
  }

  /** The emulator that is running, or fresh stand-ins. */
  public static Emulator start() {
    return Optional.ofNullable(System.getProperty(PROPERTY))
        .map(URI::create)
        .map(running -> new Emulator(Optional.empty(), running, running))
        .orElseGet(
            () ->
                of(
                    AwsStandIns.start(
                        AwsStandIns.Config.inMemory().failing(DynamoDbFault.configured()))));
  }

  private static Emulator of(AwsStandIns aws) {
    return new Emulator(Optional.of(aws), aws.endpoint(), aws.dynamoDbEndpoint());
  }

  /** Berth's stand-ins, if these are what is running: not all services are there by themselves. */
  public Optional<AwsStandIns> standIns() {
    return standIns;
  }

  /** A client of its DynamoDB, closed with it. */
  public DynamoDbClient dynamoDb() {
    return dynamoDb;
  }

  /** Points a client of any other service to it. */
  public <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B point(B builder) {
    return pointed(builder, endpoint);
  }

  private static <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B pointed(
      B builder, URI endpoint) {
    return builder
        .endpointOverride(endpoint)
        .region(REGION)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .httpClientBuilder(UrlConnectionHttpClient.builder());
  }

  /** Makes tables, empty ones even where an earlier test left some of their names. */
  public void createTables(List<TableDefinition> tables) {
    TableMaker maker = new TableMaker(dynamoDb);
    tables.forEach(maker::recreate);
  }

  @Override
  public void close() {
    dynamoDb.close();
    standIns.ifPresent(AwsStandIns::close);
  }
}
