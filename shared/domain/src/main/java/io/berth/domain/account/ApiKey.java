package io.berth.domain.account;

import java.time.Instant;
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
    String digest,
    String keyFormat,
    KeyTerms terms,
    Instant createdAt,
    Instant updatedAt,
    Optional<Instant> lastUsedAt) {

  /** Whether the key may be used at {@code now}. */
  public boolean isLive(Instant now) {
    return terms.expiresAt().map(now::isBefore).orElse(true);
  }

  /**
   * This key on other terms.
   *
   * @param now when; the key's {@code updatedAt} moves in any case
   */
  public ApiKey on(KeyTerms next, Instant now) {
    Instant later = now.isAfter(updatedAt) ? now : updatedAt.plusNanos(1);
    return new ApiKey(id, userId, digest, keyFormat, next, createdAt, later, lastUsedAt);
  }

  /** This key, used. */
  ApiKey usedAt(Instant now) {
    return new ApiKey(id, userId, digest, keyFormat, terms, createdAt, updatedAt, Optional.of(now));
  }
}
