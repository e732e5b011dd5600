package io.berth.local.devnet.node;

import io.berth.local.devnet.ante.DecodedTx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/**
 * Transactions waiting for a block, in order of arrival, and CometBFT's cache of those seen lately:
 * one that waits or succeeded is not admitted again, one that failed may be.
 */
final class Mempool {

  /** The largest transaction, CometBFT's default. */
  static final int MAX_TX_BYTES = 1_048_576;

  private static final int MAX_TXS = 5000;
  private static final int CACHE = 10_000;

  private final Map<String, DecodedTx> waiting = new LinkedHashMap<>();
  private final SequencedSet<String> seen = new LinkedHashSet<>();

  boolean knows(String hash) {
    return seen.contains(hash);
  }

  boolean isFull() {
    return waiting.size() >= MAX_TXS;
  }

  void add(DecodedTx tx) {
    waiting.put(tx.hash(), tx);
    seen.add(tx.hash());
    if (seen.size() > CACHE) {
      seen.removeFirst();
    }
  }

  List<DecodedTx> takeAll() {
    List<DecodedTx> all = new ArrayList<>(waiting.values());
    waiting.clear();
    return all;
  }

  void forget(String hash) {
    seen.remove(hash);
  }
}
