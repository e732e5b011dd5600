package io.berth.logging;

import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** How a function logs: as its {@code LoggingConfig} says, which Lambda gives it as variables. */
public final class FunctionLogs {
  private static final Map<String, Level> LEVELS =
      Map.of(
          "TRACE", Level.FINEST,
          "DEBUG", Level.FINE,
          "INFO", Level.INFO,
          "WARN", Level.WARNING,
          "ERROR", Level.SEVERE,
          "FATAL", Level.SEVERE);

  private FunctionLogs() {}

  /** Lets this process log as it is configured; does nothing outside of Lambda. */
  public static void configure() {
    configure(System.getenv(), Logger.getLogger(""));
  }

  /**
   * Lets a logger's handlers write {@link JsonLines} if {@code AWS_LAMBDA_LOG_FORMAT} is {@code
   * JSON}, of the level that {@code AWS_LAMBDA_LOG_LEVEL} names or above.
   */
  static void configure(Map<String, String> environment, Logger root) {
    if (!"JSON".equals(environment.get("AWS_LAMBDA_LOG_FORMAT"))) {
      return;
    }
    String name = environment.getOrDefault("AWS_LAMBDA_LOG_LEVEL", "INFO");
    Level level = LEVELS.getOrDefault(name, Level.INFO);
    root.setLevel(level);
    for (Handler handler : root.getHandlers()) {
      handler.setLevel(level);
      handler.setFormatter(new JsonLines());
      try {
        handler.setEncoding(StandardCharsets.UTF_8.name());
      } catch (UnsupportedEncodingException e) {
        throw new IllegalStateException("every Java has UTF-8", e);
      }
    }
  }
}
