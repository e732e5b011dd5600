package io.berth.domain.budget;

import io.berth.domain.ledger.Intent;
import io.berth.domain.ledger.IntentState;

/** The budgets table. Reads are consistent. */
public interface Budgets {

  /** The user's budget; a fresh one if there is none. */
  Budget of(String userId);

  /**
   * Stores a signature and what it costs, both or neither.
   *
   * @param seen the budget as it was read
   * @param next what it becomes
   * @param intent as it was read, not signed
   * @return false if the budget or the intent has changed since; nothing is changed then
   */
  boolean sign(Budget seen, Budget next, Intent intent, IntentState.Signed signed);
}
