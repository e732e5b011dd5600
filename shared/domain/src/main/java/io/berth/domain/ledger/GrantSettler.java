package io.berth.domain.ledger;

/** Ends what is under way with a user's grants, and renews a fee allowance that runs low. */
@FunctionalInterface
public interface GrantSettler {

  /** Does what can be done now. How far it came shows when a transaction is tried again. */
  void settle(String userId);
}
