package io.berth.domain.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps entries; none is ever changed but for its outcome, once. */
public interface AuditLog {

  /** Keeps an entry without outcome, before anything is changed. */
  void begin(AuditEntry entry);

  /** Keeps the outcome of an entry that {@link #begin} kept; the first one stays. */
  void end(AuditEntry entry);

  /**
   * Where a list goes on.
   *
   * @param at when the last entry shown was made
   * @param requestId its request
   */
  record Position(Instant at, String requestId) {}

  /**
   * The user's entries, newest first.
   *
   * @param after entries older than this one; empty to begin with the newest
   * @param limit at most so many
   */
  List<AuditEntry> list(String userId, Optional<Position> after, int limit);
}
