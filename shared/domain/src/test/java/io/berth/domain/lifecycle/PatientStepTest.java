package io.berth.domain.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.domain.ledger.ChainUnavailableException;
import io.berth.domain.ledger.ScriptedChain;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PatientStepTest {
  private static final Duration BLOCK = Duration.ofSeconds(6);
  private static final Instant START = Instant.parse("2026-11-25T12:00:00Z");

  private final ScriptedChain chain = new ScriptedChain();
  private final MemoryOperations operations = new MemoryOperations();
  private Instant now = START;
  private Optional<Instant> nextBlock = Optional.empty();
  private final Journal journal = new Journal(operations, () -> now);
  private final BlockClock blocks = new BlockClock(chain, BLOCK, () -> now, this::pass);

  private void pass(Duration time) {
    now = now.plus(time);
    if (nextBlock.filter(due -> !due.isAfter(now)).isPresent()) {
      nextBlock = Optional.empty();
      chain.produceBlock();
    }
  }

  @BeforeEach
  void begin() {
    assertThat(operations.create(Operation.begin("op", "ann", 7, Optional.empty(), now))).isTrue();
    Operation _ = journal.enter("op", Step.CREATE_DEPLOYMENT, Duration.ofMinutes(10));
  }

  /** Answers one after the other; too few are too many calls. */
  private Progress run(Progress... answers) {
    Queue<Progress> left = new ArrayDeque<>(List.of(answers));
    return new PatientStep(journal, blocks, _ -> left.remove()).run("op");
  }

  private Progress runWithoutNode() {
    return new PatientStep(
            journal,
            blocks,
            _ -> {
              throw new ChainUnavailableException("no answer", null);
            })
        .run("op");
  }

  @Test
  void waitsForTheBlockThatIsDueInsteadOfBeingCalledAgainAtOnce() {
    nextBlock = Optional.of(START.plusMillis(700));

    assertThat(run(new Progress.Wait(0), new Progress.Done())).isEqualTo(new Progress.Done());
  }

  @Test
  void goesBackToTheMachineIfTheBlockIsLate() {
    nextBlock = Optional.of(START.plusSeconds(30));

    assertThat(run(new Progress.Wait(0))).isEqualTo(new Progress.Wait(0));
    assertThat(Duration.between(START, now)).isBetween(BLOCK.dividedBy(4), BLOCK.dividedBy(2));
  }

  @Test
  void doesNotWaitForABlockThatIsFarAway() {
    assertThat(run(new Progress.Wait(4))).isEqualTo(new Progress.Wait(4));
    assertThat(now).isEqualTo(START);
  }

  @Test
  void asksASilentNodeLessAndLessOften() {
    assertThat(runWithoutNode()).isEqualTo(new Progress.Wait(6));
    now = START.plusSeconds(60);
    assertThat(runWithoutNode()).isEqualTo(new Progress.Wait(15));
    now = START.plusSeconds(590);
    assertThat(runWithoutNode()).isEqualTo(new Progress.Wait(30));
  }

  @Test
  void givesUpWithAReasonWhenTheStepsTimeIsOver() {
    now = START.plusSeconds(601);

    assertThatThrownBy(this::runWithoutNode).isInstanceOf(StepTimedOutException.class);
    assertThat(journal.require("op").fault().map(Fault::code)).contains("timed_out");
  }
}
