package io.berth.sdl.group;

import java.math.BigInteger;
import java.util.List;

/**
 * One volume of one replica.
 *
 * @param bytes size in bytes
 */
public record Storage(String name, BigInteger bytes, List<Attribute> attributes) {
  public Storage {
    attributes = List.copyOf(attributes);
  }
}
