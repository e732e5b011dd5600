package io.berth.domain.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.request.RequestId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AuthenticatorTest {
  private static final Duration TRUSTED = Duration.ofSeconds(5);

  private static final Pepper PEPPER = Pepper.of(new byte[] {1, 2});
  private Instant now = Instant.parse("2026-11-23T12:00:00Z");
  private final MemoryKeys keys = new MemoryKeys();
  private final KeyIssuer issuer =
      new KeyIssuer(keys, "test", () -> PEPPER, new SecureRandom(), () -> now);
  private final Authenticator authenticator =
      new Authenticator(keys, "test", () -> PEPPER, TRUSTED, () -> now);

  private KeyIssuer.Issued issued(Optional<Instant> expiresAt) {
    return issuer.issue(
        request(), "ann", new Access.Full(), new KeyTerms("ci", new Access.Full(), expiresAt));
  }

  @Test
  void knowsALiveKey() {
    String text = issued(Optional.empty()).text().reveal();

    assertThat(authenticator.authenticate(text))
        .hasValueSatisfying(key -> assertThat(key.userId()).isEqualTo("ann"));
  }

  @Test
  void refusesAKeyFromTheMomentItExpires() {
    Instant end = now.plusSeconds(60);
    String text = issued(Optional.of(end)).text().reveal();

    now = end.minusMillis(1);
    assertThat(authenticator.authenticate(text)).isPresent();
    now = end;
    assertThat(authenticator.authenticate(text)).isEmpty();
  }

  @Test
  void looksNothingUpForAMalformedKey() {
    assertThat(authenticator.authenticate("ac.sk.test." + "0".repeat(72))).isEmpty();
    assertThat(authenticator.authenticate("")).isEmpty();
    assertThat(keys.lookups).isZero();
  }

  @Test
  void looksAKeyUpOnceForABurstOfRequests() {
    String text = issued(Optional.empty()).text().reveal();

    for (int i = 0; i < 10; i++) {
      assertThat(authenticator.authenticate(text)).isPresent();
    }
    assertThat(keys.lookups).isEqualTo(1);
    now = now.plus(TRUSTED);
    assertThat(authenticator.authenticate(text)).isPresent();
    assertThat(keys.lookups).isEqualTo(2);
  }

  @Test
  void aRevokedKeyGoesOnNoLongerThanWhatWasLookedUpIsTrusted() {
    KeyIssuer.Issued issued = issued(Optional.empty());
    assertThat(authenticator.authenticate(issued.text().reveal())).isPresent();
    now = now.plusSeconds(1);
    assertThat(authenticator.authenticate(issued.text().reveal())).isPresent();

    keys.delete("ann", issued.key().id());
    Instant revoked = now;
    while (authenticator.authenticate(issued.text().reveal()).isPresent()) {
      now = now.plusMillis(50);
    }

    assertThat(Duration.between(revoked, now)).isLessThanOrEqualTo(TRUSTED);
    assertThat(authenticator.authenticate(issued.text().reveal())).isEmpty();
  }

  @Test
  void whatAKeyMayDoChangesWithinTheSameTime() {
    KeyIssuer.Issued issued = issued(Optional.empty());
    assertThat(authenticator.authenticate(issued.text().reveal())).isPresent();
    Access less = new Access.Limited(Set.of(Scope.LOGS_READ));
    ApiKey changed =
        new KeyEditor(keys, () -> now)
            .change(
                "ann",
                new Access.Full(),
                issued.key().id(),
                terms -> new KeyTerms(terms.name(), less, terms.expiresAt()));

    now = now.plus(TRUSTED);
    assertThat(authenticator.authenticate(issued.text().reveal()).orElseThrow().terms())
        .isEqualTo(changed.terms());
  }

  @Test
  void withoutTrustEachRequestLooksTheKeyUp() {
    String text = issued(Optional.empty()).text().reveal();
    Authenticator strict = new Authenticator(keys, "test", () -> PEPPER, Duration.ZERO, () -> now);

    assertThat(strict.authenticate(text)).isPresent();
    assertThat(strict.authenticate(text)).isPresent();
    assertThat(keys.lookups).isEqualTo(2);
  }

  @Test
  void remembersNoMoreThanAThousandKeys() {
    RecentKeys recent = new RecentKeys(TRUSTED);
    ApiKey key = issued(Optional.empty()).key();
    for (int i = 0; i <= RecentKeys.MOST; i++) {
      recent.keep(
          new ApiKey(
              key.id(),
              "ann",
              "digest-" + i,
              key.keyFormat(),
              key.terms(),
              now,
              now,
              Optional.empty()),
          now);
    }

    assertThat(recent.find("digest-0", now)).isEmpty();
    assertThat(recent.find("digest-1", now)).isPresent();
    assertThat(recent.find("digest-" + RecentKeys.MOST, now)).isPresent();
  }

  @Test
  void writesDownTheFirstUseAndThenAtMostOneAMinute() {
    String text = issued(Optional.empty()).text().reveal();

    authenticator.authenticate(text);
    authenticator.authenticate(text);
    assertThat(keys.touches).hasSize(1);

    now = now.plus(Duration.ofSeconds(61));
    authenticator.authenticate(text);
    assertThat(keys.touches).hasSize(2);
  }

  @Test
  void writesDownTheFirstUseOfEachKeyOfAUser() {
    KeyIssuer.Issued one = issued(Optional.empty());
    KeyIssuer.Issued other = issued(Optional.empty());

    authenticator.authenticate(one.text().reveal());
    authenticator.authenticate(other.text().reveal());

    assertThat(keys.list("ann")).allMatch(key -> key.lastUsedAt().isPresent());
  }

  @Test
  void letsBothWorkWhileARolledKeysOverlapLasts() {
    KeyIssuer.Issued old = issued(Optional.empty());
    KeyIssuer.Issued next =
        issuer.roll(
            request(),
            "ann",
            new Access.Full(),
            old.key().id(),
            Duration.ofHours(1),
            Optional.empty());

    now = now.plus(Duration.ofHours(1)).minusMillis(1);
    assertThat(authenticator.authenticate(old.text().reveal())).isPresent();
    assertThat(authenticator.authenticate(next.text().reveal())).isPresent();
    now = now.plusMillis(1);
    assertThat(authenticator.authenticate(old.text().reveal())).isEmpty();
    assertThat(authenticator.authenticate(next.text().reveal())).isPresent();
  }

  private static RequestId request() {
    return new RequestId(UUID.randomUUID().toString(), Instant.EPOCH);
  }
}
