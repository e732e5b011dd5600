package io.berth.domain.ledger;

import io.berth.domain.Bytes;
import io.berth.domain.akash.Block;
import java.nio.charset.StandardCharsets;
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
public final class ScriptedChain implements TransactionChain {
  private static final Instant GENESIS = Instant.parse("2026-01-01T00:00:00Z");

  private final Set<Bytes> mempool = new LinkedHashSet<>();
  private final Map<String, TransactionResult> results = new HashMap<>();
  private final Map<Long, Set<String>> contents = new HashMap<>();
  public final List<Bytes> broadcasts = new ArrayList<>();
  public final List<TransactionRequest> prepared = new ArrayList<>();
  public int searches;
  private long height = 1;
  private long sequence;

  public Optional<ChainError> refuseInSimulation = Optional.empty();
  public Optional<ChainError> refuseBroadcast = Optional.empty();
  public Optional<ChainError> failInBlock = Optional.empty();
  public boolean losesTransactions;
  public boolean losesAnswers;
  public boolean syncing;
  public boolean indexesNothing;
  public boolean prunesBlocks;

  public static String hashOf(Bytes raw) {
    return "HASH-" + raw.hex();
  }

  public void produceBlock() {
    height++;
    if (!losesTransactions) {
      Set<String> included = new LinkedHashSet<>();
      for (Bytes raw : mempool) {
        if (isLate(raw)) {
          continue;
        }
        included.add(hashOf(raw));
        results.putIfAbsent(
            hashOf(raw), new TransactionResult(hashOf(raw), height, 100, failInBlock, ""));
        sequence++;
      }
      contents.put(height, included);
    }
    mempool.clear();
  }

  /** The bytes are the time-out's text. */
  private boolean isLate(Bytes raw) {
    Instant timeout = Instant.parse(new String(raw.toArray(), StandardCharsets.UTF_8));
    return timeout.isBefore(latestBlock().time());
  }

  public int committed() {
    return results.size();
  }

  @Override
  public Prepared prepare(TransactionRequest request) {
    prepared.add(request);
    if (refuseInSimulation.isPresent()) {
      return new Prepared.Refused(refuseInSimulation.get());
    }
    Bytes body = Bytes.of(request.timeout().toString().getBytes(StandardCharsets.UTF_8));
    Replay replay =
        request.replay() instanceof Replay.BySequence
            ? new Replay.BySequence(sequence)
            : request.replay();
    return new Prepared.Ready(new UnsignedTransaction(body, body, "test", 7, replay));
  }

  @Override
  public Broadcast broadcast(Bytes signed) {
    broadcasts.add(signed);
    if (refuseBroadcast.isPresent()) {
      return new Broadcast.Refused(refuseBroadcast.get());
    }
    if (isLate(signed)) {
      return new Broadcast.Refused(ChainError.of("sdk", 42, "tx timeout"));
    }
    mempool.add(signed);
    if (losesAnswers) {
      throw new ChainUnavailableException("answer lost", null);
    }
    return new Broadcast.Accepted();
  }

  @Override
  public Optional<TransactionResult> find(String hash) {
    searches++;
    return indexesNothing ? Optional.empty() : Optional.ofNullable(results.get(hash));
  }

  @Override
  public BlockLookup block(long asked) {
    if (asked > height) {
      return new BlockLookup.NotYet();
    }
    return prunesBlocks
        ? new BlockLookup.Pruned()
        : new BlockLookup.Found(blockAt(asked), contents.getOrDefault(asked, Set.of()));
  }

  @Override
  public Block latestBlock() {
    return blockAt(height);
  }

  private static Block blockAt(long height) {
    return new Block("test", height, GENESIS.plus(Duration.ofSeconds(height)));
  }

  @Override
  public boolean isSyncing() {
    return syncing;
  }
}
