package io.berth.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The function's settings: environment variables, as {@code template.yaml} gives them. A system
 * property of the same name wins, so that one JVM can host several functions.
 */
public final class Settings {
  private Settings() {}

  /**
   * A setting that must be there.
   *
   * @throws IllegalStateException naming the variable if it is not
   */
  public static String require(String name) {
    return find(name)
        .orElseThrow(
            () -> new IllegalStateException("the environment variable " + name + " is missing"));
  }

  /** A setting that may be missing or empty. */
  public static Optional<String> find(String name) {
    String property = System.getProperty(name);
    String value = property != null ? property : System.getenv(name);
    return Optional.ofNullable(value).filter(text -> !text.isBlank());
  }

  /** A duration in milliseconds. */
  public static Duration millis(String name) {
    return Duration.ofMillis(Long.parseLong(require(name)));
  }

  /** A list separated by commas; empty if missing. */
  public static List<String> list(String name) {
    return find(name).map(text -> List.of(text.split(","))).orElse(List.of());
  }

  /** Whether a switch is on; off if missing. */
  public static boolean isOn(String name) {
    return find(name).map(Boolean::parseBoolean).orElse(false);
  }
}
