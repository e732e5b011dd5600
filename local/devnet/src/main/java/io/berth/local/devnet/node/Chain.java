package io.berth.local.devnet.node;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.berth.local.devnet.Faults;
import io.berth.local.devnet.Genesis;
import io.berth.local.devnet.ante.DecodedTx;
import io.berth.local.devnet.ante.Mode;
import io.berth.local.devnet.ante.TxDecoder;
import io.berth.local.devnet.modules.Context;
import io.berth.local.devnet.modules.ErrorCode;
import io.berth.local.devnet.modules.Packed;
import io.berth.local.devnet.modules.RefusedException;
import io.berth.local.devnet.modules.SdkErrors;
import io.berth.local.devnet.store.Overlay;
import io.berth.local.devnet.store.Snapshots;
import io.berth.local.devnet.store.Store;
import io.berth.local.devnet.store.Version;
import io.berth.proto.cosmos.base.abci.v1beta1.TxMsgData;
import io.berth.proto.cosmos.base.abci.v1beta1.TxResponse;
import io.berth.proto.tendermint.types.Data;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The chain as one validator runs it: transactions are checked against a state of their own and
 * wait in the mempool; a block runs them in order of arrival and makes the next version.
 */
public final class Chain {

  private static final String TRANSACTIONS = "tx/";
  private static final String BLOCKS = "block/";
  private static final int HISTORY = 100;

  private final Application application;
  private final String chainId;
  private final InstantSource clock;
  private final Faults faults;
  private final Optional<Snapshots> snapshots;

  // Guards everything below; queries read the newest version without it.
  private final ReentrantLock lock = new ReentrantLock();
  private final NavigableMap<Long, Version> history = new TreeMap<>();
  private final Mempool mempool = new Mempool();
  private final List<Genesis> additions = new ArrayList<>();
  private Overlay checkState;
  private volatile Version newest;

  /** Starts from the last snapshot, or from genesis when there is none. */
  public Chain(
      Application application,
      String chainId,
      InstantSource clock,
      Faults faults,
      Optional<Snapshots> snapshots,
      Genesis genesis) {
    this.application = application;
    this.chainId = chainId;
    this.clock = clock;
    this.faults = faults;
    this.snapshots = snapshots;
    this.newest = snapshots.flatMap(Snapshots::load).orElseGet(() -> first(genesis));
    this.checkState = new Overlay(newest);
    history.put(newest.height(), newest);
  }

  private Version first(Genesis genesis) {
    Version nothing = Version.empty(clock.instant());
    Overlay state = new Overlay(nothing);
    application.apply(new Context(state, 1, nothing.time(), chainId), genesis);
    Version version = nothing.next(nothing.time(), state);
    snapshots.ifPresent(files -> files.save(version));
    return version;
  }

  public String chainId() {
    return chainId;
  }

  /** The newest block's version. */
  public Version newest() {
    return newest;
  }

  /** The version of a height that is still kept. */
  public Optional<Version> at(long height) {
    lock.lock();
    try {
      return Optional.ofNullable(history.get(height));
    } finally {
      lock.unlock();
    }
  }

  /** The oldest version that is kept. */
  Version oldest() {
    lock.lock();
    try {
      return history.firstEntry().getValue();
    } finally {
      lock.unlock();
    }
  }

  /** The version that a node which is some blocks behind would answer from. */
  Version lagging(int blocks) {
    lock.lock();
    try {
      var behind = history.floorEntry(newest.height() - blocks);
      return (behind == null ? history.firstEntry() : behind).getValue();
    } finally {
      lock.unlock();
    }
  }

  /** Checks a transaction and, when it passes, lets it wait for the next block. */
  TxResponse admit(byte[] bytes) {
    lock.lock();
    try {
      String hash = TxDecoder.hash(bytes);
      if (mempool.knows(hash)) {
        return refusal(hash, SdkErrors.IN_MEMPOOL_CACHE, SdkErrors.IN_MEMPOOL_CACHE.text());
      }
      if (bytes.length > Mempool.MAX_TX_BYTES) {
        return refusal(hash, SdkErrors.TX_TOO_LARGE, SdkErrors.TX_TOO_LARGE.text());
      }
      if (mempool.isFull()) {
        return refusal(hash, SdkErrors.MEMPOOL_FULL, SdkErrors.MEMPOOL_FULL.text());
      }
      DecodedTx tx;
      try {
        tx = application.decoder().decode(bytes);
      } catch (RefusedException e) {
        return refusal(hash, e.error(), e.getMessage());
      }
      TxOutcome outcome = application.runner().run(lastBlockOn(checkState), tx, Mode.CHECK);
      if (outcome.error().isEmpty()) {
        mempool.add(tx);
      }
      return TxResponse.newBuilder()
          .setTxhash(hash)
          .setCodespace(outcome.codespace())
          .setCode(outcome.code())
          .setRawLog(outcome.log())
          .build();
    } finally {
      lock.unlock();
    }
  }

