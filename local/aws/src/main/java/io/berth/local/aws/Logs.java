package io.berth.local.aws;

import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps the libraries here from logging what is no trouble. */
final class Logs {
  private static final Map<String, Level> LEVELS =
      Map.of(
          // Takes every refused condition for something to warn of.
          "com.amazonaws", Level.SEVERE,
          // Its jobs stumble over the database that closes under them.
          "com.amazonaws.services.dynamodbv2.local.shared.jobs", Level.OFF,
          "com.almworks.sqlite4java", Level.WARNING,
          "org.eclipse.jetty", Level.WARNING,
          "io.helidon", Level.WARNING);

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
