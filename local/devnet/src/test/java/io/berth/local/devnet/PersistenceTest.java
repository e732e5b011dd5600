package io.berth.local.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.proto.cosmos.base.abci.v1beta1.TxResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A devnet that keeps its state, and one that makes its own blocks. */
class PersistenceTest {

  @TempDir private Path directory;

  private TestNet start() {
    return new TestNet(config -> config.withData(directory));
  }

  @Test
  void goesOnWhereItStopped() {
    TxResponse created;
    long height;
    Instant time;
    try (TestNet net = start()) {
      created = net.succeed(net.tenant, net.create().build());
      net.succeed(net.provider, net.bid(net.provider, 1, 1, "2").build());
      net.blocks(5);
      height = net.devnet.height();
      time = net.devnet.time();
    }

    try (TestNet net = start()) {
      assertThat(net.devnet.height()).isEqualTo(height);
      assertThat(net.devnet.time()).isEqualTo(time);
      assertThat(net.deployment().getDeployment().getHash()).isEqualTo(TestNet.hash(7));
      assertThat(net.find(created.getTxhash())).isEqualTo(created);
      net.passes(Duration.between(net.now(), time));
      net.succeed(net.tenant, net.lease(net.provider, 1, 1));
      net.succeed(net.tenant, net.closeDeployment());
      assertThat(Grants.limit(net, "uact")).isEqualTo(20_000_000 - 2);
    }
  }

  @Test
  void refusesAReplayAfterARestart() {
    byte[] bytes;
    try (TestNet net = start()) {
      bytes = net.draft(net.tenant, net.create().build()).bytes();
      assertThat(net.broadcast(bytes).getCode()).isZero();
      net.block();
    }

    try (TestNet net = start()) {
      // Its cache of seen transactions is gone, its nonces are not.
      assertThat(net.broadcast(bytes).getRawLog()).contains("already used timeout");
    }
  }

  @Test
  void leavesNoHalfWrittenFiles() throws Exception {
    try (TestNet net = start()) {
      net.block();
    }

    try (var files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("devnet-state.bin", "devnet-head.bin");
    }
  }

  @Test
  void makesBlocksByItselfWithTimesThatGrow() throws Exception {
    CountDownLatch three = new CountDownLatch(3);
    DevnetConfig config =
        DevnetConfig.defaults()
            .withBlockTime(Duration.ofMillis(5))
            .withClock(
                () -> {
                  three.countDown();
                  return TestNet.START;
                });
    try (Devnet devnet = Devnet.start(config)) {
      assertThat(three.await(10, TimeUnit.SECONDS)).isTrue();
      long height = devnet.produceBlock();
      assertThat(height).isGreaterThanOrEqualTo(3);
      // The clock stands still, block times may not.
      assertThat(devnet.time()).isAfterOrEqualTo(TestNet.START.plusMillis(height - 1));
    }
  }
}
