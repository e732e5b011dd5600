package io.berth.local.stack;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import org.slf4j.MDC;

/**
 * What functions log, for people: the same text and fields that the cloud's JSON lines have, one
 * line each and the stack of an error below.
 */
public final class ReadableLines extends Formatter {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

  @Override
  public String format(LogRecord line) {
    Map<String, String> context = MDC.getCopyOfContextMap();
    String fields = context == null || context.isEmpty() ? "" : "  " + new TreeMap<>(context);
    return "%s %-7s %s: %s%s%n%s"
        .formatted(
            TIME.format(Instant.ofEpochMilli(line.getMillis())),
            line.getLevel().getName(),
            shortName(line.getLoggerName()),
            formatMessage(line),
            fields,
            line.getThrown() == null ? "" : stack(line.getThrown()));
  }

  private static String shortName(String logger) {
    return logger == null ? "" : logger.substring(logger.lastIndexOf('.') + 1);
  }

  private static String stack(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
