package io.berth.domain.ledger;

import io.berth.domain.Bytes;

/**
 * Where a transaction intent is on its way: {@code NEW → SIGNED → BROADCAST → COMMITTED | FAILED |
 * EXPIRED}. A state can be skipped when the outcome is already known; it never moves back.
 */
public sealed interface IntentState {

  /** The stored name. */
  String name();

  /** Whether this transition exists. */
  boolean mayBecome(IntentState next);

  /** Recorded; no signature exists. Without one it can be in no block. */
  record New() implements IntentState {
    @Override
    public String name() {
      return "NEW";
    }

    @Override
    public boolean mayBecome(IntentState next) {
      return next instanceof Signed || next instanceof Expired;
    }
  }

  /** A signature exists, so whatever becomes of it must be looked for on the chain. */
  sealed interface Live extends IntentState {

    /** Encoded {@code TxRaw}. */
    Bytes raw();

    /** Upper-case hexadecimal SHA-256 of {@link #raw()}. */
    String hash();
  }

  /** Signed; not known to have been sent. */
  record Signed(Bytes raw, String hash) implements Live {
    @Override
    public String name() {
      return "SIGNED";
    }

    @Override
    public boolean mayBecome(IntentState next) {
      return next instanceof Sent || next instanceof Ended;
    }
  }

  /** Handed to a node at least once; outcome unknown. */
  record Sent(Bytes raw, String hash) implements Live {
    @Override
    public String name() {
      return "BROADCAST";
    }

    @Override
    public boolean mayBecome(IntentState next) {
      return next instanceof Ended;
    }
  }

  /** Nothing changes any more. */
  sealed interface Ended extends IntentState {
    @Override
    default boolean mayBecome(IntentState next) {
      return false;
    }

    /** The height of the block that it is in; 0 if it is in none. */
    long height();
  }

  /** In a block, and its messages took effect. */
  record Committed(TransactionResult result) implements Ended {
    @Override
    public String name() {
      return "COMMITTED";
    }

    @Override
    public long height() {
      return result.height();
    }
  }

  /** In a block, but its messages were refused. The fee is spent. */
  record Failed(TransactionResult result) implements Ended {
    @Override
    public String name() {
      return "FAILED";
    }

    @Override
    public long height() {
      return result.height();
    }
  }

  /** Not in any block, and no block can take it any more. */
  record Expired() implements Ended {
    @Override
    public String name() {
      return "EXPIRED";
    }

    @Override
    public long height() {
      return 0;
    }
  }
}
