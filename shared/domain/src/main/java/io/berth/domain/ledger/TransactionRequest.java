package io.berth.domain.ledger;

import io.berth.domain.Bytes;
import io.berth.domain.akash.ChainMessage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A transaction to be made.
 *
 * @param signer bech32 address of the one signer, who acts in every message
 * @param publicKey the signer's compressed secp256k1 key (33 bytes)
 * @param timeout after this block time the chain refuses it
 * @param replay a sequence is a lower bound: the account's own is used if it is higher
 * @param feeGranter address that pays the fee; empty when the signer does
 * @param leastGas gas to allow even if simulation finds less enough; 0 for what simulation says
 */
public record TransactionRequest(
    String signer,
    Bytes publicKey,
    List<ChainMessage> messages,
    String memo,
    Instant timeout,
    Replay replay,
    Optional<String> feeGranter,
    long leastGas) {
  public TransactionRequest {
    messages = List.copyOf(messages);
  }

  /** This request, told from its replays in another way. */
  public TransactionRequest with(Replay other) {
    return new TransactionRequest(
        signer, publicKey, messages, memo, timeout, other, feeGranter, leastGas);
  }
}
