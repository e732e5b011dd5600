package io.berth.domain.ledger;

/** The controls table, which only operators write. */
public interface Controls {

  /**
   * The switches; all are off until an operator sets one. Reads are consistent. A row that cannot
   * be understood has every switch on.
   */
  Switches read();
}
