package io.berth.domain.ledger;

import io.berth.domain.Bytes;
import io.berth.domain.akash.Block;
import java.util.Optional;

/**
 * The chain as the ledger sees it: build, submit, observe. Every method throws {@link
 * ChainUnavailableException} when the node does not answer.
 */
public interface TransactionChain {

  /** Builds a transaction, simulating it to set gas and fee. */
  Prepared prepare(TransactionRequest request);

  /** Sends signed bytes ({@code TxRaw}). Sending the same bytes again is harmless. */
  Broadcast broadcast(Bytes signed);

  /** Looks for a transaction in the blocks. Empty means not seen yet, not that it failed. */
  Optional<TransactionResult> find(String hash);

  /** The block at a height above 0, with its transactions. */
  BlockLookup block(long height);

  /** The newest block. */
  Block latestBlock();

  /** Whether the node is still catching up, so that its "not found" proves nothing. */
  boolean isSyncing();
}
