package io.berth.sdl.layout;

import io.berth.sdl.DeploymentPlan;
import io.berth.sdl.Layout;
import io.berth.sdl.model.Document;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Lays a valid document out: groups, manifest and hash of one layout. */
public final class Planner {
  private final Document document;
  private final Layout layout;
  private final Rules rules;
  private final Exposures exposures;

  /**
   * A planner of one document.
   *
   * @param document without problems, or with such as do not touch its structure
   */
  public Planner(Document document, Layout layout) {
    this.document = document;
    this.layout = layout;
    this.rules = new Rules(layout);
    this.exposures = new Exposures(rules, document);
  }

  /** The whole plan. */
  public DeploymentPlan plan() {
    List<PlannedGroup> groups = groups();
    String manifest = manifest(groups);
    return new DeploymentPlan(
        layout,
        groups.stream().map(PlannedGroup::spec).toList(),
        groups.stream().map(PlannedGroup::serviceNames).toList(),
        manifest,
        hash(manifest),
        document.reclamation());
  }

  /** The groups, by ascending placement name. */
  public List<PlannedGroup> groups() {
    return new GroupBuilder(document, rules, exposures).groups();
  }

  /** The manifest of these groups, in the form that is hashed. */
  public String manifest(List<PlannedGroup> groups) {
    boolean dropsEmail = layout == Layout.GO && !document.mergesProfiles();
    return new ManifestBuilder(rules, exposures, dropsEmail).manifest(groups);
  }

  /** A manifest's hash: SHA-256 of its UTF-8 in lower-case hexadecimal. */
  public static String hash(String manifest) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(manifest.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
