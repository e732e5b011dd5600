package io.berth.local.dynamodb;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Finds the engine's binary. */
final class Binary {
  /** Environment variable: the path of a dynoxide binary. */
  static final String VARIABLE = "BERTH_DYNOXIDE";

  /** Written by {@code install.sh} during the build: the path of what it installed, or nothing. */
  private static final String INSTALLED = "binary";

  private Binary() {}

  /**
   * The binary that {@value #VARIABLE} names, else the one that the build installed.
   *
   * @throws IllegalStateException if there is none; the message says what to install
   */
  static Path find(Map<String, String> environment) {
    String given = environment.get(VARIABLE);
    Path binary = Path.of(given == null ? installed() : given);
    if (!Files.isRegularFile(binary) || !Files.isExecutable(binary)) {
      throw new IllegalStateException(
          given == null
              ? "No DynamoDB engine: install npm (on Linux x64) or cargo and build again, or set "
                  + VARIABLE
                  + " to a dynoxide binary"
              : VARIABLE + " is not an executable file: " + given);
    }
    return binary;
  }

  private static String installed() {
    try (InputStream path = Binary.class.getResourceAsStream(INSTALLED)) {
      return path == null ? "" : new String(path.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
