package io.berth.domain.lifecycle;

import java.util.Optional;

/** Lets the state machine wait until the owner chooses bids. */
public final class OwnersChoice {
  private final Journal journal;
  private final StateMachine machine;
  private final LifecycleTimes times;

  public OwnersChoice(Journal journal, StateMachine machine, LifecycleTimes times) {
    this.journal = journal;
    this.machine = machine;
    this.times = times;
  }

  /**
   * Begins to wait. Whichever comes second, this or the choice, makes the machine go on.
   *
   * @param taskToken makes it go on
   * @throws OperationCancelledException if the owner wants no more of it
   */
  public void await(String id, String taskToken) {
    Operation _ = journal.enter(id, Step.CHOOSE_BIDS, times.bidWindow());
    Operation waiting = journal.change(id, known -> known.awaitChoice(Optional.of(taskToken)));
    boolean chosen = waiting.openDecision().isPresent();
    if (chosen || waiting.cancelled()) {
      machine.goOn(taskToken);
    }
  }
}
