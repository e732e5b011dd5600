package io.berth.domain.akash;

/** Accounts on the chain. */
public interface Accounts {

  /**
   * Whether the chain knows the account's public key, which it learns from the first transaction
   * that the account signs. Until then no provider can verify the account's tokens, and asking one
   * to may harm it (provider-gateway.md §2.4).
   *
   * @throws io.berth.domain.ledger.ChainUnavailableException if the node does not answer
   */
  boolean hasPublicKey(String address);
}
