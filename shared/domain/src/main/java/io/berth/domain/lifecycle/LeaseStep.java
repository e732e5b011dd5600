package io.berth.domain.lifecycle;

import io.berth.domain.deployment.Leasing;
import io.berth.domain.lifecycle.Decision.Standing;
import io.berth.domain.problem.Problem;
import java.util.Optional;

/** Makes the chosen bids leases, all in one transaction. */
public final class LeaseStep implements StepWork {
  private static final int MOST_CHOICES = 3;

  private final Journal journal;
  private final Leasing leasing;
  private final BlockClock blocks;
  private final LifecycleTimes times;

  public LeaseStep(Journal journal, Leasing leasing, BlockClock blocks, LifecycleTimes times) {
    this.journal = journal;
    this.leasing = leasing;
    this.blocks = blocks;
    this.times = times;
  }

  /**
   * Goes on with it.
   *
   * @throws LifecycleException if nothing was chosen, or the leases cannot be
   */
  @Override
  public Progress run(String id) {
    Operation known = journal.change(id, operation -> operation.awaitChoice(Optional.empty()));
    if (known.openDecision().isEmpty() && !known.cancelled()) {
      throw nobodyChose(id);
    }
    Operation operation = journal.enter(id, Step.CREATE_LEASES, times.transaction());
    Decision decision = operation.decision().orElseThrow();
    if (decision.standing() == Standing.LEASED) {
      return journal.leave(id);
    }
    Attempt attempt =
        Attempt.at(() -> leasing.accept(operation.userId(), operation.dseq(), decision.choices()));
    return switch (attempt.last(journal.isOverdue(operation))) {
      case Attempt.Done done -> {
        journal.decide(id, decision.reach(Standing.LEASED, journal.now()));
        yield journal.leave(id);
      }
      case Attempt.NotYet notYet -> blocks.untilNextBlock();
      case Attempt.Refused(Problem problem) -> throw refused(id, decision, problem);
    };
  }

  private NobodyChoseException nobodyChose(String id) {
    String message = "Nobody chose a bid while the bids were open";
    journal.fail(id, new Fault(Fault.Kind.IMPOSSIBLE, "nobody_chose", message));
    return new NobodyChoseException(message);
  }

  /** An owner may choose as often as he likes; rules that get nowhere are given up. */
  private LifecycleException refused(String id, Decision decision, Problem problem) {
    Fault fault = Fault.of("lease_refused", problem);
    Operation operation =
        journal.change(id, known -> known.decide(decision.refuse(fault, journal.now())));
    boolean again =
        operation.selection().isEmpty() || operation.runsOf(Step.CREATE_LEASES) < MOST_CHOICES;
    if (again) {
      return new LeasesRefusedException(problem.message());
    }
    journal.fail(id, fault);
    return new LeasesRefusedAgainException(problem.message());
  }
}
