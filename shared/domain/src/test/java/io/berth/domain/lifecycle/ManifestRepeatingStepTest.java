package io.berth.domain.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.ledger.ScriptedChain;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManifestRepeatingStepTest {
  private static final Instant START = Instant.parse("2026-11-25T12:00:00Z");
  private static final Progress WAITING = new Progress.Wait(3);

  private final MemoryOperations operations = new MemoryOperations();
  private Instant now = START;
  private final Journal journal = new Journal(operations, () -> now);
  private final BlockClock blocks =
      new BlockClock(new ScriptedChain(), Duration.ofSeconds(6), () -> now, time -> {});
  private final List<String> sent = new ArrayList<>();

  @BeforeEach
  void begin() {
    assertThat(operations.create(Operation.begin("op", "ann", 7, Optional.empty(), now))).isTrue();
    Operation _ = journal.enter("op", Step.AWAIT_READY, Duration.ofMinutes(10));
  }

  private Progress runAfter(int seconds, Progress progress) {
    now = START.plusSeconds(seconds);
    return new ManifestRepeatingStep(
            journal,
            blocks,
            _ -> progress,
            operation -> {
              sent.add(operation);
              throw new IllegalStateException("the provider is gone");
            })
        .run("op");
  }

  @Test
  void sendsAgainBetweenTheFifthAndTheTenthBlockAndLivesWithoutIt() {
    assertThat(runAfter(29, WAITING)).isEqualTo(WAITING);
    assertThat(sent).isEmpty();
    assertThat(runAfter(30, WAITING)).isEqualTo(WAITING);
    assertThat(sent).containsExactly("op");
    assertThat(runAfter(60, WAITING)).isEqualTo(WAITING);
    assertThat(sent).containsExactly("op");
  }

  @Test
  void leavesAWorkloadThatIsUpToTheRestOfTheMachine() {
    assertThat(runAfter(30, new Progress.Done())).isEqualTo(new Progress.Done());
    assertThat(sent).isEmpty();
  }
}
