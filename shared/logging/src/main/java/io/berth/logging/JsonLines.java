package io.berth.logging;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.slf4j.MDC;
import tools.jackson.databind.json.JsonMapper;

/**
 * A log record as one line of JSON: {@code timestamp}, {@code level}, {@code logger}, {@code
 * message}, the fields of the {@link LogContext}, and {@code error} with its stack and causes. The
 * first two are named as Lambda reads them. All text is {@link Redaction redacted}.
 *
 * <p>It must be called by the thread that logs, as handlers do.
 */
public final class JsonLines extends Formatter {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MOST_FRAMES = 50;
  private static final int MOST_CAUSES = 10;

  @Override
  public String format(LogRecord line) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("timestamp", Instant.ofEpochMilli(line.getMillis()).toString());
    fields.put("level", level(line.getLevel()));
    fields.put("logger", String.valueOf(line.getLoggerName()));
    fields.put("message", Redaction.of(formatMessage(line)));
    context().forEach((name, value) -> fields.put(name, Redaction.of(value)));
    if (line.getThrown() != null) {
      fields.put("error", error(line.getThrown(), MOST_CAUSES));
    }
    if (metric(line) instanceof Metric metric) {
      addMetric(fields, metric, line.getMillis());
    }
    return JSON.writeValueAsString(fields) + "\n";
  }

  private static Map<String, String> context() {
    Map<String, String> context = MDC.getCopyOfContextMap();
    return context == null ? Map.of() : context;
  }

  private static Object metric(LogRecord line) {
    Object[] parameters = line.getParameters();
    return parameters == null || parameters.length == 0 ? null : parameters[0];
  }

  /** As Lambda names levels. */
  private static String level(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return "ERROR";
    } else if (value >= Level.WARNING.intValue()) {
      return "WARN";
    } else if (value >= Level.INFO.intValue()) {
      return "INFO";
    }
    return value >= Level.FINE.intValue() ? "DEBUG" : "TRACE";
  }

  private static Map<String, Object> error(Throwable thrown, int mostCauses) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("type", thrown.getClass().getName());
    error.put("message", Redaction.of(String.valueOf(thrown.getMessage())));
    error.put("stack", stack(thrown));
    if (thrown.getCause() != null && mostCauses > 0) {
      error.put("cause", error(thrown.getCause(), mostCauses - 1));
    }
    return error;
  }

  private static List<String> stack(Throwable thrown) {
    StackTraceElement[] frames = thrown.getStackTrace();
    List<String> stack =
        new ArrayList<>(
            Arrays.stream(frames).limit(MOST_FRAMES).map(StackTraceElement::toString).toList());
    if (frames.length > MOST_FRAMES) {
      stack.add((frames.length - MOST_FRAMES) + " more");
    }
    return stack;
  }

  private static void addMetric(Map<String, Object> fields, Metric metric, long millis) {
    fields.put(
        "_aws",
        Map.of(
            "Timestamp",
            millis,
            "CloudWatchMetrics",
            List.of(
                Map.of(
                    "Namespace",
                    Metric.NAMESPACE,
                    "Dimensions",
                    List.of(List.of(metric.dimension())),
                    "Metrics",
                    List.of(Map.of("Name", metric.name(), "Unit", "Count"))))));
    fields.put(metric.dimension(), metric.value());
    fields.put(metric.name(), 1);
  }
}
