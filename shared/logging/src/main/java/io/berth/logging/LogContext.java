package io.berth.logging;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.MDC;

/**
 * What all lines that this thread logs are about, until it is closed. Contexts nest: an inner one
 * adds to the outer one, which comes back when the inner one is closed. Threads that are started
 * meanwhile begin with it.
 */
public final class LogContext implements AutoCloseable {
  private final Map<String, String> before = MDC.getCopyOfContextMap();

  private LogContext() {}

  /** A context that adds nothing yet. */
  public static LogContext open() {
    return new LogContext();
  }

  /**
   * What an invocation is about: its id, and what the function that waits for it {@linkplain
   * #carried() carries} over.
   *
   * @param invocation null outside of Lambda
   */
  public static LogContext of(Context invocation) {
    LogContext context = open();
    if (invocation == null) {
      return context;
    }
    Map<String, String> carried =
        Optional.ofNullable(invocation.getClientContext())
            .map(ClientContext::getCustom)
            .orElse(Map.of());
    for (LogField field : LogField.CARRIED) {
      add(field, carried.get(field.label()));
    }
    return context.with(LogField.INVOCATION, invocation.getAwsRequestId());
  }

  /** What a function that is invoked now, and waited for, is to log too. */
  public static Map<String, String> carried() {
    Map<String, String> carried = new LinkedHashMap<>();
    for (LogField field : LogField.CARRIED) {
      String value = MDC.get(field.label());
      if (value != null) {
        carried.put(field.label(), value);
      }
    }
    return carried;
  }

  /** Adds a field to this context; one that is null or empty is left out. */
  public LogContext with(LogField field, String value) {
    add(field, value);
    return this;
  }

  /** Adds a field that has become known, until the innermost open context is closed. */
  public static void add(LogField field, String value) {
    if (value != null && !value.isEmpty()) {
      MDC.put(field.label(), value);
    }
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
