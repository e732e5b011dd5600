package io.berth.domain.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuthenticatorTest {
  private static final Pepper PEPPER = Pepper.of(new byte[] {1, 2});
  private Instant now = Instant.parse("2026-11-23T12:00:00Z");
  private final MemoryKeys keys = new MemoryKeys();
  private final KeyIssuer issuer =
      new KeyIssuer(keys, "test", () -> PEPPER, new SecureRandom(), () -> now);
  private final Authenticator authenticator =
      new Authenticator(keys, "test", () -> PEPPER, () -> now);

  @Test
  void knowsALiveKey() {
    String text = issuer.issue("ann", "ci", Optional.empty()).text().reveal();

    assertThat(authenticator.authenticate(text))
        .hasValueSatisfying(key -> assertThat(key.userId()).isEqualTo("ann"));
  }

  @Test
  void refusesAKeyFromTheMomentItExpires() {
    Instant end = now.plusSeconds(60);
    String text = issuer.issue("ann", "ci", Optional.of(end)).text().reveal();

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
  void writesDownTheFirstUseAndThenAtMostOneAMinute() {
    String text = issuer.issue("ann", "ci", Optional.empty()).text().reveal();

    authenticator.authenticate(text);
    authenticator.authenticate(text);
    assertThat(keys.touches).hasSize(1);

    now = now.plus(Duration.ofSeconds(61));
    authenticator.authenticate(text);
    assertThat(keys.touches).hasSize(2);
  }

  private static final class MemoryKeys implements ApiKeys {
    private final Map<String, ApiKey> rows = new LinkedHashMap<>();
    private final List<Instant> touches = new ArrayList<>();
    private int lookups;

    @Override
    public void create(ApiKey key) {
      rows.put(key.digest(), key);
    }

    @Override
    public Optional<ApiKey> findByDigest(String digest) {
      lookups++;
      return Optional.ofNullable(rows.get(digest));
    }

    @Override
    public Optional<ApiKey> find(String userId, String id) {
      throw new AssertionError("not asked for");
    }

    @Override
    public List<ApiKey> list(String userId) {
      throw new AssertionError("not asked for");
    }

    @Override
    public Optional<ApiKey> rename(String userId, String id, String name, Instant at) {
      throw new AssertionError("not asked for");
    }

    @Override
    public boolean delete(String userId, String id) {
      throw new AssertionError("not asked for");
    }

    @Override
    public void touch(String userId, String id, Instant at) {
      touches.add(at);
      rows.replaceAll(
          (digest, key) ->
              new ApiKey(
                  key.id(),
                  key.userId(),
                  key.name(),
                  digest,
                  key.keyFormat(),
                  key.scopes(),
                  key.expiresAt(),
                  key.createdAt(),
                  key.updatedAt(),
                  Optional.of(at)));
    }
  }
}
