package io.berth.sdl.model;

import io.berth.sdl.group.Attribute;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * A compute profile: resources of one replica.
 *
 * @param milliCpu thousandths of a core
 * @param memoryBytes exact; layouts round fractions of a byte
 */
public record Compute(
    BigInteger milliCpu,
    List<Attribute> cpuAttributes,
    BigDecimal memoryBytes,
    List<Volume> storage,
    Gpu gpu) {
  public Compute {
    cpuAttributes = List.copyOf(cpuAttributes);
    storage = List.copyOf(storage);
  }

  /**
   * A volume.
   *
   * @param persistent empty if the SDL does not say
   * @param storageClass empty if the SDL does not say
   */
  public record Volume(
      String name, BigDecimal bytes, Optional<Boolean> persistent, Optional<String> storageClass) {
    public boolean isPersistent() {
      return persistent.orElse(false);
    }
  }

  /**
   * GPUs.
   *
   * @param models empty if the SDL has no list: any model
   */
  public record Gpu(BigInteger units, Optional<List<GpuModel>> models) {
    public Gpu {
      models = models.map(List::copyOf);
    }
  }

  /**
   * A GPU model.
   *
   * @param ram as written, such as {@code 80Gi}
   * @param gibibytes {@code ram} in whole GiB
   */
  public record GpuModel(
      String model, Optional<String> ram, Optional<BigInteger> gibibytes, Optional<String> link) {}
}
