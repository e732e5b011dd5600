package io.berth.local.aws;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A secret with its versions, oldest first. The newest is current, the one before it previous;
 * older ones have no stage and are forgotten.
 */
record Secret(String arn, String name, Instant createdAt, List<Version> versions) {
  static final String CURRENT = "AWSCURRENT";
  static final String PREVIOUS = "AWSPREVIOUS";
  private static final List<String> STAGES = List.of(CURRENT, PREVIOUS);

  Secret {
    versions = List.copyOf(versions);
  }

  /**
   * One value.
   *
   * @param text the value, or its base64 if it is binary
   */
  record Version(String id, String text, boolean binary, Instant createdAt) {
    boolean sameValue(Version other) {
      return text.equals(other.text) && binary == other.binary;
    }
  }

  /** This secret with a new current version. */
  Secret with(Version version) {
    List<Version> kept = new ArrayList<>(versions);
    kept.add(version);
    return new Secret(
        arn, name, createdAt, kept.subList(Math.max(0, kept.size() - STAGES.size()), kept.size()));
  }

  Optional<Version> current() {
    return staged(CURRENT);
  }

  Optional<Version> staged(String stage) {
    return versions.stream().filter(version -> stageOf(version).equals(stage)).findFirst();
  }

  Optional<Version> version(String id) {
    return versions.stream().filter(version -> version.id().equals(id)).findFirst();
  }

  /** The stage of one of the versions. */
  String stageOf(Version version) {
    return STAGES.get(versions.size() - 1 - versions.indexOf(version));
  }
}
