package io.berth.local.aws;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** Makes tables as they are defined, unless kept data has them already. */
final class TableMaker {
  private final DynamoDbClient dynamoDb;

  TableMaker(DynamoDbClient dynamoDb) {
    this.dynamoDb = dynamoDb;
  }

  void ensure(TableDefinition table) {
    Optional<TableDescription> known = find(table.name());
    known.ifPresent(description -> requireSameShape(table, description));
    if (known.isEmpty()) {
      dynamoDb.createTable(request(table));
    }
    table.ttlAttribute().ifPresent(attribute -> enableExpiry(table.name(), attribute));
  }

  /** Makes an empty table; one of that name that is there already is dropped first. */
  void recreate(TableDefinition table) {
    try {
      dynamoDb.deleteTable(delete -> delete.tableName(table.name()));
      dynamoDb.waiter().waitUntilTableNotExists(wait -> wait.tableName(table.name()));
    } catch (ResourceNotFoundException e) {
      // The usual case.
    }
    ensure(table);
    dynamoDb.waiter().waitUntilTableExists(wait -> wait.tableName(table.name()));
  }

  private Optional<TableDescription> find(String name) {
    try {
      return Optional.of(dynamoDb.describeTable(request -> request.tableName(name)).table());
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    }
  }

  /**
   * Data kept by another version of Berth is not converted; using it as it is would only confuse.
   */
  private static void requireSameShape(TableDefinition table, TableDescription known) {
    CreateTableRequest wanted = request(table);
    boolean same =
        wanted.keySchema().equals(known.keySchema())
            && Set.copyOf(wanted.attributeDefinitions())
                .equals(Set.copyOf(known.attributeDefinitions()))
            && indexKeys(wanted).equals(indexKeys(known));
    if (!same) {
      throw new IllegalStateException(
          "the kept table "
              + table.name()
              + " has another key than the template now gives it: delete the data folder");
    }
  }

  private record IndexKey(String name, List<KeySchemaElement> key) {}

  private static Set<IndexKey> indexKeys(CreateTableRequest request) {
    Set<IndexKey> keys = new HashSet<>();
    for (GlobalSecondaryIndex index : request.globalSecondaryIndexes()) {
      keys.add(new IndexKey(index.indexName(), index.keySchema()));
    }
    return keys;
  }

  private static Set<IndexKey> indexKeys(TableDescription description) {
    Set<IndexKey> keys = new HashSet<>();
    for (GlobalSecondaryIndexDescription index : description.globalSecondaryIndexes()) {
      keys.add(new IndexKey(index.indexName(), index.keySchema()));
    }
    return keys;
  }

  private static CreateTableRequest request(TableDefinition table) {
    CreateTableRequest.Builder request =
        CreateTableRequest.builder()
            .tableName(table.name())
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .keySchema(schema(table.key()))
            .attributeDefinitions(attributes(table));
    if (!table.indexes().isEmpty()) {
      request.globalSecondaryIndexes(table.indexes().stream().map(TableMaker::index).toList());
    }
    return request.build();
  }

  private static List<AttributeDefinition> attributes(TableDefinition table) {
    return table.attributes().entrySet().stream()
        .map(
            entry ->
                AttributeDefinition.builder()
                    .attributeName(entry.getKey())
                    .attributeType(entry.getValue())
                    .build())
        .toList();
  }

  private static List<KeySchemaElement> schema(TableDefinition.Key key) {
    List<KeySchemaElement> schema = new ArrayList<>();
    schema.add(element(key.partition(), KeyType.HASH));
    key.sort().ifPresent(sort -> schema.add(element(sort, KeyType.RANGE)));
    return schema;
  }

  private static KeySchemaElement element(String attribute, KeyType type) {
    return KeySchemaElement.builder().attributeName(attribute).keyType(type).build();
  }

  private static GlobalSecondaryIndex index(TableDefinition.Index index) {
    Projection.Builder projection = Projection.builder().projectionType(index.projection());
    if (!index.included().isEmpty()) {
      projection.nonKeyAttributes(index.included());
    }
    return GlobalSecondaryIndex.builder()
        .indexName(index.name())
        .keySchema(schema(index.key()))
        .projection(projection.build())
        .build();
  }

  private void enableExpiry(String table, String attribute) {
    TimeToLiveDescription expiry =
        dynamoDb.describeTimeToLive(request -> request.tableName(table)).timeToLiveDescription();
    if (expiry.timeToLiveStatus() == TimeToLiveStatus.ENABLED
        || expiry.timeToLiveStatus() == TimeToLiveStatus.ENABLING) {
      return;
    }
    dynamoDb.updateTimeToLive(
        request ->
            request
                .tableName(table)
                .timeToLiveSpecification(ttl -> ttl.attributeName(attribute).enabled(true)));
  }
}
