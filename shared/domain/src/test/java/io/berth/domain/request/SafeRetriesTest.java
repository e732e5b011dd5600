package io.berth.domain.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.request.SafeRetries.Start;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SafeRetriesTest {
  private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");
  private static final Answer DONE = new Answer(201, "{}");

  private final Rows rows = new Rows();
  private Instant now = START;
  private final SafeRetries retries = new SafeRetries(rows, Duration.ofSeconds(30), () -> now);

  private static final class Rows implements KeyedRequests {
    final Map<String, KeyedRequest> rows = new HashMap<>();

    @Override
    public boolean create(KeyedRequest request, Instant forgotten) {
      KeyedRequest there = rows.get(request.userId() + request.key());
      if (there != null && !there.id().receivedAt().isBefore(forgotten)) {
        return false;
      }
      rows.put(request.userId() + request.key(), request);
      return true;
    }

    @Override
    public Optional<KeyedRequest> find(String userId, String key) {
      return Optional.ofNullable(rows.get(userId + key));
    }

    @Override
    public boolean replace(KeyedRequest from, KeyedRequest next) {
      return rows.replace(from.userId() + from.key(), from, next);
    }
  }

  private Start start(String id) {
    return retries.start("ann", "key", "create a", id);
  }

  private KeyedRequest work(String id) {
    return ((Start.Work) start(id)).request();
  }

  @Test
  void givesNewWorkItsIdAndTime() {
    assertThat(work("r1").id()).isEqualTo(new RequestId("r1", START));
  }

  @Test
  void replaysAFinalAnswer() {
    assertThat(retries.finish(work("r1"), DONE)).isTrue();

    assertThat(start("r2")).isEqualTo(new Start.Replay(DONE));
  }

  @Test
  void letsNobodyElseInWhileTheWorkGoesOn() {
    work("r1");
    now = START.plusSeconds(10);

    assertThat(start("r2")).isEqualTo(new Start.UnderWay(Duration.ofSeconds(20)));
  }

  @Test
  void takesWorkThatWasReleasedUpAtOnceUnderTheSameId() {
    retries.release(work("r1"));

    assertThat(work("r2").id()).isEqualTo(new RequestId("r1", START));
  }

  @Test
  void takesTheWorkOfADeadInvocationUpWhenItsLockIsOver() {
    work("r1");
    now = START.plusSeconds(30);

    assertThat(work("r2").id()).isEqualTo(new RequestId("r1", START));
    assertThat(start("r3")).isInstanceOf(Start.UnderWay.class);
  }

  @Test
  void keepsAnAnswerOfTheInvocationThatHoldsTheLockOnly() {
    KeyedRequest slow = work("r1");
    now = START.plusSeconds(30);
    KeyedRequest taken = work("r2");

    assertThat(retries.finish(slow, new Answer(500, "late"))).isFalse();
    assertThat(retries.finish(taken, DONE)).isTrue();

    assertThat(start("r3")).isEqualTo(new Start.Replay(DONE));
  }

  @Test
  void refusesAKeyThatMeansSomethingElse() {
    assertThat(retries.finish(work("r1"), DONE)).isTrue();

    assertThat(retries.start("ann", "key", "create b", "r2")).isEqualTo(new Start.Reused());
    assertThat(retries.start("ben", "key", "create b", "r2")).isInstanceOf(Start.Work.class);
  }

  @Test
  void forgetsAKeyAfterADay() {
    assertThat(retries.finish(work("r1"), DONE)).isTrue();
    now = START.plus(SafeRetries.KEPT).plusNanos(1);

    assertThat(work("r2").id()).isEqualTo(new RequestId("r2", now));
  }
}
