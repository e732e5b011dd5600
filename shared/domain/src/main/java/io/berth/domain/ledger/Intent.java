package io.berth.domain.ledger;

import io.berth.domain.wallet.WalletRef;
import java.time.Instant;

/**
 * One transaction that Berth means to make, recorded before a signature exists.
 *
 * @param id {@code PURPOSE#ATTEMPT}; the purpose names the one effect wanted, such as {@code
 *     create-deployment/USER/DSEQ}
 * @param timeout after this block time the chain refuses it
 * @param since height of the newest block when it was recorded: it is in none up to there
 */
public record Intent(
    String id,
    WalletRef wallet,
    UnsignedTransaction transaction,
    Instant timeout,
    long since,
    Instant createdAt,
    IntentState state) {

  /**
   * This intent in its next state.
   *
   * @throws IllegalStateException if there is no such transition
   */
  public Intent with(IntentState next) {
    if (!state.mayBecome(next)) {
      throw new IllegalStateException(
          "intent " + id + " cannot go from " + state.name() + " to " + next.name());
    }
    return new Intent(id, wallet, transaction, timeout, since, createdAt, next);
  }
}
