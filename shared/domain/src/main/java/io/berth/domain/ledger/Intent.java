package io.berth.domain.ledger;

import io.berth.domain.wallet.WalletRef;
import java.time.Instant;

/**
 * One transaction that Berth means to make, recorded before a signature exists.
 *
 * @param id {@code PURPOSE#ATTEMPT}; the purpose names the one effect wanted, such as {@code
 *     create-deployment/USER/DSEQ}
 * @param timeout after this block time the chain refuses it; to the nanosecond, unique per wallet
 */
public record Intent(
    String id,
    WalletRef wallet,
    UnsignedTransaction transaction,
    Instant timeout,
    Instant createdAt,
    IntentState state) {

  public Intent with(IntentState next) {
    return new Intent(id, wallet, transaction, timeout, createdAt, next);
  }
}
