package io.berth.local.crashtests;

/**
 * One thing that a user asks for, in a situation of its own: a fresh user, with whatever must be
 * there before.
 */
interface Flow {

  /** Asks as a user does, repeating the same request. Throws what Berth throws. */
  void byUser(BerthProcess process);

  /** Goes on as a workflow does that was started by the first request: ids only. */
  void byWorkflow(BerthProcess process);

  /**
   * Counts the effects on the chain.
   *
   * @throws AssertionError unless the effect took place exactly once, and no money is missing
   */
  void checkOnce();
}
