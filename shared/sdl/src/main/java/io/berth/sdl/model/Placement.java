package io.berth.sdl.model;

import io.berth.sdl.group.Attribute;
import io.berth.sdl.group.Price;
import io.berth.sdl.group.SignedBy;
import java.util.List;
import java.util.Map;

/**
 * Where services may be placed.
 *
 * @param attributes in document order
 * @param pricing by compute profile
 */
public record Placement(List<Attribute> attributes, SignedBy signedBy, Map<String, Price> pricing) {
  public Placement {
    attributes = List.copyOf(attributes);
    pricing = Map.copyOf(pricing);
  }
}
