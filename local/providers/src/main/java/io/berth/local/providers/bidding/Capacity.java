package io.berth.local.providers.bidding;

import io.berth.proto.akash.base.resources.v1beta4.Resources;
import io.berth.proto.akash.base.resources.v1beta4.Storage;
import java.math.BigInteger;

/**
 * An amount of everything a provider lends out.
 *
 * @param cpu thousandths of a CPU
 * @param memory bytes
 * @param storage bytes
 * @param gpu pieces
 */
public record Capacity(BigInteger cpu, BigInteger memory, BigInteger storage, BigInteger gpu) {
  public static final Capacity NONE =
      new Capacity(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);

  /** A capacity in whole CPUs, GiB, GiB and GPUs. */
  public static Capacity of(long cpus, long memoryGib, long storageGib, long gpus) {
    return new Capacity(
        BigInteger.valueOf(cpus).multiply(BigInteger.valueOf(1000)),
        BigInteger.valueOf(memoryGib).shiftLeft(30),
        BigInteger.valueOf(storageGib).shiftLeft(30),
        BigInteger.valueOf(gpus));
  }

  /** What so many replicas of these resources take. */
  public static Capacity of(Resources resources, long count) {
    BigInteger storage =
        resources.getStorageList().stream()
            .map(Storage::getQuantity)
            .map(Quantities::integer)
            .reduce(BigInteger.ZERO, BigInteger::add);
    return new Capacity(
            Quantities.integer(resources.getCpu().getUnits()),
            Quantities.integer(resources.getMemory().getQuantity()),
            storage,
            Quantities.integer(resources.getGpu().getUnits()))
        .times(count);
  }

  public Capacity plus(Capacity other) {
    return new Capacity(
        cpu.add(other.cpu),
        memory.add(other.memory),
        storage.add(other.storage),
        gpu.add(other.gpu));
  }

  public Capacity minus(Capacity other) {
    return plus(other.times(-1));
  }

  /** Whether there is enough of everything. */
  public boolean covers(Capacity other) {
    Capacity left = minus(other);
    return left.cpu.signum() >= 0
        && left.memory.signum() >= 0
        && left.storage.signum() >= 0
        && left.gpu.signum() >= 0;
  }

  private Capacity times(long factor) {
    BigInteger by = BigInteger.valueOf(factor);
    return new Capacity(
        cpu.multiply(by), memory.multiply(by), storage.multiply(by), gpu.multiply(by));
  }
}
