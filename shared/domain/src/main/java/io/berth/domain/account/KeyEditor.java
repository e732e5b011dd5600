package io.berth.domain.account;

import io.berth.domain.problem.Refusal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

/** Changes what keys are called, how long they work and what they may do. */
public final class KeyEditor {
  private final ApiKeys keys;
  private final InstantSource clock;

  public KeyEditor(ApiKeys keys, InstantSource clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * Changes a key's terms; made again if somebody else changes the key at the same time.
   *
   * @param caller what whoever asks for it may do
   * @return the key as it is now
   * @throws Refusal if there is no such key, it has expired, or were to do more than the caller
   */
  public ApiKey change(String userId, Access caller, String id, UnaryOperator<KeyTerms> change) {
    while (true) {
      Instant now = clock.instant();
      ApiKey key = KeyRules.requireLive(keys.find(userId, id), now);
      ApiKey next = key.on(change.apply(key.terms()), now);
      if (!next.terms().access().equals(key.terms().access())) {
        KeyRules.requireCovered(caller, next.terms().access());
      }
      if (keys.replace(key, next)) {
        return next;
      }
    }
  }
}
