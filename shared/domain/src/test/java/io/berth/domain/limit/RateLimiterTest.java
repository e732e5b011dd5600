package io.berth.domain.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.domain.limit.RateLimiter.Limits;
import io.berth.domain.limit.RequestCounts.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
  private static final Duration WINDOW = Duration.ofSeconds(10);

  private Instant now = Instant.parse("2026-11-25T12:00:03.2Z");
  private final Map<String, Long> counted = new HashMap<>();
  private final RateLimiter limiter =
      new RateLimiter(this::count, new Limits(2, 3, WINDOW), () -> now);

  private Counts count(String userId, String callerId, Instant window, Instant forgotten) {
    assertThat(forgotten).isAfter(window.plus(WINDOW));
    return new Counts(
        counted.merge(userId + window, 1L, Long::sum),
        counted.merge(userId + callerId + window, 1L, Long::sum));
  }

  private Verdict check(String key) {
    return limiter.check("ann", Optional.of(key));
  }

  @Test
  void tellsWhatIsLeftOfEachLimit() {
    assertThat(check("a").quotas())
        .containsExactly(
            new Quota("key", 2, WINDOW, 1, Duration.ofSeconds(7)),
            new Quota("user", 3, WINDOW, 2, Duration.ofSeconds(7)));
    assertThat(check("b").quotas())
        .containsExactly(
            new Quota("key", 2, WINDOW, 1, Duration.ofSeconds(7)),
            new Quota("user", 3, WINDOW, 1, Duration.ofSeconds(7)));
  }

  @Test
  void turnsAKeyAwayThatAsksTooOftenUntilTheNextWindow() {
    assertThat(check("a").retryAfter()).isEmpty();
    assertThat(check("a").retryAfter()).isEmpty();
    Verdict third = check("a");
    assertThat(third.retryAfter()).contains(Duration.ofSeconds(7));
    assertThat(third.quotas().getFirst().remaining()).isZero();

    now = now.plusSeconds(7);
    assertThat(check("a").retryAfter()).isEmpty();
  }

  @Test
  void turnsAUserAwayWhoseKeysTogetherAskTooOften() {
    check("a");
    check("b");
    assertThat(check("c").retryAfter()).isEmpty();
    assertThat(check("d").retryAfter()).isPresent();
    assertThat(limiter.check("bob", Optional.of("a")).retryAfter()).isEmpty();
  }

  @Test
  void limitsAPersonByTheUsersLimitAlone() {
    for (int i = 0; i < 3; i++) {
      Verdict verdict = limiter.check("ann", Optional.empty());
      assertThat(verdict.retryAfter()).isEmpty();
      assertThat(verdict.quotas()).extracting(Quota::name).containsExactly("user");
    }
    assertThat(limiter.check("ann", Optional.empty()).retryAfter()).isPresent();
  }

  @Test
  void neverTellsToComeAtOnce() {
    now = Instant.parse("2026-11-25T12:00:09.999Z");
    check("a");
    check("a");
    assertThat(check("a").retryAfter()).contains(Duration.ofSeconds(1));
    now = Instant.parse("2026-11-25T12:00:10Z");
    assertThat(check("a").quotas().getFirst().reset()).isEqualTo(WINDOW);
  }

  @Test
  void limitsSomething() {
    assertThatThrownBy(() -> new Limits(0, 1, WINDOW)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Limits(1, 1, Duration.ofMillis(999)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
