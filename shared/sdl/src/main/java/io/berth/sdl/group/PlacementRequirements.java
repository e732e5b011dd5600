package io.berth.sdl.group;

import java.util.List;

/** What a provider must be to bid on a group. */
public record PlacementRequirements(SignedBy signedBy, List<Attribute> attributes) {
  public PlacementRequirements {
    attributes = List.copyOf(attributes);
  }
}
