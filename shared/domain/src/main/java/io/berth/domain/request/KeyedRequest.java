package io.berth.domain.request;

import java.time.Instant;
import java.util.Optional;

/**
 * A request that came with an {@code Idempotency-Key}.
 *
 * @param key the user's name for it
 * @param fingerprint of what was asked for: the same key must not mean two things
 * @param id stays the same for all repetitions
 * @param lockedUntil until then somebody may be working on it
 * @param answer present once it is final
 */
public record KeyedRequest(
    String userId,
    String key,
    String fingerprint,
    RequestId id,
    Instant lockedUntil,
    Optional<Answer> answer) {

  KeyedRequest lockedUntil(Instant time) {
    return new KeyedRequest(userId, key, fingerprint, id, time, answer);
  }

  KeyedRequest answered(Answer last) {
    return new KeyedRequest(userId, key, fingerprint, id, lockedUntil, Optional.of(last));
  }
}
