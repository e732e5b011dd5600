package io.berth.sdl.model;

import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A whole SDL.
 *
 * @param mergesProfiles whether this is SDL 2.1, where services of one placement that use one
 *     compute profile share a resource unit
 * @param deployment service to placement to what is placed there
 */
public record Document(
    boolean mergesProfiles,
    SortedMap<String, Service> services,
    SortedMap<String, Compute> compute,
    SortedMap<String, Placement> placements,
    SortedMap<String, SortedMap<String, Placed>> deployment,
    Optional<Duration> reclamation) {

  /** A service in a placement: {@code count} replicas with the resources of a compute profile. */
  public record Placed(String profile, int count) {}
}
