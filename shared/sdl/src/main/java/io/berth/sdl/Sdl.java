package io.berth.sdl;

import java.util.List;
import java.util.Optional;

/** The way in: SDL text to a deployment plan. */
public final class Sdl {

  /** Longest SDL accepted, in bytes of UTF-8. */
  public static final int MAX_BYTES = 64 * 1024;

  private Sdl() {}

  /**
   * Reads an SDL, checks it in full, and lays it out.
   *
   * @param text YAML, at most {@link #MAX_BYTES}
   * @return the plan, or all problems at once; never throws for any text
   */
  public static SdlResult plan(String text, SdlOptions options) {
    return new SdlResult.Invalid(
        List.of(new Problem("not built yet", "unbuilt", "", 1, 1, Optional.empty())));
  }
}
