package io.berth.local.aws;

import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps the libraries here from logging what is no trouble. */
final class Logs {
  private static final Map<String, Level> LEVELS = Map.of("io.helidon", Level.WARNING);

  /** Held because the logging framework holds loggers, and so their levels, weakly. */
  private static final Map<String, Logger> LOGGERS = new HashMap<>();

  private Logs() {}

  /** Sets the levels that no one has set yet. */
  static synchronized void quieten() {
    LEVELS.forEach(
        (name, level) -> {
          Logger logger = LOGGERS.computeIfAbsent(name, Logger::getLogger);
          if (logger.getLevel() == null) {
            logger.setLevel(level);
          }
        });
  }
}
