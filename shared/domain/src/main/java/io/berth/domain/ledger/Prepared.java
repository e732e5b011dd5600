package io.berth.domain.ledger;

/** The outcome of preparing a transaction: ready to be recorded, or refused in simulation. */
public sealed interface Prepared {

  /** Ready: gas was measured by simulating this very body. */
  record Ready(UnsignedTransaction transaction) implements Prepared {}

  /** The chain says that these messages cannot take effect now. */
  record Refused(ChainError error) implements Prepared {}
}
