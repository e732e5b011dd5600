package io.berth.sdl.group;

import java.util.List;

/**
 * A group of a deployment: what one provider is asked to run.
 *
 * @param name the SDL's placement name
 */
public record GroupSpec(
    String name, PlacementRequirements requirements, List<ResourceUnit> resources) {
  public GroupSpec {
    resources = List.copyOf(resources);
  }
}
