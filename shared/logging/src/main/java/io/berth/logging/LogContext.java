package io.berth.logging;

import java.util.Map;
import org.slf4j.MDC;

/**
 * What all lines that this thread logs are about, until it is closed. Contexts nest: an inner one
 * adds to the outer one, which comes back when the inner one is closed.
 */
public final class LogContext implements AutoCloseable {
  private final Map<String, String> before = MDC.getCopyOfContextMap();

  private LogContext() {}

  /** A context that adds nothing yet. */
  public static LogContext open() {
    return new LogContext();
  }

  /** Adds a field; one that is null or empty is left out. */
  public LogContext with(LogField field, String value) {
    if (value != null && !value.isEmpty()) {
      MDC.put(field.label(), value);
    }
    return this;
  }

  @Override
  public void close() {
    if (before == null) {
      MDC.clear();
    } else {
      MDC.setContextMap(before);
    }
  }
}
