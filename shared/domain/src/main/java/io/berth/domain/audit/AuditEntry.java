package io.berth.domain.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * A request that was to change something. Never with bodies, so that no secret is in it.
 *
 * @param userId whose things
 * @param requestId the request's own id, as its answer told
 * @param keyId the key that it came with; empty for a person who signed in
 * @param action method and route, such as {@code DELETE /v1/deployments/{dseq}}
 * @param path as sent
 * @param sourceIp where it came from, as API Gateway saw it
 * @param outcome empty while it is not known: at work, or broken off
 */
public record AuditEntry(
    String userId,
    String requestId,
    Instant at,
    Optional<String> keyId,
    String action,
    String path,
    String sourceIp,
    Optional<Outcome> outcome) {

  /**
   * What came of it.
   *
   * @param status the answer's HTTP status
   * @param made the id of what was made, such as a dseq or a key's id
   */
  public record Outcome(int status, Optional<String> made) {}

  /** The same with its outcome. */
  public AuditEntry ended(Outcome known) {
    return new AuditEntry(userId, requestId, at, keyId, action, path, sourceIp, Optional.of(known));
  }
}
