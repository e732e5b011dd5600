package io.berth.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

class DynamoDbTest {
  private static final TableDefinition ORDERS =
      new TableDefinition(
          "Orders",
          new TableDefinition.Key("owner", Optional.of("dseq")),
          Map.of("owner", "S", "dseq", "N", "state", "S"),
          List.of(
              new TableDefinition.Index(
                  "byState",
                  new TableDefinition.Key("state", Optional.of("dseq")),
                  "INCLUDE",
                  List.of("price"))),
          Optional.of("expiresAt"));

  private static final Map<String, AttributeValue> ORDER =
      Map.of(
          "owner", AttributeValue.fromS("akash1"),
          "dseq", AttributeValue.fromN("7"),
          "state", AttributeValue.fromS("open"),
          "price", AttributeValue.fromN("10"));

  @Test
  void makesTablesAsTheyAreDefined() {
    try (AwsStandIns aws = AwsStandIns.start(AwsStandIns.Config.inMemory());
        DynamoDbClient client = aws.dynamoDbClient()) {
      aws.createTables(List.of(ORDERS));

      TableDescription table = client.describeTable(r -> r.tableName("Orders")).table();
      assertThat(table.keySchema())
          .extracting(key -> key.attributeName() + " " + key.keyTypeAsString())
          .containsExactly("owner HASH", "dseq RANGE");
      assertThat(table.attributeDefinitions())
          .extracting(
              attribute -> attribute.attributeName() + " " + attribute.attributeTypeAsString())
          .containsExactlyInAnyOrder("owner S", "dseq N", "state S");
      assertThat(table.globalSecondaryIndexes())
          .singleElement()
          .satisfies(
              index -> {
                assertThat(index.indexName()).isEqualTo("byState");
                assertThat(index.projection().nonKeyAttributes()).containsExactly("price");
              });
      assertThat(
              client
                  .describeTimeToLive(r -> r.tableName("Orders"))
                  .timeToLiveDescription()
                  .timeToLiveStatus())
          .isEqualTo(TimeToLiveStatus.ENABLED);
    }
  }

  @Test
  void checksConditionsAndQueriesIndexes() {
    try (AwsStandIns aws = AwsStandIns.start(AwsStandIns.Config.inMemory());
        DynamoDbClient client = aws.dynamoDbClient()) {
      aws.createTables(List.of(ORDERS));
      client.putItem(r -> r.tableName("Orders").item(ORDER));

      assertThatThrownBy(
              () ->
                  client.putItem(
                      r ->
                          r.tableName("Orders")
                              .item(ORDER)
                              .conditionExpression("attribute_not_exists(dseq)")))
          .isInstanceOf(ConditionalCheckFailedException.class);
      assertThat(
              client
                  .query(
                      r ->
                          r.tableName("Orders")
                              .indexName("byState")
                              .keyConditionExpression("#s = :s")
                              .expressionAttributeNames(Map.of("#s", "state"))
                              .expressionAttributeValues(
                                  Map.of(":s", AttributeValue.fromS("open"))))
                  .items())
          .containsExactly(ORDER);
    }
  }

  @Test
  void keepsTablesInItsFolderAndMakesThemOnce(@TempDir Path folder) {
    AwsStandIns.Config config = AwsStandIns.Config.inMemory().keptIn(folder);
    try (AwsStandIns first = AwsStandIns.start(config);
        DynamoDbClient client = first.dynamoDbClient()) {
      first.createTables(List.of(ORDERS));
      client.putItem(r -> r.tableName("Orders").item(ORDER));
    }

    try (AwsStandIns second = AwsStandIns.start(config);
        DynamoDbClient client = second.dynamoDbClient()) {
      second.createTables(List.of(ORDERS));
      Map<String, AttributeValue> key =
          Map.of("owner", ORDER.get("owner"), "dseq", ORDER.get("dseq"));
      assertThat(client.getItem(r -> r.tableName("Orders").key(key).consistentRead(true)).item())
          .isEqualTo(ORDER);
    }
  }

  @Test
  void refusesAKeptTableOfAnotherShape(@TempDir Path folder) {
    AwsStandIns.Config config = AwsStandIns.Config.inMemory().keptIn(folder);
    TableDefinition other =
        TableDefinition.of(
            "Orders", new TableDefinition.Key("id", Optional.empty()), Map.of("id", "S"));
    try (AwsStandIns aws = AwsStandIns.start(config)) {
      aws.createTables(List.of(other));

      assertThatThrownBy(() -> aws.createTables(List.of(ORDERS)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("Orders");
    }
  }

  @Test
  void leavesNoThreadBehind() throws InterruptedException {
    Set<Thread> before = liveThreads();
    try (AwsStandIns aws = AwsStandIns.start(AwsStandIns.Config.inMemory());
        DynamoDbClient client = aws.dynamoDbClient()) {
      aws.createTables(List.of(ORDERS));
      client.putItem(r -> r.tableName("Orders").item(ORDER));
    }

    Set<Thread> left = new HashSet<>(liveThreads());
    left.removeAll(before);
    for (Thread thread : left) {
      // Nothing of ours may run on; what only just ended may take a moment to be gone.
      thread.join(5_000);
    }
    assertThat(left).filteredOn(Thread::isAlive).isEmpty();
  }

  @Test
  void saysThatAPortIsTakenAndLeavesNoThreadBehind() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Set<Thread> before = liveThreads();
      AwsStandIns.Config dynamoDb =
          new AwsStandIns.Config(
              0, taken.getLocalPort(), Optional.empty(), "us-east-1", "000000000000");
      AwsStandIns.Config others =
          new AwsStandIns.Config(
              taken.getLocalPort(), 0, Optional.empty(), "us-east-1", "000000000000");

      assertThatThrownBy(() -> AwsStandIns.start(dynamoDb))
          .hasMessageContaining("" + taken.getLocalPort());
      assertThatThrownBy(() -> AwsStandIns.start(others))
          .hasMessageContaining("" + taken.getLocalPort());

      Set<Thread> left = new HashSet<>(liveThreads());
      left.removeAll(before);
      assertThat(left).isEmpty();
    }
  }

  /** Threads that would keep the process alive. */
  private static Set<Thread> liveThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !thread.isDaemon())
        .collect(Collectors.toSet());
  }
}
