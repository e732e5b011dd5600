package io.berth.domain.ledger;

/** The outcome of handing a signed transaction to a node. */
public sealed interface Broadcast {

  /** In the mempool, now or before; not yet in a block. */
  record Accepted() implements Broadcast {}

  /**
   * The node's first check refused it. It may still be in a block already if it was sent before.
   */
  record Refused(ChainError error) implements Broadcast {}
}
