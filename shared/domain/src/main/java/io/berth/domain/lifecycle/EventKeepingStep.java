package io.berth.domain.lifecycle;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.ObjLongConsumer;

/**
 * A step at whose end the events of the deployment are kept: what tells why a workload came up, or
 * did not, its provider forgets within about an hour.
 */
public final class EventKeepingStep implements StepWork {
  private static final Logger LOG = System.getLogger(EventKeepingStep.class.getName());

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
    if (progress instanceof Progress.Done) {
      keep(journal.require(operationId));
    }
    return progress;
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
