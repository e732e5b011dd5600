package io.berth.sdl.group;

import java.math.BigInteger;
import java.util.List;

/**
 * Processor time of one replica.
 *
 * @param milliUnits thousandths of a core
 */
public record Cpu(BigInteger milliUnits, List<Attribute> attributes) {
  public Cpu {
    attributes = List.copyOf(attributes);
  }
}
