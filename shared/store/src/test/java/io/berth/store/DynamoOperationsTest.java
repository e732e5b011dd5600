package io.berth.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.bidding.BidSelection;
import io.berth.domain.deployment.Leasing.Choice;
import io.berth.domain.lifecycle.Decision;
import io.berth.domain.lifecycle.Fault;
import io.berth.domain.lifecycle.Operation;
import io.berth.domain.lifecycle.Operations;
import io.berth.domain.lifecycle.Step;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DynamoOperationsTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00.000000001Z");
  private static final BidSelection SELECTION =
      new BidSelection(
          BidSelection.Strategy.CHEAPEST,
          Optional.of(new BigDecimal("12.000000000000000001")),
          Set.of("akash1a"),
          Set.of("akash1b", "akash1c"),
          Map.of("region", "eu"),
          true,
          2,
          Duration.ofSeconds(45));
  private static final Fault FAULT = new Fault(Fault.Kind.CONFLICT, "busy", "Something is busy");

  private static LocalTables tables;
  private static Operations operations;

  private final Operation fresh = operation(NOW, Optional.of(SELECTION));

  @BeforeAll
  static void start() {
    tables = new LocalTables();
    operations = new DynamoOperations(tables.client(), LocalTables.OPERATIONS);
  }

  @AfterAll
  static void stop() {
    tables.close();
  }

  private static Operation operation(Instant startedAt, Optional<BidSelection> selection) {
    return Operation.begin(
        UUID.randomUUID().toString(), "u1", 1_790_000_000_000L, selection, startedAt);
  }

  private static Operation full(Operation from) {
    return from.enter(Step.CREATE_DEPLOYMENT, NOW, NOW.plusSeconds(600))
        .enter(Step.CHOOSE_BIDS, NOW.plusSeconds(6), NOW.plusSeconds(300))
        .awaitChoice(Optional.of("token"))
        .decide(
            Decision.of(List.of(new Choice(1, 2, "akash1d")), NOW.plusSeconds(7))
                .refuse(FAULT, NOW.plusSeconds(8)))
        .refuse(Set.of("akash1d"))
        .cancel()
        .fail(FAULT)
        .ready(false);
  }

  @Test
  void keepsAnOperationOnce() {
    assertThat(operations.create(fresh)).isTrue();
    assertThat(operations.create(fresh)).isFalse();

    assertThat(operations.find(fresh.id())).contains(fresh);
    assertThat(operations.find("another")).isEmpty();
  }

  @Test
  void keepsEverythingThatIsKnownOfAnOperation() {
    operations.create(fresh);
    Operation changed = full(fresh);

    assertThat(operations.replace(fresh, changed)).isTrue();

    assertThat(operations.find(fresh.id())).contains(changed.next());
  }

  @Test
  void keepsAnOperationWhoseOwnerChooses() {
    Operation manual = operation(NOW, Optional.empty());
    operations.create(manual);

    assertThat(operations.find(manual.id())).contains(manual);
  }

  @Test
  void changesNothingThatSomebodyElseChangedMeanwhile() {
    operations.create(fresh);
    operations.replace(fresh, fresh.cancel());

    assertThat(operations.replace(fresh, fresh.ready(true))).isFalse();
    assertThat(operations.find(fresh.id())).contains(fresh.cancel().next());
  }

  @Test
  @Tag("not-moto")
  void letsOneOfManyChange() throws Exception {
    operations.create(fresh);

    assertThat(Race.winners(() -> operations.replace(fresh, fresh.cancel()))).isEqualTo(1);
  }

  @Test
  void listsWhatIsNotOverTheOldestFirst() {
    Instant longAgo = Instant.parse("2001-01-01T00:00:00Z");
    Operation second = operation(longAgo.plusSeconds(2), Optional.empty());
    Operation first = operation(longAgo.plusSeconds(1), Optional.empty());
    Operation over = operation(longAgo, Optional.empty());
    Operation later = operation(longAgo.plusSeconds(3), Optional.empty());
    List.of(second, first, over, later).forEach(operations::create);
    operations.replace(over, over.end(Operation.State.SUCCEEDED, longAgo));

    assertThat(operations.unfinished(later.startedAt(), 10)).containsExactly(first, second);
    assertThat(operations.unfinished(later.startedAt(), 1)).containsExactly(first);
  }
}
