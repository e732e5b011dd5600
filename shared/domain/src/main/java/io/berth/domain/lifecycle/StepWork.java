package io.berth.domain.lifecycle;

/** What a step does, a little at a time. It may be broken off and called again at any moment. */
@FunctionalInterface
public interface StepWork {

  /**
   * Goes on with it.
   *
   * @param operationId whose step it is
   * @throws LifecycleException if the step cannot be done
   * @throws io.berth.domain.ledger.ChainUnavailableException if the node does not answer
   */
  Progress run(String operationId);
}
