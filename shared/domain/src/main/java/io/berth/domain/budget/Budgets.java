package io.berth.domain.budget;

import io.berth.domain.funding.Grants;
import io.berth.domain.ledger.Intent;
import io.berth.domain.ledger.IntentState;

/** The budgets table, which the signer alone writes. Reads are consistent. */
public interface Budgets {

  /** The user's budget; a fresh one if there is none. */
  Budget of(String userId);

  /**
   * Stores a signature with what it costs and that it is in flight, all or nothing.
   *
   * @param intent as it was read, not signed
   * @return false if the intent, the budget or the grants have changed since; nothing is changed
   *     then
   */
  boolean sign(
      Intent intent, IntentState.Signed signed, Revision<Budget> budget, Revision<Grants> grants);
}
