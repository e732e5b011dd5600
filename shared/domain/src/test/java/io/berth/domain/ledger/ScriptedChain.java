package io.berth.domain.ledger;

import io.berth.domain.Bytes;
import io.berth.domain.akash.Block;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A chain of one-second blocks that includes what it accepted, unless told otherwise. */
final class ScriptedChain implements TransactionChain {
  private static final Instant GENESIS = Instant.parse("2026-01-01T00:00:00Z");

  private final Set<Bytes> mempool = new LinkedHashSet<>();
  private final Map<String, TransactionResult> blocks = new HashMap<>();
  final List<Bytes> broadcasts = new ArrayList<>();
  private long height = 1;

  Optional<ChainError> refuseInSimulation = Optional.empty();
  Optional<ChainError> refuseBroadcast = Optional.empty();
  Optional<ChainError> failInBlock = Optional.empty();
  boolean losesTransactions;
  boolean losesAnswers;
  boolean syncing;

  static String hashOf(Bytes raw) {
    return "HASH-" + raw.hex();
  }

  void produceBlock() {
    height++;
    if (!losesTransactions) {
      for (Bytes raw : mempool) {
        blocks.putIfAbsent(
            hashOf(raw), new TransactionResult(hashOf(raw), height, 1, failInBlock, ""));
      }
      mempool.clear();
    }
  }

  int committed() {
    return blocks.size();
  }

  @Override
  public Prepared prepare(TransactionRequest request) {
    if (refuseInSimulation.isPresent()) {
      return new Prepared.Refused(refuseInSimulation.get());
    }
    Bytes body =
        Bytes.of(request.timeout().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return new Prepared.Ready(new UnsignedTransaction(body, body, "test", 7));
  }

  @Override
  public Broadcast broadcast(Bytes signed) {
    broadcasts.add(signed);
    if (refuseBroadcast.isPresent()) {
      return new Broadcast.Refused(refuseBroadcast.get());
    }
    mempool.add(signed);
    if (losesAnswers) {
      throw new ChainUnavailableException("answer lost", null);
    }
    return new Broadcast.Accepted();
  }

  @Override
  public Optional<TransactionResult> find(String hash) {
    return Optional.ofNullable(blocks.get(hash));
  }

  @Override
  public Block latestBlock() {
    return new Block("test", height, GENESIS.plus(Duration.ofSeconds(height)));
  }

  @Override
  public boolean isSyncing() {
    return syncing;
  }
}