  private static TxResponse refusal(String hash, ErrorCode error, String log) {
    return TxResponse.newBuilder()
        .setTxhash(hash)
        .setCodespace(error.codespace())
        .setCode(error.code())
        .setRawLog(log)
        .build();
  }

  /**
   * Runs a transaction on a copy of the state that waits for the next block.
   *
   * @throws RefusedException when it does not decode
   */
  TxOutcome simulate(byte[] bytes) {
    lock.lock();
    try {
      DecodedTx tx = application.decoder().decode(bytes);
      return application.runner().run(lastBlockOn(new Overlay(checkState)), tx, Mode.SIMULATE);
    } finally {
      lock.unlock();
    }
  }

  /** As upstream, checks see the height and time of the last block, not of the next. */
  private Context lastBlockOn(Store state) {
    return new Context(state, newest.height(), newest.time(), chainId);
  }

  /** The transaction of a hash (upper-case hex) once it is in a block. */
  static Optional<TxResponse> transaction(Version version, String hash) {
    return version.get(TRANSACTIONS + hash, TxResponse.class);
  }

  /**
   * Accounts and messages that the next block applies first, outside any transaction. They are
   * tried at once, so that the caller learns what is wrong with them.
   *
   * @throws RefusedException when the chain refuses one of the messages
   */
  public void add(Genesis addition) {
    lock.lock();
    try {
      Overlay trial = new Overlay(newest);
      additions.forEach(earlier -> application.apply(lastBlockOn(trial), earlier));
      application.apply(lastBlockOn(trial), addition);
      additions.add(addition);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Makes one block of what waits in the mempool; none when the chain is halted.
   *
   * @return the newest version
   */
  public Version produceBlock() {
    lock.lock();
    try {
      if (!faults.isHalted()) {
        makeBlock();
      }
      return newest;
    } finally {
      lock.unlock();
    }
  }

  private void makeBlock() {
    Instant time = later(clock.instant(), newest.time().plusMillis(1));
    Overlay changes = new Overlay(newest);
    Context block = new Context(changes, newest.height() + 1, time, chainId);
    application.beginBlock(block);
    List<Genesis> applied = List.copyOf(additions);
    additions.clear();
    applied.forEach(addition -> application.apply(block, addition));
    List<DecodedTx> included = mempool.takeAll();
    if (!included.isEmpty()) {
      changes.set(BLOCKS + block.height(), contents(included));
    }
    for (DecodedTx tx : included) {
      TxOutcome outcome = application.runner().run(block, tx, Mode.DELIVER);
      if (outcome.error().isPresent()) {
        mempool.forget(tx.hash());
      }
      changes.set(TRANSACTIONS + tx.hash(), response(block, tx, outcome));
    }
    application.endBlock(block);
    commit(newest.next(time, changes), changes.isEmpty());
  }

  private static Data contents(List<DecodedTx> txs) {
    return Data.newBuilder()
        .addAllTxs(txs.stream().map(tx -> tx.raw().toByteString()).toList())
        .build();
  }

  /** The transactions of a block, as they were sent. */
  static Data contents(Version version) {
    return version.get(BLOCKS + version.height(), Data.class).orElse(Data.getDefaultInstance());
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private void commit(Version version, boolean unchanged) {
    newest = version;
    history.put(version.height(), version);
    if (history.size() > HISTORY) {
      history.pollFirstEntry();
    }
    checkState = new Overlay(version);
    snapshots.ifPresent(
        files -> {
          if (unchanged) {
            files.saveHead(version);
          } else {
            files.save(version);
          }
        });
  }

  private static TxResponse response(Context block, DecodedTx tx, TxOutcome outcome) {
    TxResponse.Builder response =
        TxResponse.newBuilder()
            .setHeight(block.height())
            .setTxhash(tx.hash())
            .setCodespace(outcome.codespace())
            .setCode(outcome.code())
            .setRawLog(outcome.log())
            .setGasWanted(outcome.gasWanted())
            .setGasUsed(outcome.gasUsed())
            .setTx(Packed.any(tx.tx()))
            .setTimestamp(block.time().truncatedTo(ChronoUnit.SECONDS).toString())
            .addAllEvents(outcome.events());
    if (outcome.error().isEmpty()) {
      response.setData(data(outcome.responses()));
    }
    return response.build();
  }

  private static String data(List<Any> responses) {
    ByteString bytes = TxMsgData.newBuilder().addAllMsgResponses(responses).build().toByteString();
    return HexFormat.of().withUpperCase().formatHex(bytes.toByteArray());
  }
}
