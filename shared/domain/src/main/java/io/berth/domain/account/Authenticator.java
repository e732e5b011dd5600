package io.berth.domain.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** Tells whose an API key is. */
public final class Authenticator {
  /** A use is written down at most this often for each key, but the first use always. */
  private static final Duration TOUCH_INTERVAL = Duration.ofMinutes(1);

  private final ApiKeys keys;
  private final String environment;
  private final Supplier<Pepper> pepper;
  private final InstantSource clock;
  private final RecentKeys recent;

  /**
   * All parts given.
   *
   * @param pepper asked when a key is looked up, not before
   * @param trusted how long a key that was looked up is not looked up again, so how long one that
   *     was changed, revoked or rolled may go on as it was; zero for not at all
   */
  public Authenticator(
      ApiKeys keys,
      String environment,
      Supplier<Pepper> pepper,
      Duration trusted,
      InstantSource clock) {
    this.keys = keys;
    this.environment = environment;
    this.pepper = pepper;
    this.clock = clock;
    this.recent = new RecentKeys(trusted);
  }

  /**
   * The live key that this text is; empty alike for malformed, unknown and expired ones. The
   * checksum is verified before anything is looked up, and the expiry at each call.
   */
  public Optional<ApiKey> authenticate(String text) {
    Instant now = clock.instant();
    Optional<ApiKey> key =
        KeyText.parse(text, environment)
            .map(parsed -> parsed.digest(pepper.get()))
            .flatMap(digest -> recent.find(digest, now).or(() -> lookUp(digest, now)))
            .filter(found -> found.isLive(now));
    key.filter(found -> isTouchDue(found, now)).ifPresent(found -> touch(found, now));
    return key;
  }

  private Optional<ApiKey> lookUp(String digest, Instant now) {
    Optional<ApiKey> key = keys.findByDigest(digest).filter(found -> equal(found.digest(), digest));
    key.ifPresent(found -> recent.keep(found, now));
    return key;
  }

  private void touch(ApiKey key, Instant now) {
    keys.touch(key.userId(), key.id(), now);
    recent.replace(key.usedAt(now));
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
