package io.berth.local.devnet;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * How a devnet runs. Made by {@link #defaults} and changed by its {@code with} methods.
 *
 * @param chainId the chain's name, which every signature covers
 * @param port where gRPC is served; 0 picks a free one
 * @param blockTime the time between blocks; zero makes blocks only by {@link Devnet#produceBlock}
 * @param clock where block times come from
 * @param delayer how a slow node waits
 * @param data a directory that keeps the state between runs; empty keeps it in memory only
 * @param genesis the first state; not used when the directory already has one
 */
public record DevnetConfig(
    String chainId,
    int port,
    Duration blockTime,
    InstantSource clock,
    Delayer delayer,
    Optional<Path> data,
    Genesis genesis) {

  /** Waits on behalf of a slow node. */
  @FunctionalInterface
  public interface Delayer {

    /** Returns after this time, or at once in a test. */
    void delay(Duration time) throws InterruptedException;
  }

  /** Chain {@code berth-devnet-1}, any port, a block per second, state in memory. */
  public static DevnetConfig defaults() {
    return new DevnetConfig(
        "berth-devnet-1",
        0,
        Duration.ofSeconds(1),
        InstantSource.system(),
        Thread::sleep,
        Optional.empty(),
        Genesis.empty());
  }

  public DevnetConfig withBlockTime(Duration other) {
    return new DevnetConfig(chainId, port, other, clock, delayer, data, genesis);
  }

  /** Blocks are made only when asked for: for tests. */
  public DevnetConfig withManualBlocks() {
    return withBlockTime(Duration.ZERO);
  }

  public DevnetConfig withClock(InstantSource other) {
    return new DevnetConfig(chainId, port, blockTime, other, delayer, data, genesis);
  }

  public DevnetConfig withDelayer(Delayer other) {
    return new DevnetConfig(chainId, port, blockTime, clock, other, data, genesis);
  }

  public DevnetConfig withData(Path directory) {
    return new DevnetConfig(
        chainId, port, blockTime, clock, delayer, Optional.of(directory), genesis);
  }

  public DevnetConfig withGenesis(Genesis other) {
    return new DevnetConfig(chainId, port, blockTime, clock, delayer, data, other);
  }
}
