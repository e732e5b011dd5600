package io.berth.local.dynamodb;

import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** One table of the tests, with a partition key, a sort key and an index. */
final class Tables {
  static final String ORDERS = "Orders";
  static final String BY_STATE = "byState";

  private Tables() {}

  /** A client that reports each failure at once. */
  static DynamoDbClient client(URI endpoint) {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .overrideConfiguration(client -> client.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .build();
  }

  static void create(DynamoDbClient client) {
    client.createTable(
        table ->
            table
                .tableName(ORDERS)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    attribute("owner", ScalarAttributeType.S),
                    attribute("dseq", ScalarAttributeType.N),
                    attribute("state", ScalarAttributeType.S))
                .keySchema(key("owner", KeyType.HASH), key("dseq", KeyType.RANGE))
                .globalSecondaryIndexes(index()));
  }

  private static GlobalSecondaryIndex index() {
    return GlobalSecondaryIndex.builder()
        .indexName(BY_STATE)
        .keySchema(key("state", KeyType.HASH), key("dseq", KeyType.RANGE))
        .projection(
            projection ->
                projection.projectionType(ProjectionType.INCLUDE).nonKeyAttributes("price"))
        .build();
  }

  private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
    return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  /** An order in state {@code open} with a price. */
  static Map<String, AttributeValue> order(String owner, int dseq, int price) {
    return Map.of(
        "owner", AttributeValue.fromS(owner),
        "dseq", AttributeValue.fromN("" + dseq),
        "state", AttributeValue.fromS("open"),
        "price", AttributeValue.fromN("" + price));
  }

  static Map<String, AttributeValue> keyOf(String owner, int dseq) {
    return Map.of("owner", AttributeValue.fromS(owner), "dseq", AttributeValue.fromN("" + dseq));
  }
}
