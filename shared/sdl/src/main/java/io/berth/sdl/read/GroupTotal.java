package io.berth.sdl.read;

import io.berth.sdl.model.Compute;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/** What all replicas of a group ask for together. */
record GroupTotal(BigInteger milliCpu, BigDecimal memoryBytes, BigInteger gpus) {
  private static final BigInteger MAX_CPU = BigInteger.valueOf(19_200_000);
  private static final BigDecimal MAX_MEMORY = BigDecimal.valueOf(100L << 40);
  private static final BigInteger MAX_GPUS = BigInteger.valueOf(1200);

  static GroupTotal of(Compute compute, int count) {
    BigInteger times = BigInteger.valueOf(count);
    return new GroupTotal(
        compute.milliCpu().multiply(times),
        compute.memoryBytes().multiply(new BigDecimal(times)),
        compute.gpu().units().multiply(times));
  }

  GroupTotal plus(GroupTotal other) {
    return new GroupTotal(
        milliCpu.add(other.milliCpu), memoryBytes.add(other.memoryBytes), gpus.add(other.gpus));
  }

  /** What is beyond the limits, if anything. */
  Optional<String> excess() {
    if (milliCpu.compareTo(MAX_CPU) > 0) {
      return Optional.of("more than 19200 cores");
    }
    if (memoryBytes.compareTo(MAX_MEMORY) > 0) {
      return Optional.of("more than 100Ti of memory");
    }
    return gpus.compareTo(MAX_GPUS) > 0 ? Optional.of("more than 1200 GPUs") : Optional.empty();
  }
}
