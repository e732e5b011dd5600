package io.berth.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.limit.RequestCounts.Counts;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DynamoRequestCountsTest {
  private static final Instant WINDOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final Instant FORGOTTEN = WINDOW.plusSeconds(600);

  /** An internal error after its effect counts a request twice: the caller has one less. */
  @Tag("counts-attempts")
  @Test
  @Tag("not-moto")
  void countsEachUserEachKeyAndEachWindowAndLosesNone() throws Exception {
    try (LocalTables tables = new LocalTables()) {
      DynamoRequestCounts counts =
          new DynamoRequestCounts(tables.client(), LocalTables.REQUEST_COUNTS);

      assertThat(counts.count("ann", "a", WINDOW, FORGOTTEN)).isEqualTo(new Counts(1, 1));
      assertThat(counts.count("ann", "b", WINDOW, FORGOTTEN)).isEqualTo(new Counts(2, 1));
      assertThat(counts.count("ann", "b", WINDOW, FORGOTTEN)).isEqualTo(new Counts(3, 2));
      assertThat(counts.count("bob", "b", WINDOW, FORGOTTEN)).isEqualTo(new Counts(1, 1));
      assertThat(counts.count("ann", "b", WINDOW.plusSeconds(10), FORGOTTEN))
          .isEqualTo(new Counts(1, 1));

      Queue<Long> seen = new ConcurrentLinkedQueue<>();
      long runners =
          Race.winners(() -> seen.add(counts.count("eve", "k", WINDOW, FORGOTTEN).ofCaller()));
      assertThat(seen)
          .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, runners).boxed().toList());
    }
  }
}
