package io.berth.functions.account;

import io.berth.domain.audit.AuditEntry;
import io.berth.domain.audit.AuditEntry.Outcome;
import io.berth.domain.audit.AuditLog;
import io.berth.domain.audit.AuditLog.Position;
import io.berth.http.ApiHandler;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.Fields;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code GET /v1/audit?limit&cursor}: what was changed or tried to be, newest first. */
public final class ListAudit extends ApiHandler {
  private static final int USUAL = 50;
  private static final int MOST = 100;

  private final AuditLog entries;

  /** Wired from the function's environment. */
  public ListAudit() {
    this(Wiring.auditLog());
  }

  ListAudit(AuditLog entries) {
    this.entries = entries;
  }

  @Override
  protected ApiResponse handle(ApiRequest request) {
    Fields parameters = Fields.ofParameters();
    int limit =
        parameters.queryInt("limit", request.queryParameter("limit"), 1, MOST).orElse(USUAL);
    Optional<String> cursor = request.queryParameter("cursor");
    Optional<Position> after = cursor.flatMap(ListAudit::position);
    if (cursor.isPresent() && after.isEmpty()) {
      parameters.rejectQuery("cursor", "Invalid cursor");
    }
    parameters.verify();
    // One more than asked for tells whether there are more.
    List<AuditEntry> found = entries.list(request.principal().userId(), after, limit + 1);
    List<AuditEntry> shown = found.subList(0, Math.min(limit, found.size()));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("entries", shown.stream().map(ListAudit::json).toList());
    json.put("nextCursor", found.size() > limit ? cursor(shown.getLast()) : null);
    return ApiResponse.ok(json);
  }

  private static Map<String, Object> json(AuditEntry entry) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("requestId", entry.requestId());
    json.put("at", entry.at().toString());
    json.put("keyId", entry.keyId().orElse(null));
    json.put("action", entry.action());
    json.put("path", entry.path());
    json.put("sourceIp", entry.sourceIp());
    json.put("outcome", outcome(entry.outcome()));
    json.put("status", entry.outcome().map(Outcome::status).orElse(null));
    json.put("made", entry.outcome().flatMap(Outcome::made).orElse(null));
    return json;
  }

  private static String outcome(Optional<Outcome> outcome) {
    int status = outcome.map(Outcome::status).orElse(0);
    if (status == 0) {
      return "unknown";
    }
    if (status < 400) {
      return "done";
    }
    return status < 500 ? "refused" : "failed";
  }

  private static String cursor(AuditEntry entry) {
    byte[] text = (entry.at() + " " + entry.requestId()).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
  }

  /** Empty for whatever was not made by {@link #cursor}. */
  private static Optional<Position> position(String cursor) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      String[] parts = text.split(" ", 2);
      return parts.length == 2
          ? Optional.of(new Position(Instant.parse(parts[0]), parts[1]))
          : Optional.empty();
    } catch (IllegalArgumentException | DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
