package io.berth.functions.deployments;

import io.berth.domain.akash.Lease;
import io.berth.domain.akash.OrderId;
import io.berth.domain.deployment.DeploymentLogs;
import io.berth.domain.deployment.DeploymentLogs.LeaseLogs;
import io.berth.domain.deployment.DeploymentLogs.LogLine;
import io.berth.domain.provider.ReadOutcome;
import io.berth.domain.provider.ReadOutcome.Cut;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Logs as they are answered: for programs as JSON, for eyes as text. */
final class LogsAnswer {
  private LogsAnswer() {}

  /** All lines, whether there may be more, the caps, and how reading went lease by lease. */
  static Map<String, Object> json(DeploymentLogs logs) {
    List<Map<String, Object>> lines = new ArrayList<>();
    for (LeaseLogs lease : logs.leases()) {
      lines(lease).forEach(line -> lines.add(json(line, lease.lease())));
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

  /** One line. */
  static Map<String, Object> json(LogLine line, Lease lease) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("service", line.service());
    json.put("pod", line.pod());
    json.put("provider", lease.id().provider());
    json.put("receivedAt", line.receivedAt().toString());
    json.put("message", line.message());
    return json;
  }

  /** {@code POD | MESSAGE}, and what is to say of a lease on a line that begins with #. */
  static String text(DeploymentLogs logs) {
    StringBuilder text = new StringBuilder();
    for (LeaseLogs lease : logs.leases()) {
      for (LogLine line : lines(lease)) {
        text.append(text(line));
      }
      note(lease).ifPresent(note -> text.append(note(lease.lease(), note)));
    }
    return text.toString();
  }

  /** One line, and only one, so that it cannot pass for a note. */
  static String text(LogLine line) {
    return line.pod() + " | " + line.message().stripTrailing().replaceAll("\\R", " ") + "\n";
  }

  /** What is to say of a lease. */
  static String note(Lease lease, String what) {
    OrderId order = lease.id().order();
    return "# %s/%d/%d: %s\n".formatted(lease.id().provider(), order.gseq(), order.oseq(), what);
  }

  private static Optional<String> note(LeaseLogs lease) {
    return switch (lease.outcome()) {
      case ReadOutcome.Read<LogLine>(List<LogLine> lines, Optional<Cut> cut) ->
          cut.map(reason -> "there may be more lines: " + ReadJson.words(reason));
      case ReadOutcome.NotReady<LogLine>(String reason) -> Optional.of("not ready: " + reason);
      case ReadOutcome.Unavailable<LogLine>(String reason) -> Optional.of("unavailable: " + reason);
    };
  }

  private static List<LogLine> lines(LeaseLogs lease) {
    return lease.outcome() instanceof ReadOutcome.Read<LogLine> read ? read.items() : List.of();
  }

  private static boolean isCut(LeaseLogs lease) {
    return lease.outcome() instanceof ReadOutcome.Read<LogLine> read && read.cut().isPresent();
  }
}
