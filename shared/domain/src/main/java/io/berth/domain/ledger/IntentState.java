package io.berth.domain.ledger;

import io.berth.domain.Bytes;

/**
 * Where a transaction intent is on its way: {@code NEW → SIGNED → BROADCAST → COMMITTED | FAILED |
 * EXPIRED} (DESIGN §4).
 */
public sealed interface IntentState {

  /** The stored name. */
  String name();

  /** Recorded; no signature exists. */
  record New() implements IntentState {
    @Override
    public String name() {
      return "NEW";
    }
  }

  /**
   * Signed; not known to have been sent.
   *
   * @param raw encoded {@code TxRaw}
   * @param hash upper-case hexadecimal SHA-256 of {@code raw}
   */
  record Signed(Bytes raw, String hash) implements IntentState {
    @Override
    public String name() {
      return "SIGNED";
    }
  }

  /** Handed to a node at least once; outcome unknown. */
  record Sent(Bytes raw, String hash) implements IntentState {
    @Override
    public String name() {
      return "BROADCAST";
    }
  }

  /** In a block, and its messages took effect. */
  record Committed(TransactionResult result) implements IntentState {
    @Override
    public String name() {
      return "COMMITTED";
    }
  }

  /** In a block, but its messages were refused. The fee is spent. */
  record Failed(TransactionResult result) implements IntentState {
    @Override
    public String name() {
      return "FAILED";
    }
  }

  /** Not in any block, and no block can take it any more. */
  record Expired() implements IntentState {
    @Override
    public String name() {
      return "EXPIRED";
    }
  }
}
