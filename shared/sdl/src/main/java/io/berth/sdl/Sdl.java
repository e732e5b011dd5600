package io.berth.sdl;

import io.berth.sdl.layout.Planner;
import io.berth.sdl.read.DocumentReader;
import io.berth.sdl.read.DocumentResult;
import io.berth.sdl.yaml.Yaml;
import io.berth.sdl.yaml.YamlResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The way in: SDL text to a deployment plan. */
public final class Sdl {

  /** Longest SDL accepted, in bytes of UTF-8. */
  public static final int MAX_BYTES = 64 * 1024;

  /**
   * Longest manifest, in bytes of UTF-8. Many services may share a profile of many volumes, so that
   * a short SDL can ask for a manifest that no provider takes and no table holds.
   */
  public static final int MAX_MANIFEST_BYTES = 320 * 1024;

  private Sdl() {}

  /**
   * Reads an SDL, checks it in full, and lays it out.
   *
   * @param text YAML, at most {@link #MAX_BYTES}
   * @return the plan, or all problems at once; never throws for any text
   */
  public static SdlResult plan(String text, SdlOptions options) {
    if (isLonger(text, MAX_BYTES)) {
      return invalid("the document is longer than " + MAX_BYTES + " bytes", "size-limit", 1, 1);
    }
    // Places are half the parser's garbage, and only a document with problems needs them.
    SdlResult result = plan(text, Yaml.Places.LEFT_OUT, options);
    return result instanceof SdlResult.Valid ? result : plan(text, Yaml.Places.KEPT, options);
  }

  /** A char takes three bytes at most, so most texts need not be encoded to be measured. */
  private static boolean isLonger(String text, int bytes) {
    return text.length() > bytes
        || (text.length() > bytes / 3 && text.getBytes(StandardCharsets.UTF_8).length > bytes);
  }

  private static SdlResult plan(String text, Yaml.Places places, SdlOptions options) {
    return switch (Yaml.read(text, places)) {
      case YamlResult.Broken broken ->
          invalid(broken.message(), broken.rule(), broken.place().line(), broken.place().column());
      case YamlResult.Read read -> {
        DocumentResult result = DocumentReader.read(read.value(), options);
        yield result.problems().isEmpty()
            ? bounded(new Planner(result.document(), options.layout()).plan())
            : new SdlResult.Invalid(result.problems());
      }
    };
  }

  private static SdlResult bounded(DeploymentPlan plan) {
    return isLonger(plan.manifest(), MAX_MANIFEST_BYTES)
        ? invalid(
            "the manifest would be longer than " + MAX_MANIFEST_BYTES + " bytes",
            "manifest-limit",
            1,
            1)
        : new SdlResult.Valid(plan);
  }

  private static SdlResult invalid(String message, String rule, int line, int column) {
    return new SdlResult.Invalid(
        List.of(new Problem(message, rule, "", line, column, Optional.empty())));
  }
}
