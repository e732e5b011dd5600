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
  private Planner() {}

  /**
   * The plan of a document.
   *
   * @param document without problems, or with such as do not touch its structure
   */
  public static DeploymentPlan plan(Document document, Layout layout) {
    Rules rules = new Rules(layout);
    Exposures exposures = new Exposures(rules, document);
    List<PlannedGroup> groups = new GroupBuilder(document, rules, exposures).groups();
    boolean dropsEmail = layout == Layout.GO && !document.mergesProfiles();
    String manifest =
        GoJson.write(
            new ManifestBuilder(rules, exposures, dropsEmail).manifest(groups),
            layout == Layout.GO);
    return new DeploymentPlan(
        layout,
        groups.stream().map(PlannedGroup::spec).toList(),
        manifest,
        sha256(manifest),
        document.reclamation());
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
