package io.berth.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.wallet.ReSealRun;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One row, so one test from its first state to its last. */
class DynamoReSealRunsTest {
  private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");

  private static LocalTables tables;
  private static DynamoReSealRuns runs;

  @BeforeAll
  static void start() {
    tables = new LocalTables();
    runs = new DynamoReSealRuns(tables.client(), LocalTables.JOBS);
  }

  @AfterAll
  static void stop() {
    tables.close();
  }

  @Test
  @Tag("not-moto")
  void keepsEachStateOnceAndInOrder() throws Exception {
    assertThat(runs.last()).isEmpty();
    ReSealRun first =
        ReSealRun.start("arn:key/1", 0, NOW)
            .afterPage(
                new ReSealRun.Counts(3, 2, 1, 1),
                List.of("user-9"),
                Optional.of("user-7"),
                NOW.plusSeconds(1));

    assertThat(Race.winners(() -> runs.keep(first))).isEqualTo(1);
    assertThat(runs.last()).contains(first);

    ReSealRun last =
        first.afterPage(
            new ReSealRun.Counts(0, 1, 0, 0), List.of(), Optional.empty(), NOW.plusSeconds(2));
    assertThat(Race.winners(() -> runs.keep(last))).isEqualTo(1);
    assertThat(runs.last()).contains(last);

    assertThat(runs.keep(first)).isFalse();
    assertThat(runs.last()).contains(last);
  }
}
