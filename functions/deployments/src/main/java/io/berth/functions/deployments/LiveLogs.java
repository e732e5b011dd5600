package io.berth.functions.deployments;

import io.berth.domain.akash.Lease;
import io.berth.domain.deployment.DeploymentLogs.LogLine;
import io.berth.domain.deployment.LogFollower;
import io.berth.domain.deployment.LogFollower.State;
import io.berth.http.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what is followed: each line at once, from whichever lease's thread it comes. */
final class LiveLogs implements LogFollower.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(LiveLogs.class);

  private final OutputStream out;
  private final Format format;

  private LiveLogs(OutputStream out, Format format) {
    this.out = out;
    this.format = format;
  }

  /** How things are written. */
  private interface Format {
    String begin();

    String line(Lease lease, LogLine line);

    String state(Lease lease, State state, String reason);

    String quiet();

    String end(LogFollower.End end);
  }

  /**
   * As server-sent events: {@code line}, {@code lease} and {@code end}.
   *
   * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">server-sent
   *     events</a>
   */
  static LiveLogs asEvents(OutputStream out) {
    return new LiveLogs(out, new Events());
  }

  /** As text for eyes, as {@link LogsAnswer#text}. */
  static LiveLogs asText(OutputStream out) {
    return new LiveLogs(out, new Text());
  }

  /** Follows to the end. */
  void tell(LogFollower.Following following) {
    write(format.begin());
    write(format.end(following.tell(this)));
  }

  @Override
  public void line(Lease lease, LogLine line) {
    write(format.line(lease, line));
  }

  @Override
  public void state(Lease lease, State state, String reason) {
    write(format.state(lease, state, reason));
  }

  @Override
  public void quiet() {
    write(format.quiet());
  }

  @Override
  public void failed(Lease lease, RuntimeException failure) {
    LOG.error("following {} failed", lease.id(), failure);
  }

  private synchronized void write(String text) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static final class Events implements Format {
    private static final int RETRY_MILLIS = 2_000;

    @Override
    public String begin() {
      return "retry: " + RETRY_MILLIS + "\n\n";
    }

    @Override
    public String line(Lease lease, LogLine line) {
      return event("line", LogsAnswer.json(line, lease));
    }

    @Override
    public String state(Lease lease, State state, String reason) {
      Map<String, Object> json = ReadJson.lease(lease.id());
      json.put("state", word(state));
      if (!reason.isEmpty()) {
        json.put("reason", reason);
      }
      return event("lease", json);
    }

    /** A comment, which keeps whatever is between from giving the connection up. */
    @Override
    public String quiet() {
      return ":\n\n";
    }

    @Override
    public String end(LogFollower.End end) {
      return event("end", Map.of("reason", word(end)));
    }

    private static String event(String name, Map<String, Object> data) {
      return "event: " + name + "\ndata: " + Json.MAPPER.writeValueAsString(data) + "\n\n";
    }
  }

  private static final class Text implements Format {
    @Override
    public String begin() {
      return "";
    }

    @Override
    public String line(Lease lease, LogLine line) {
      return LogsAnswer.text(line);
    }

    @Override
    public String state(Lease lease, State state, String reason) {
      String words = word(state).replace('_', ' ');
      return LogsAnswer.note(lease, reason.isEmpty() ? words : words + ": " + reason);
    }

    /** Lines are lines, so silence is a note too. */
    @Override
    public String quiet() {
      return "#\n";
    }

    @Override
    public String end(LogFollower.End end) {
      return switch (end) {
        case OVER -> "# the end: no lease is active any more\n";
        case TIME -> "# the end: the time is up; ask again to go on\n";
      };
    }
  }
}
