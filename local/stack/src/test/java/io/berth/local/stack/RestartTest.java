package io.berth.local.stack;

import static io.berth.local.stack.RunningBerth.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.local.stack.ApiClient.Answer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code make run} as a process: what it tells, that it stops, and what {@code BERTH_DATA} keeps.
 */
class RestartTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path root;

  @Test
  void keepsUsersKeysAndDeploymentsOverARestart() throws Exception {
    for (String needed : List.of("template.yaml", "functions")) {
      Files.createSymbolicLink(root.resolve(needed), RunningBerth.root().resolve(needed));
    }
    String key;
    String dseq;

    Process first = start();
    try {
      Session session = session(first);
      assertThat(session.pid()).isEqualTo(first.pid());
      key = session.apiKey();
      ApiClient api = new ApiClient(session.url(), Optional.of(key));
      Answer created = api.post("/v1/deployments", Sdls.create(Sdls.small(), 1));
      assertThat(created.status()).isEqualTo(201);
      dseq = created.data().get("dseq").asString();
    } finally {
      stop(first);
    }
    assertThat(Session.file(root)).doesNotExist();

    Process second = start();
    try {
      ApiClient api = new ApiClient(session(second).url(), Optional.of(key));
      Answer kept = api.get("/v1/deployments/" + dseq);
      assertThat(kept.status()).isEqualTo(200);
      assertThat(kept.data().at("/deployment/state").asString()).isEqualTo("active");
      until(() -> api.get("/v1/bids/" + dseq), bids -> !bids.data().isEmpty());
      // Closing needs the sealed wallet, its KMS key and its grants: all of them came back.
      assertThat(api.delete("/v1/deployments/" + dseq).status()).isEqualTo(200);
    } finally {
      stop(second);
    }
  }

  private Process start() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    builder.environment().put("BERTH_PORT", "0");
    builder.environment().put("BERTH_BLOCK_TIME", "300ms");
    builder.environment().put("BERTH_DATA", root.resolve("data").toString());
    File log = root.resolve("run.log").toFile();
    return builder
        .directory(root.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
        .start();
  }

  private Session session(Process process) throws IOException {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.exists(Session.file(root)) || Files.size(Session.file(root)) == 0) {
      if (!process.isAlive() || System.nanoTime() > giveUp) {
        throw new AssertionError(
            "Berth did not become ready:\n" + Files.readString(root.resolve("run.log")));
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
    return Session.read(root);
  }

  /** What Ctrl-C does, by another signal. */
  private static void stop(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("Berth did not stop");
    }
  }
}
