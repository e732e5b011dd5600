package io.berth.functions.deployments;

import io.berth.domain.akash.BidId;
import io.berth.domain.deployment.DeploymentLogs;
import io.berth.domain.deployment.DeploymentLogs.LeaseLogs;
import io.berth.domain.deployment.DeploymentLogs.LogLine;
import io.berth.domain.provider.ReadOutcome;
import io.berth.domain.provider.ReadOutcome.Cut;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Logs as they are answered: for programs as JSON, for eyes as text. */
final class LogsAnswer {
  private LogsAnswer() {}

  /** Whether plain text comes before JSON in an {@code Accept} header. */
  static boolean wantsText(String accept) {
    for (String range : accept.split(",", -1)) {
      String type = range.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
      if (type.equals("text/plain")) {
        return true;
      }
      if (type.equals("application/json")) {
        return false;
      }
    }
    return false;
  }

  /** All lines, whether there may be more, the caps, and how reading went lease by lease. */
  static Map<String, Object> json(DeploymentLogs logs) {
    List<Map<String, Object>> lines = new ArrayList<>();
    for (LeaseLogs lease : logs.leases()) {
      lines(lease).forEach(line -> lines.add(json(line, lease)));
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("lines", lines);
    json.put("truncated", logs.leases().stream().anyMatch(LogsAnswer::isCut));
    json.put("caps", ReadJson.caps(logs.caps(), "lines"));
    json.put(
        "leases",
        logs.leases().stream()
            .map(lease -> ReadJson.lease(lease.lease().id(), lease.outcome()))
            .toList());
    return json;
  }

  private static Map<String, Object> json(LogLine line, LeaseLogs lease) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("service", line.service());
    json.put("pod", line.pod());
    json.put("provider", lease.lease().id().provider());
    json.put("receivedAt", line.receivedAt().toString());
    json.put("message", line.message());
    return json;
  }

  /** {@code POD | MESSAGE}, and what is to say of a lease on a line that begins with #. */
  static String text(DeploymentLogs logs) {
    StringBuilder text = new StringBuilder();
    for (LeaseLogs lease : logs.leases()) {
      for (LogLine line : lines(lease)) {
        text.append(line.pod()).append(" | ").append(oneLine(line)).append('\n');
      }
      note(lease).ifPresent(note -> text.append("# ").append(note).append('\n'));
    }
    return text.toString();
  }

  /** A line is one line, so that it cannot pass for a note. */
  private static String oneLine(LogLine line) {
    return line.message().stripTrailing().replaceAll("\\R", " ");
  }

  private static Optional<String> note(LeaseLogs lease) {
    BidId id = lease.lease().id();
    String where = id.provider() + "/" + id.order().gseq() + "/" + id.order().oseq() + ": ";
    return switch (lease.outcome()) {
      case ReadOutcome.Read<LogLine>(List<LogLine> lines, Optional<Cut> cut) ->
          cut.map(reason -> where + "there may be more lines: " + ReadJson.words(reason));
      case ReadOutcome.NotReady<LogLine>(String reason) ->
          Optional.of(where + "not ready: " + reason);
      case ReadOutcome.Unavailable<LogLine>(String reason) ->
          Optional.of(where + "unavailable: " + reason);
    };
  }

  private static List<LogLine> lines(LeaseLogs lease) {
    return lease.outcome() instanceof ReadOutcome.Read<LogLine> read ? read.items() : List.of();
  }

  private static boolean isCut(LeaseLogs lease) {
    return lease.outcome() instanceof ReadOutcome.Read<LogLine> read && read.cut().isPresent();
  }
}
