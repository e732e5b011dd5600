package io.berth.http;

import java.util.Optional;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.slf4j.MDC;

/**
 * Marks each line that is logged while a request is worked on with the request's id, whoever logs
 * it: the id of the answer's {@code X-Request-Id} finds all of them.
 */
final class RequestLines {
  private static final String REQUEST_ID = "requestId";

  private RequestLines() {}

  /** Until it is closed, this thread, and those that it starts, work on the request. */
  static MDC.MDCCloseable of(String requestId) {
    return MDC.putCloseable(REQUEST_ID, requestId);
  }

  /** The JDK's logging, which writes the lines, knows of no context: its lines get it here. */
  static synchronized void mark() {
    for (Handler handler : Logger.getLogger("").getHandlers()) {
      if (!(handler.getFormatter() instanceof Marking)) {
        handler.setFormatter(new Marking(handler.getFormatter()));
      }
    }
  }

  /** Puts the id before a line. */
  static final class Marking extends Formatter {
    private final Formatter plain;

    Marking(Formatter plain) {
      this.plain = plain;
    }

    @Override
    public String format(LogRecord line) {
      String text = plain.format(line);
      return Optional.ofNullable(MDC.get(REQUEST_ID))
          .map(id -> REQUEST_ID + "=" + id + " " + text)
          .orElse(text);
    }

    @Override
    public String getHead(Handler handler) {
      return plain.getHead(handler);
    }

    @Override
    public String getTail(Handler handler) {
      return plain.getTail(handler);
    }
  }
}
