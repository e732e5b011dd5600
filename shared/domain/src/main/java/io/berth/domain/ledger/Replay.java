package io.berth.domain.ledger;

/**
 * What keeps the chain from taking one transaction twice. Either way the time-out bounds how long
 * it may still be taken.
 */
public sealed interface Replay {

  /** Unordered (ADR-070): signer and time-out, to the nanosecond. */
  record ByTimeout() implements Replay {}

  /** Ordered: the next number of the signer's account; transactions are taken in its order only. */
  record BySequence(long sequence) implements Replay {}
}
