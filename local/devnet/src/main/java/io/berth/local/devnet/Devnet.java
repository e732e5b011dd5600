package io.berth.local.devnet;

import io.berth.local.devnet.node.Application;
import io.berth.local.devnet.node.BlockProducer;
import io.berth.local.devnet.node.Chain;
import io.berth.local.devnet.node.NodeServer;
import io.berth.local.devnet.node.StateTypes;
import io.berth.local.devnet.store.Snapshots;
import java.time.Instant;
import java.util.Optional;

/**
 * A running Akash network of one node. It serves the same gRPC services as a real one, and refuses
 * what a real one refuses.
 */
public final class Devnet implements AutoCloseable {

  private final Chain chain;
  private final Faults faults;
  private final NodeServer server;
  private final Optional<BlockProducer> blocks;

  private Devnet(Chain chain, Faults faults, NodeServer server, Optional<BlockProducer> blocks) {
    this.chain = chain;
    this.faults = faults;
    this.server = server;
    this.blocks = blocks;
  }

  /** Starts a network; it runs until it is closed. */
  public static Devnet start(DevnetConfig config) {
    Faults faults = new Faults();
    Application application = new Application();
    Optional<Snapshots> snapshots =
        config.data().map(directory -> new Snapshots(directory, StateTypes.ALL));
    Chain chain =
        new Chain(
            application, config.chainId(), config.clock(), faults, snapshots, config.genesis());
    NodeServer server =
        NodeServer.start(config.port(), application, chain, faults, config.delayer());
    Optional<BlockProducer> blocks =
        config.blockTime().isZero()
            ? Optional.empty()
            : Optional.of(BlockProducer.start(chain, config.blockTime()));
    return new Devnet(chain, faults, server, blocks);
  }

  /** Where gRPC is served, in plain text. */
  public int port() {
    return server.port();
  }

  /** The chain's name. */
  public String chainId() {
    return chain.chainId();
  }

  /** The newest block's height. */
  public long height() {
    return chain.newest().height();
  }

  /** The newest block's time. */
  public Instant time() {
    return chain.newest().time();
  }

  /** The switches for bad days. */
  public Faults faults() {
    return faults;
  }

  /**
   * Makes a block at once, unless the chain is halted.
   *
   * @return the newest height
   */
  public long produceBlock() {
    return chain.produceBlock().height();
  }

  /** Gives accounts, providers and grants to the running chain; the next block has them. */
  public void add(Genesis addition) {
    chain.add(addition);
  }

  @Override
  public void close() {
    blocks.ifPresent(BlockProducer::close);
    server.close();
  }
}
