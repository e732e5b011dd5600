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
 * @param timeout after this block time the chain refuses it; with the signer it is the replay key,
 *     to the nanosecond (ADR-070)
 * @param feeGranter address that pays the fee; empty when the signer does
 */
public record TransactionRequest(
    String signer,
    Bytes publicKey,
    List<ChainMessage> messages,
    String memo,
    Instant timeout,
    Optional<String> feeGranter) {
  public TransactionRequest {
    messages = List.copyOf(messages);
  }
}
