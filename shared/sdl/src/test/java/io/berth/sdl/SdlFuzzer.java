package io.berth.sdl;

import java.nio.charset.StandardCharsets;

/**
 * The target of {@code make fuzz}: whatever the bytes, the answer is a plan or at least one problem
 * with a place. Jazzer calls it with inputs grown from the official cases.
 */
public final class SdlFuzzer {
  private SdlFuzzer() {}

  /** Jazzer's entry point. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    for (Layout layout : Layout.values()) {
      switch (Sdl.plan(text, SdlOptions.asWritten(layout))) {
        case SdlResult.Valid valid -> require(valid.plan().hash().length() == 64);
        case SdlResult.Invalid invalid -> {
          require(!invalid.problems().isEmpty());
          invalid
              .problems()
              .forEach(problem -> require(problem.line() > 0 && problem.column() > 0));
        }
      }
    }
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new IllegalStateException("an answer without substance");
    }
  }
}
