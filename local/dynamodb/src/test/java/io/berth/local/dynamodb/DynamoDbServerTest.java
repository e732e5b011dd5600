package io.berth.local.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoDbServerTest {
  @TempDir Path folder;

  @Test
  void listensOnTheLoopbackAddressWithAnEmptyDatabaseOfItsOwn() {
    try (DynamoDbServer one = start(Map.of());
        DynamoDbServer other = start(Map.of());
        DynamoDbClient client = Tables.client(one.endpoint());
        DynamoDbClient otherClient = Tables.client(other.endpoint())) {
      Tables.create(client);

      assertThat(one.endpoint().getHost()).isEqualTo("127.0.0.1");
      assertThat(one.isChild()).isTrue();
      assertThat(client.listTables().tableNames()).containsExactly(Tables.ORDERS);
      assertThat(otherClient.listTables().tableNames()).isEmpty();
    }
  }

  @Test
  void theProcessIsGoneWhenItIsClosed() {
    DynamoDbServer server = start(Map.of());
    List<ProcessHandle> processes = Processes.enginesOf(ProcessHandle.current()).toList();
    assertThat(processes).hasSize(1);

    server.close();

    assertThat(processes).noneMatch(ProcessHandle::isAlive);
  }

  @Test
  void theProcessEndsWithItsParentEvenIfThatIsKilled() throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                StartsAndWaits.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader output = parent.inputReader(StandardCharsets.UTF_8)) {
      assertThat(output.readLine()).startsWith("http://127.0.0.1:");
      ProcessHandle dynoxide = Processes.enginesOf(parent.toHandle()).findAny().orElseThrow();

      parent.destroyForcibly().waitFor();

      dynoxide.onExit().get(30, TimeUnit.SECONDS);
    }
  }

  /** A parent that is killed. */
  static final class StartsAndWaits {
    public static void main(String[] arguments) throws InterruptedException {
      System.out.println(DynamoDbServer.start(0, Optional.empty()).endpoint());
      Thread.currentThread().join();
    }
  }

  @Test
  void saysThatAPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatIllegalStateException()
          .isThrownBy(() -> DynamoDbServer.start(taken.getLocalPort(), Optional.empty(), Map.of()))
          .withMessageContaining(taken.getLocalPort() + "")
          .withMessageContaining("in use");
    }
  }

  @Test
  void usesARunningServerAndLeavesItRunning() {
    try (DynamoDbServer running = start(Map.of());
        DynamoDbClient client = Tables.client(running.endpoint())) {
      DynamoDbServer used = start(Map.of(DynamoDbServer.ENDPOINT, running.endpoint().toString()));
      assertThat(used.endpoint()).isEqualTo(running.endpoint());
      assertThat(used.isChild()).isFalse();

      used.close();

      assertThat(client.listTables().tableNames()).isEmpty();
    }
  }

  @Test
  void runsTheBinaryThatTheEnvironmentNames() throws Exception {
    Path binary = Files.createSymbolicLink(folder.resolve("mine"), Binary.find(Map.of()));

    try (DynamoDbServer server = start(Map.of(Binary.VARIABLE, binary.toString()))) {
      assertThat(ProcessHandle.current().descendants())
          .anyMatch(process -> process.info().commandLine().orElse("").contains(binary.toString()));
      assertThat(server.isChild()).isTrue();
    }
  }

  @Test
  void saysWhichVariableNamesNoBinary() {
    assertThatIllegalStateException()
        .isThrownBy(() -> start(Map.of(Binary.VARIABLE, folder.resolve("none").toString())))
        .withMessageContaining("BERTH_DYNOXIDE is not an executable file")
        .withMessageContaining("none");
  }

  private static DynamoDbServer start(Map<String, String> environment) {
    return DynamoDbServer.start(0, Optional.empty(), environment);
  }
}
