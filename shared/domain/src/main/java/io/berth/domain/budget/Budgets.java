package io.berth.domain.budget;

import io.berth.domain.ledger.Intent;
import io.berth.domain.ledger.IntentState;

/** The budgets table, which the signer alone writes. Reads are consistent. */
public interface Budgets {

  /**
   * The intent, and what its signature by a user's wallet depends on, in one call. That the intent
   * is this user's is not checked.
   */
  SigningFacts facts(String userId, String intentId);

  /**
   * Stores a signature with what it costs, and that its intent is in flight ({@link
   * io.berth.domain.funding.Grants}): all or nothing. Other signatures of the same wallet do not
   * stand in the way, as long as the day's spending stays within bounds.
   *
   * @param intent as it was read, not signed
   * @return false if the intent has moved on, the charge would go beyond its bounds, a new day has
   *     begun for others, or a change of the wallet's grants is under way; nothing is changed then
   */
  boolean sign(Intent intent, IntentState.Signed signed, Charge charge);
}
