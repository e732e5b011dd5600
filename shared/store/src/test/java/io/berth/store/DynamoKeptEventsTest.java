package io.berth.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.akash.BidId;
import io.berth.domain.akash.OrderId;
import io.berth.domain.deployment.KeptEvent;
import io.berth.domain.provider.ClusterEvent;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DynamoKeptEventsTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00.000000007Z");

  private static LocalTables tables;
  private static DynamoKeptEvents events;

  private final String userId = UUID.randomUUID().toString();

  @BeforeAll
  static void start() {
    tables = new LocalTables();
    events = new DynamoKeptEvents(tables.client(), LocalTables.REPORTS);
  }

  @AfterAll
  static void stop() {
    tables.close();
  }

  private static KeptEvent event(int gseq, String reason, String note, Instant at) {
    return new KeptEvent(
        new BidId(new OrderId("akash1ann", 7, gseq, 2), "akash1p", 0),
        new ClusterEvent("Normal", reason, note, "Pod", "web-1", at));
  }

  @Test
  void givesBackWhatItKeptOfEachDeployment() {
    KeptEvent pulled = event(1, "Pulled", "", NOW);
    KeptEvent other = event(2, "Pulled", "", NOW);
    events.keep(userId, 7, List.of(pulled, other));
    events.keep(userId, 71, List.of(event(1, "Started", "", NOW)));

    assertThat(events.of(userId, 7)).containsExactlyInAnyOrder(pulled, other);
    assertThat(events.of("someone else", 7)).isEmpty();
  }

  @Test
  void keepsTheFirstOfEqualEvents() {
    KeptEvent first = event(1, "Pulled", "nginx", NOW);
    events.keep(userId, 7, List.of(first));

    events.keep(userId, 7, List.of(event(1, "Pulled", "nginx", NOW.plusSeconds(1))));

    assertThat(events.of(userId, 7)).containsExactly(first);
  }

  @Test
  void tellsEventsApartWhoseTextsOnlyTogetherAreAlike() {
    events.keep(userId, 7, List.of(event(1, "ab", "c", NOW), event(1, "a", "bc", NOW)));

    assertThat(events.of(userId, 7)).hasSize(2);
  }

  @Test
  void findsMoreThanOnePageHolds() {
    String note = "x".repeat(3_000);
    List<KeptEvent> many =
        IntStream.range(0, 500).mapToObj(i -> event(1, "r" + i, note, NOW)).toList();

    events.keep(userId, 7, many);

    assertThat(events.of(userId, 7)).containsExactlyInAnyOrderElementsOf(many);
  }
}
