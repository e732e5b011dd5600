package io.berth.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.audit.AuditEntry;
import io.berth.domain.audit.AuditEntry.Outcome;
import io.berth.domain.audit.AuditLog.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DynamoAuditLogTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static LocalTables tables;
  private static DynamoAuditLog log;

  private final String userId = UUID.randomUUID().toString();

  @BeforeAll
  static void start() {
    tables = new LocalTables();
    log = new DynamoAuditLog(tables.client(), LocalTables.AUDIT, Duration.ofDays(400));
  }

  @AfterAll
  static void stop() {
    tables.close();
  }

  private AuditEntry begun(String requestId, Instant at, Optional<String> keyId) {
    AuditEntry entry =
        new AuditEntry(
            userId,
            requestId,
            at,
            keyId,
            "POST /v1/leases",
            "/v1/leases",
            "192.0.2.1",
            Optional.empty());
    log.begin(entry);
    return entry;
  }

  @Test
  void keepsAnEntryAndThenItsFirstOutcome() {
    AuditEntry begun = begun("r1", NOW, Optional.of("k"));
    assertThat(log.list(userId, Optional.empty(), 9)).containsExactly(begun);

    AuditEntry ended = begun.ended(new Outcome(201, Optional.of("17")));
    log.end(ended);
    log.end(begun.ended(new Outcome(500, Optional.empty())));

    assertThat(log.list(userId, Optional.empty(), 9)).containsExactly(ended);
  }

  @Test
  void keepsNoOutcomeOfWhatNeverBegan() {
    AuditEntry never =
        new AuditEntry(
            userId,
            "r",
            NOW,
            Optional.empty(),
            "a",
            "p",
            "",
            Optional.of(new Outcome(200, Optional.empty())));

    log.end(never);

    assertThat(log.list(userId, Optional.empty(), 9)).isEmpty();
  }

  @Test
  void pagesFromTheNewestToTheOldestThoughTwoCameAtOneMoment() {
    AuditEntry a = begun("a", NOW, Optional.empty());
    AuditEntry b = begun("b", NOW, Optional.of("k"));
    AuditEntry c = begun("c", NOW.plusNanos(1), Optional.empty());

    List<AuditEntry> first = log.list(userId, Optional.empty(), 2);
    List<AuditEntry> next = log.list(userId, Optional.of(new Position(b.at(), b.requestId())), 2);

    assertThat(first).containsExactly(c, b);
    assertThat(next).containsExactly(a);
    assertThat(log.list("someone-else", Optional.empty(), 2)).isEmpty();
  }
}
