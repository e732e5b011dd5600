package io.berth.local.aws.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.berth.local.dynamodb.DynamoDbServer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/** How the AWS SDK reads each fault, which is the judge of its wire format. */
class FaultProxyTest {
  private static final String TABLE = "Things";

  private final DynamoDbServer server = DynamoDbServer.start(0, Optional.empty());
  private final DynamoDbClient direct = client(server, AwsRetryStrategy.doNotRetry());
  private FaultProxy proxy;
  private DynamoDbClient client;

  @BeforeEach
  void createTable() {
    direct.createTable(
        table ->
            table
                .tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    AttributeDefinition.builder()
                        .attributeName("id")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(key())
                .globalSecondaryIndexes(
                    GlobalSecondaryIndex.builder()
                        .indexName("byId")
                        .keySchema(key())
                        .projection(projection -> projection.projectionType("ALL"))
                        .build()));
  }

  private static KeySchemaElement key() {
    return KeySchemaElement.builder().attributeName("id").keyType(KeyType.HASH).build();
  }

  @AfterEach
  void stop() {
    client.close();
    proxy.close();
    direct.close();
    server.close();
  }

  private static DynamoDbClient client(DynamoDbServer server, RetryStrategy retries) {
    return client(server.endpoint(), retries);
  }

  private static DynamoDbClient client(URI endpoint, RetryStrategy retries) {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .overrideConfiguration(settings -> settings.retryStrategy(retries))
        .build();
  }

  /** The second request fails. */
  private void failWith(DynamoDbFault fault, RetryStrategy retries) {
    proxy = FaultProxy.start(server.endpoint(), fault, 2);
    client = client(proxy.endpoint(), retries);
    put("first");
  }

  private void put(String id) {
    client.putItem(put -> put.tableName(TABLE).item(item(id)));
  }

  private static Map<String, AttributeValue> item(String id) {
    return Map.of("id", AttributeValue.fromS(id));
  }

  private boolean exists(String id) {
    return direct.getItem(get -> get.tableName(TABLE).key(item(id))).hasItem();
  }

  private static TransactWriteItem transactPut(String id) {
    return TransactWriteItem.builder().put(put -> put.tableName(TABLE).item(item(id))).build();
  }

  private void transact(String... ids) {
    List<TransactWriteItem> puts = Stream.of(ids).map(FaultProxyTest::transactPut).toList();
    client.transactWriteItems(write -> write.transactItems(puts));
  }

  @Test
  void aTableThatNoTransactionWritesHasNoConflicts() {
    failWith(DynamoDbFault.TRANSACTION_CONFLICT, AwsRetryStrategy.doNotRetry());

    put("second");

    assertThat(proxy.met()).isZero();
  }

  private int indexed(String id) {
    return client
        .query(
            query ->
                query
                    .tableName(TABLE)
                    .indexName("byId")
                    .keyConditionExpression("id = :id")
                    .expressionAttributeValues(Map.of(":id", AttributeValue.fromS(id))))
        .count();
  }

  @Test
  void aThrottledRequestHasNoEffectAndTheSdkRepeatsIt() {
    failWith(DynamoDbFault.THROTTLING, AwsRetryStrategy.doNotRetry());
    assertThatExceptionOfType(ThrottlingException.class)
        .isThrownBy(() -> put("second"))
        .satisfies(e -> assertThat(e.statusCode()).isEqualTo(400));
    assertThat(exists("second")).isFalse();

    retrying(DynamoDbFault.THROTTLING);
    put("third");
    assertThat(exists("third")).isTrue();
  }

  private void retrying(DynamoDbFault fault) {
    client.close();
    proxy.close();
    failWith(fault, AwsRetryStrategy.standardRetryStrategy());
  }

  @Test
  void anErrorBeforeTheEffectHasNone() {
    failWith(DynamoDbFault.ERROR_BEFORE_EFFECT, AwsRetryStrategy.doNotRetry());

    assertThatExceptionOfType(InternalServerErrorException.class)
        .isThrownBy(() -> put("second"))
        .satisfies(e -> assertThat(e.statusCode()).isEqualTo(500));
    assertThat(exists("second")).isFalse();
  }

  @Test
  void anErrorAfterTheEffectLeavesIt() {
    failWith(DynamoDbFault.ERROR_AFTER_EFFECT, AwsRetryStrategy.doNotRetry());

    assertThatExceptionOfType(InternalServerErrorException.class).isThrownBy(() -> put("second"));
    assertThat(exists("second")).isTrue();
  }

  @Test
  void aSingleWriteConflictsWithATransactionAndTheSdkDoesNotRepeatIt() {
    failWith(DynamoDbFault.TRANSACTION_CONFLICT, AwsRetryStrategy.standardRetryStrategy());
    transact("other");

    assertThatExceptionOfType(TransactionConflictException.class)
        .isThrownBy(() -> put("second"))
        .satisfies(e -> assertThat(e.statusCode()).isEqualTo(400));
    assertThat(exists("second")).isFalse();
  }

  @Test
  void aTransactionIsCancelledWithAReasonForEachItem() {
    failWith(DynamoDbFault.TRANSACTION_CONFLICT, AwsRetryStrategy.standardRetryStrategy());
    transact("other");

    assertThatExceptionOfType(TransactionCanceledException.class)
        .isThrownBy(() -> transact("second", "third"))
        .satisfies(
            e ->
                assertThat(e.cancellationReasons())
                    .extracting(CancellationReason::code)
                    .isEqualTo(List.of("TransactionConflict", "None")));
    assertThat(exists("second")).isFalse();
  }

  @Test
  void anIndexIsReadAsItWasEarlier() {
    failWith(DynamoDbFault.STALE_INDEX, AwsRetryStrategy.doNotRetry());
    assertThat(indexed("second")).isZero();
    put("second");

    assertThat(indexed("second")).as("stale").isZero();
    assertThat(indexed("second")).as("current").isOne();
  }

  @Test
  void aSlowAnswerIsTheSameAnswer() {
    failWith(DynamoDbFault.SLOW, AwsRetryStrategy.doNotRetry());

    put("second");

    assertThat(exists("second")).isTrue();
  }
}
