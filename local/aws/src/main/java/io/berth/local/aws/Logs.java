package io.berth.local.aws;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps the web server from logging each start and stop. */
final class Logs {
  /** Held because the logging framework holds loggers, and so their levels, weakly. */
  private static final Logger HELIDON = Logger.getLogger("io.helidon");

  private Logs() {}

  /** Sets the level, unless it is set already. */
  static synchronized void quieten() {
    if (HELIDON.getLevel() == null) {
      HELIDON.setLevel(Level.WARNING);
    }
  }
}
