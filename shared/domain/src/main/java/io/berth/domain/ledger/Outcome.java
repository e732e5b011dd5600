package io.berth.domain.ledger;

import java.time.Duration;

/** How a submission stands when the ledger stops waiting. */
public sealed interface Outcome {

  /** In a block, and its messages took effect. */
  record Committed(TransactionResult result) implements Outcome {}

  /** In a block without effect; the fee is spent. */
  record Failed(TransactionResult result, ChainError error) implements Outcome {}

  /** Refused in simulation: nothing was signed or sent. */
  record Refused(ChainError error) implements Outcome {}

  /**
   * A node refused the signed bytes. Until their time-out they may still land through another;
   * submitting again goes on from here.
   */
  record NotTaken(ChainError error) implements Outcome {}

  /** The signer's policy forbids it. */
  record Forbidden(String rule) implements Outcome {}

  /**
   * The signer does not sign it for now. Submitting again goes on from here.
   *
   * @param retryAfter when it is worth trying again
   */
  record Held(Hold hold, Duration retryAfter) implements Outcome {}

  /** Not in any block, and no block can take it any more: submitting again starts afresh. */
  record Expired() implements Outcome {}

  /** Not known yet. Submitting the same purpose again goes on from here. */
  record Pending(String intentId) implements Outcome {}

  /**
   * Another transaction of the same wallet goes first and its outcome is not known yet; nothing was
   * recorded. In ordered mode only.
   */
  record Waiting() implements Outcome {}
}
