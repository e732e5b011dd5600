package io.berth.domain.ledger;

import io.berth.domain.akash.Block;
import java.util.Set;

/** What a node says of the block at some height. */
public sealed interface BlockLookup {

  /**
   * The block.
   *
   * @param hashes of its transactions: upper-case hexadecimal SHA-256
   */
  record Found(Block block, Set<String> hashes) implements BlockLookup {
    public Found {
      hashes = Set.copyOf(hashes);
    }
  }

  /** The node has dropped blocks as old as this. */
  record Pruned() implements BlockLookup {}

  /** The node has not come to this block yet. */
  record NotYet() implements BlockLookup {}
}
