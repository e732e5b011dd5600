package io.berth.local.devnet.node;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Makes blocks at a steady pace until it is closed. */
public final class BlockProducer implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(BlockProducer.class.getName());

  private final Chain chain;
  private final ScheduledExecutorService executor;

  private BlockProducer(Chain chain) {
    this.chain = chain;
    this.executor =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("devnet-blocks").factory());
  }

  /** Starts; the first block comes after one block time. */
  public static BlockProducer start(Chain chain, Duration blockTime) {
    BlockProducer producer = new BlockProducer(chain);
    var _ =
        producer.executor.scheduleAtFixedRate(
            producer::produce, blockTime.toMillis(), blockTime.toMillis(), TimeUnit.MILLISECONDS);
    return producer;
  }

  // An exception would end the schedule silently: the chain would stand still without a word.
  private void produce() {
    try {
      chain.produceBlock();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "block failed", e);
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
    try {
      executor.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
