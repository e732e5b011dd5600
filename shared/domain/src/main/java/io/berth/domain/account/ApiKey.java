package io.berth.domain.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An API key without its secret.
 *
 * @param id random UUID
 * @param digest lower-case hexadecimal HMAC-SHA-256 of the whole key under the pepper
 * @param keyFormat how it is shown: first 6 {@code ***} last 6 of the secret
 */
public record ApiKey(
    String id,
    String userId,
    String name,
    String digest,
    String keyFormat,
    List<String> scopes,
    Optional<Instant> expiresAt,
    Instant createdAt,
    Instant updatedAt,
    Optional<Instant> lastUsedAt) {
  public ApiKey {
    scopes = List.copyOf(scopes);
  }

  /** Whether the key may be used at {@code now}. */
  public boolean isLive(Instant now) {
    return expiresAt.map(now::isBefore).orElse(true);
  }
}
