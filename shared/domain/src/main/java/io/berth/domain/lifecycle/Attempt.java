package io.berth.domain.lifecycle;

import io.berth.domain.ledger.ChainUnavailableException;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;

/** How one attempt at an effect went. */
sealed interface Attempt {

  record Done() implements Attempt {}

  /** Not known yet, or something does not answer: attempting it again is safe. */
  record NotYet(Problem problem) implements Attempt {}

  /** It will not happen. */
  record Refused(Problem problem) implements Attempt {}

  static Attempt at(Runnable effect) {
    try {
      effect.run();
      return new Done();
    } catch (Refusal refusal) {
      return isPassing(refusal.problem())
          ? new NotYet(refusal.problem())
          : new Refused(refusal.problem());
    } catch (ChainUnavailableException e) {
      return new NotYet(new Problem.Unavailable("Service temporarily unavailable"));
    }
  }

  /** This attempt, but the last: what is not there yet counts as refused if the time is over. */
  default Attempt last(boolean isOver) {
    return isOver && this instanceof NotYet(Problem problem) ? new Refused(problem) : this;
  }

  private static boolean isPassing(Problem problem) {
    return problem instanceof Problem.OutcomeUnknown
        || problem instanceof Problem.Unavailable
        || problem instanceof Problem.Conflict;
  }
}
