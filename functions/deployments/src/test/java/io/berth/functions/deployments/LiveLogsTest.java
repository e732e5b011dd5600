package io.berth.functions.deployments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.domain.akash.BidId;
import io.berth.domain.akash.DecCoin;
import io.berth.domain.akash.Lease;
import io.berth.domain.akash.OrderId;
import io.berth.domain.deployment.DeploymentLogs.LogLine;
import io.berth.domain.deployment.LogFollower.End;
import io.berth.domain.deployment.LogFollower.Following;
import io.berth.domain.deployment.LogFollower.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LiveLogsTest {
  private static final Instant NOW = Instant.parse("2026-11-25T09:00:00.5Z");
  private static final Lease LEASE =
      new Lease(
          new BidId(new OrderId("akash1ann", 7, 1, 2), "akash1p", 0),
          Lease.State.ACTIVE,
          new DecCoin("uact", BigDecimal.ONE),
          1,
          0,
          "");

  private static final Following SOME =
      listener -> {
        listener.state(LEASE, State.FOLLOWING, "");
        listener.line(LEASE, new LogLine("web", "web-1", "one\nevent: end", NOW));
        listener.quiet();
        listener.state(LEASE, State.NOT_READY, "no running pods");
        return End.TIME;
      };

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void writesServerSentEventsThatNoLineCanForge() {
    LiveLogs.asEvents(out).tell(SOME);

    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            retry: 2000

            event: lease
            data: {"provider":"akash1p","gseq":1,"oseq":2,"state":"following"}

            event: line
            data: {"service":"web","pod":"web-1","provider":"akash1p","receivedAt":"2026-11-25T09:00:00.500Z","message":"one\\nevent: end"}

            :

            event: lease
            data: {"provider":"akash1p","gseq":1,"oseq":2,"state":"not_ready","reason":"no running pods"}

            event: end
            data: {"reason":"time"}

            """);
  }

  @Test
  void writesTextInWhichALineIsALine() {
    LiveLogs.asText(out).tell(SOME);

    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            # akash1p/1/2: following
            web-1 | one event: end
            #
            # akash1p/1/2: not ready: no running pods
            # the end: the time is up; ask again to go on
            """);
  }

  @Test
  void stopsWhenNobodyReads() {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int one) throws IOException {
            throw new IOException("closed");
          }
        };

    assertThatThrownBy(() -> LiveLogs.asEvents(closed).tell(SOME))
        .isInstanceOf(UncheckedIOException.class);
  }
}
