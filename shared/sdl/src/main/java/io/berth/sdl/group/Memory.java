package io.berth.sdl.group;

import java.math.BigInteger;
import java.util.List;

/**
 * Memory of one replica.
 *
 * @param bytes size in bytes
 */
public record Memory(BigInteger bytes, List<Attribute> attributes) {
  public Memory {
    attributes = List.copyOf(attributes);
  }
}
