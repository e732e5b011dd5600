package io.berth.domain.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Tells whose an API key is. */
public final class Authenticator {
  /** A use is written down at most this often for each key, but the first use always. */
  private static final Duration TOUCH_INTERVAL = Duration.ofMinutes(1);

  private final ApiKeys keys;
  private final String environment;
  private final Pepper pepper;
  private final InstantSource clock;

  public Authenticator(ApiKeys keys, String environment, Pepper pepper, InstantSource clock) {
    this.keys = keys;
    this.environment = environment;
    this.pepper = pepper;
    this.clock = clock;
  }

  /**
   * The live key that this text is; empty alike for malformed, unknown and expired ones. The
   * checksum is verified before anything is looked up.
   */
  public Optional<ApiKey> authenticate(String text) {
    Instant now = clock.instant();
    Optional<ApiKey> key =
        KeyText.parse(text, environment)
            .map(parsed -> parsed.digest(pepper))
            .flatMap(
                digest -> keys.findByDigest(digest).filter(found -> equal(found.digest(), digest)))
            .filter(found -> found.isLive(now));
    key.filter(found -> isTouchDue(found, now))
        .ifPresent(found -> keys.touch(found.userId(), found.id(), now));
    return key;
  }

  /** In a time that tells nothing about where they differ. */
  private static boolean equal(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.US_ASCII), b.getBytes(StandardCharsets.US_ASCII));
  }

  private static boolean isTouchDue(ApiKey key, Instant now) {
    return key.lastUsedAt().map(last -> last.plus(TOUCH_INTERVAL).isBefore(now)).orElse(true);
  }
}
