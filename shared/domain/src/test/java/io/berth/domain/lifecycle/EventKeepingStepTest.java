package io.berth.domain.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventKeepingStepTest {
  private final List<String> kept = new ArrayList<>();

  private Progress run(Progress progress) {
    Journal journal = new Journal(new OneOperation(), () -> Instant.EPOCH);
    return new EventKeepingStep(
            journal,
            id -> progress,
            (userId, dseq) -> {
              kept.add(userId + "/" + dseq);
              throw new IllegalStateException("the table is gone");
            })
        .run("op");
  }

  @Test
  void keepsEventsOnceTheStepIsDoneAndLivesWithoutThem() {
    assertThat(run(new Progress.Done())).isEqualTo(new Progress.Done());
    assertThat(kept).containsExactly("ann/7");
  }

  @Test
  void keepsNoneWhileTheStepWaitsShortly() {
    assertThat(run(new Progress.Wait(4))).isEqualTo(new Progress.Wait(4));
    assertThat(kept).isEmpty();
  }

  @Test
  void keepsThemWhileAWorkloadTakesLongSinceItsProviderMayGiveItUp() {
    assertThat(run(new Progress.Wait(5))).isEqualTo(new Progress.Wait(5));
    assertThat(kept).containsExactly("ann/7");
  }

  private static final class OneOperation implements Operations {
    @Override
    public boolean create(Operation operation) {
      throw new AssertionError("not asked for");
    }

    @Override
    public Optional<Operation> find(String id) {
      return Optional.of(Operation.begin(id, "ann", 7, Optional.empty(), Instant.EPOCH));
    }

    @Override
    public boolean replace(Operation from, Operation next) {
      throw new AssertionError("not asked for");
    }

    @Override
    public List<Operation> unfinished(Instant before, int most) {
      throw new AssertionError("not asked for");
    }
  }
}
