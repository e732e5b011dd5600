package io.berth.sdl;

import java.util.List;
import java.util.Optional;

/**
 * How an SDL is read.
 *
 * @param layout which SDK's layout groups and manifest follow
 * @param denom the denomination that every price is rewritten to; empty leaves prices as written
 * @param auditors addresses added to every placement's {@code signedBy.anyOf}, as Console does
 */
public record SdlOptions(Layout layout, Optional<String> denom, List<String> auditors) {
  public SdlOptions {
    auditors = List.copyOf(auditors);
  }

  /** The given layout, prices and auditors as written. */
  public static SdlOptions asWritten(Layout layout) {
    return new SdlOptions(layout, Optional.empty(), List.of());
  }
}
