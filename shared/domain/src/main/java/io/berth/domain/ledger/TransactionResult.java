package io.berth.domain.ledger;

import java.util.Optional;

/**
 * A transaction that is in a block.
 *
 * @param hash upper-case hexadecimal SHA-256 of the transaction's bytes
 * @param height height of the block
 * @param error why the chain refused its messages; empty when they took effect
 * @param rawLog the chain's text as it is
 */
public record TransactionResult(
    String hash, long height, long gasUsed, Optional<ChainError> error, String rawLog) {}
