package io.berth.domain.lifecycle;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.ObjLongConsumer;

/**
 * A step at whose end the events of the deployment are kept, and each time when it takes long: what
 * tells why a workload came up, or did not, its provider forgets within about an hour, and at once
 * when it gives the workload up.
 */
public final class EventKeepingStep implements StepWork {
  private static final Logger LOG = System.getLogger(EventKeepingStep.class.getName());

  /** Whoever waits as long has waited for some time already. */
  private static final int LONG_WAIT_SECONDS = 5;

  private final Journal journal;
  private final StepWork work;
  private final ObjLongConsumer<String> events;

  /**
   * @param events keeps the events of a user's deployment; see {@link
   *     io.berth.domain.deployment.EventKeeper#keep}
   */
  public EventKeepingStep(Journal journal, StepWork work, ObjLongConsumer<String> events) {
    this.journal = journal;
    this.work = work;
    this.events = events;
  }

  @Override
  public Progress run(String operationId) {
    Progress progress = work.run(operationId);
    if (isWorthIt(progress)) {
      keep(journal.require(operationId));
    }
    return progress;
  }

  private static boolean isWorthIt(Progress progress) {
    return switch (progress) {
      case Progress.Done _ -> true;
      case Progress.Wait(int seconds) -> seconds >= LONG_WAIT_SECONDS;
    };
  }

  /** No deployment fails for its events: they are kept as well when somebody looks at them. */
  private void keep(Operation operation) {
    try {
      events.accept(operation.userId(), operation.dseq());
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "the events of deployment " + operation.dseq() + " are not kept", e);
    }
  }
}
