package io.berth.domain.ledger;

import java.time.Duration;

/**
 * Times that the ledger goes by.
 *
 * @param timeToLive from the newest block's time to a transaction's time-out; the chain allows at
 *     most 10 minutes
 * @param expiryMargin how far past the time-out a block must be before "not found" proves anything;
 *     covers the node's indexing
 * @param blockInterval usual time between blocks
 * @param patience how long one submission may wait for its outcome; it ends with the last block
 *     that comes in this time
 * @param ordered whether transactions use their account's sequence, one at a time per wallet, for
 *     chains that know no unordered ones (Akash before 2.1)
 */
public record LedgerSettings(
    Duration timeToLive,
    Duration expiryMargin,
    Duration blockInterval,
    Duration patience,
    boolean ordered) {}
