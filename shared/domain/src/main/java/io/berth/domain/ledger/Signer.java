package io.berth.domain.ledger;

import io.berth.domain.wallet.WalletRef;

/** The only one that may open a wallet. It takes a recorded intent by its id, never bytes. */
public interface Signer {

  /**
   * Signs the intent and stores the signed bytes with it. Safe to repeat.
   *
   * @param wallet the intent's, so that the intent and what its signature depends on are read at
   *     once; an intent of another wallet is not signed
   */
  SignOutcome sign(String intentId, WalletRef wallet);
}
