package io.berth.functions.lifecycle;

import io.berth.domain.lifecycle.Progress;

/** What the state machine tells its tasks, and what they answer, as JSON. */
final class TaskProtocol {
  private TaskProtocol() {}

  /** Whose step to go on with. */
  record StepRequest(String operationId) {}

  /**
   * How the step stands.
   *
   * @param waitSeconds when to call again if it is not done
   */
  record StepAnswer(boolean done, int waitSeconds) {

    static StepAnswer of(Progress progress) {
      return switch (progress) {
        case Progress.Done done -> new StepAnswer(true, 0);
        case Progress.Wait(int seconds) -> new StepAnswer(false, seconds);
      };
    }
  }

  /** Whose owner must choose, and what tells the machine that he did. */
  record ChoiceRequest(String operationId, String taskToken) {
    /** The token is a secret. */
    @Override
    public String toString() {
      return "ChoiceRequest[" + operationId + "]";
    }
  }

  /** Nothing to tell. */
  record Nothing() {}
}
