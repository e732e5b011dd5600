package io.berth.domain.ledger;

/** The only one that may open a wallet. It takes the id of a recorded intent, never bytes. */
public interface Signer {

  /** Signs the intent and stores the signed bytes with it. Safe to repeat. */
  SignOutcome sign(String intentId);
}
