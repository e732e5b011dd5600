package io.berth.local.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** {@code kill -9} under writers: a transaction is in the file whole or not at all. */
class DurabilityTest {
  private static final int KILLS = 3;
  private static final int WRITERS = 8;
  private static final int ACKNOWLEDGED_BEFORE_THE_KILL = 40;

  /** One item of each of these owners is written by each transaction. */
  private static final List<String> OWNERS = List.of("ann", "bob", "cat");

  @TempDir Path folder;

  private final Queue<Integer> acknowledged = new ConcurrentLinkedQueue<>();
  private final Queue<Integer> attempted = new ConcurrentLinkedQueue<>();

  @Test
  void whatWasAcknowledgedSurvivesKillsAndNothingIsTorn() throws Exception {
    Optional<Path> file = Optional.of(folder.resolve("kept.sqlite"));
    try (DynamoDbServer server = DynamoDbServer.start(0, file, Map.of());
        DynamoDbClient client = Tables.client(server.endpoint())) {
      Tables.create(client);
    }

    for (int kill = 0; kill < KILLS; kill++) {
      writeUntilKilled(file, kill * 100_000);
    }

    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(KILLS * ACKNOWLEDGED_BEFORE_THE_KILL);
    try (DynamoDbServer server = DynamoDbServer.start(0, file, Map.of());
        DynamoDbClient client = Tables.client(server.endpoint())) {
      assertThat(acknowledged).allMatch(number -> found(client, number) == OWNERS.size());
      assertThat(attempted)
          .allMatch(number -> found(client, number) == 0 || found(client, number) == OWNERS.size());
    }
  }

  private void writeUntilKilled(Optional<Path> file, int from) throws Exception {
    CountDownLatch enough = new CountDownLatch(ACKNOWLEDGED_BEFORE_THE_KILL);
    try (DynamoDbServer server = DynamoDbServer.start(0, file, Map.of());
        DynamoDbClient client = Tables.client(server.endpoint());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writers = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        int first = from + writer * 10_000;
        writers.add(threads.submit(() -> write(client, first, enough)));
      }
      enough.await();
      ProcessHandle dynoxide = Processes.enginesOf(ProcessHandle.current()).findAny().orElseThrow();
      dynoxide.destroyForcibly();
      dynoxide.onExit().join();
      for (Future<?> writer : writers) {
        writer.get();
      }
    }
  }

  private void write(DynamoDbClient client, int first, CountDownLatch enough) {
    try {
      for (int number = first; ; number++) {
        attempted.add(number);
        List<TransactWriteItem> puts = puts(number);
        client.transactWriteItems(request -> request.transactItems(puts));
        acknowledged.add(number);
        enough.countDown();
      }
    } catch (SdkException e) {
      // The server was killed.
    }
  }

  private static List<TransactWriteItem> puts(int number) {
    return OWNERS.stream()
        .map(owner -> Tables.order(owner, number, 1))
        .map(
            order ->
                TransactWriteItem.builder()
                    .put(put -> put.tableName(Tables.ORDERS).item(order))
                    .build())
        .toList();
  }

  private static long found(DynamoDbClient client, int number) {
    return OWNERS.stream()
        .filter(
            owner ->
                client
                    .getItem(
                        get ->
                            get.tableName(Tables.ORDERS)
                                .key(Tables.keyOf(owner, number))
                                .consistentRead(true))
                    .hasItem())
        .count();
  }
}
