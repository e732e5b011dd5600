package io.berth.domain.account;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Makes API keys. */
public final class KeyIssuer {
  private final ApiKeys keys;
  private final String environment;
  private final Supplier<Pepper> pepper;
  private final SecureRandom random;
  private final InstantSource clock;

  /**
   * All parts given.
   *
   * @param pepper asked when a key is made, not before
   */
  public KeyIssuer(
      ApiKeys keys,
      String environment,
      Supplier<Pepper> pepper,
      SecureRandom random,
      InstantSource clock) {
    this.keys = keys;
    this.environment = environment;
    this.pepper = pepper;
    this.random = random;
    this.clock = clock;
  }

  /** A key that was just made, with the only copy of its text. */
  public record Issued(ApiKey key, KeyText text) {}

  /**
   * Makes and keeps a key.
   *
   * @param expiresAt when it stops working; empty for never
   */
  public Issued issue(String userId, String name, Optional<Instant> expiresAt) {
    KeyText text = KeyText.generate(environment, random);
    Instant now = clock.instant();
    ApiKey key =
        new ApiKey(
            UUID.randomUUID().toString(),
            userId,
            name,
            text.digest(pepper.get()),
            text.display(),
            List.of(),
            expiresAt,
            now,
            now,
            Optional.empty());
    keys.create(key);
    return new Issued(key, text);
  }
}
