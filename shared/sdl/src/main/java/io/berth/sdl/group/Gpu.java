package io.berth.sdl.group;

import java.math.BigInteger;
import java.util.List;

/**
 * Graphics processors of one replica.
 *
 * @param units whole devices; zero when none is asked for
 */
public record Gpu(BigInteger units, List<Attribute> attributes) {
  public Gpu {
    attributes = List.copyOf(attributes);
  }
}
