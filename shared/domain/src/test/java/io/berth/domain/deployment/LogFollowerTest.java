package io.berth.domain.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.domain.akash.BidId;
import io.berth.domain.akash.Lease;
import io.berth.domain.akash.Provider;
import io.berth.domain.deployment.DeploymentLogs.LogLine;
import io.berth.domain.deployment.LogFollower.End;
import io.berth.domain.deployment.LogFollower.State;
import io.berth.domain.ledger.ChainUnavailableException;
import io.berth.domain.limit.RateLimiter;
import io.berth.domain.limit.RequestCounts.Counts;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.domain.provider.PodLine;
import io.berth.domain.provider.ProviderStreams;
import io.berth.domain.provider.ReadCaps;
import io.berth.domain.provider.ReadOutcome;
import io.berth.domain.provider.ReadOutcome.Cut;
import io.berth.domain.wallet.OneWallet;
import io.berth.domain.wallet.Owners;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class LogFollowerTest {
  private static final Instant START = Instant.parse("2026-11-25T09:00:00Z");
  private static final LogReader.Query ALL =
      new LogReader.Query(Optional.empty(), Optional.empty(), 50);
  private static final Lease LEASE = LeasedChain.lease(1, "akash1p", Lease.State.ACTIVE);

  private final LeasedChain chain = new LeasedChain();
  private final Map<String, Deque<Turn>> turns = new ConcurrentHashMap<>();
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Long> begun = new ConcurrentHashMap<>();
  private volatile Instant now = START;

  private final LogFollower follower =
      new LogFollower(
          new Owners(new OneWallet()),
          OneRecord.OF_TWO_GROUPS,
          new SdlPolicy(List.of()),
          chain,
          new Streams(),
          new RateLimiter(
              (user, _, _, _) -> new Counts(begun.merge(user, 1L, Long::sum), 0),
              new RateLimiter.Limits(3, 3, Duration.ofMinutes(10)),
              () -> now),
          new ReadCaps(0, 1000, Duration.ofMinutes(10)),
          () -> now,
          time -> {
            pauses.add(time);
            now = now.plus(time);
          });

  /** What a provider does when it is asked once. */
  private interface Turn {
    ReadOutcome<PodLine> play(ProviderStreams.Listener listener);
  }

  private static Turn lines(String... messages) {
    return listener -> {
      listener.opened();
      for (String message : messages) {
        listener.line(new PodLine("web-1", message, START));
      }
      return ended(Optional.empty());
    };
  }

  private static ReadOutcome<PodLine> ended(Optional<Cut> cut) {
    return new ReadOutcome.Read<>(List.of(), cut);
  }

  /** The lease ends at the turn's end. */
  private Turn last(Turn turn) {
    return listener -> {
      ReadOutcome<PodLine> outcome = turn.play(listener);
      chain.leases.clear();
      return outcome;
    };
  }

  private void lease(Turn... each) {
    chain.leases.add(LEASE);
    turns.put("akash1p", new ArrayDeque<>(List.of(each)));
  }

  private static final class Heard implements LogFollower.Listener {
    final List<String> all = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void line(Lease lease, LogLine line) {
      all.add(lease.id().provider() + " " + line.service() + " " + line.message());
    }

    @Override
    public void state(Lease lease, State state, String reason) {
      all.add(state + " " + reason);
    }

    @Override
    public void quiet() {
      // Not worth remembering.
    }

    @Override
    public void failed(Lease lease, RuntimeException failure) {
      all.add("failed " + failure.getMessage());
    }
  }

  private End tell(LogFollower.Listener listener) {
    return follower.find("ann", 7, ALL).tell(listener);
  }

  @Test
  void asksAgainWhateverEndedUntilTheLeaseIsOver() {
    lease(
        lines("one", "two"),
        _ -> new ReadOutcome.NotReady<>("no running pods"),
        _ -> new ReadOutcome.Unavailable<>("no connection"),
        last(lines("three")));
    Heard heard = new Heard();

    assertThat(tell(heard)).isEqualTo(End.OVER);

    assertThat(heard.all)
        .containsExactly(
            "FOLLOWING ",
            "akash1p web one",
            "akash1p web two",
            "INTERRUPTED the provider ended the stream",
            "NOT_READY no running pods",
            "UNAVAILABLE no connection",
            "FOLLOWING ",
            "akash1p web three",
            "OVER the lease is not active any more");
    assertThat(asked)
        .as("fewer old lines once some were told")
        .containsExactly("tail 50", "tail 10", "tail 10", "tail 10");
  }

  @Test
  void waitsLongerEachTimeUntilALineComes() {
    Turn silent = _ -> new ReadOutcome.Unavailable<>("no connection");
    lease(silent, silent, silent, silent, silent, silent, lines("one"), last(silent));

    assertThat(tell(new Heard())).isEqualTo(End.OVER);

    assertThat(pauses)
        .extracting(Duration::toSeconds)
        .containsExactly(2L, 4L, 8L, 16L, 30L, 30L, 2L);
  }

  @Test
  void saysTheSameThingOnce() {
    Turn silent = _ -> new ReadOutcome.Unavailable<>("no connection");
    lease(silent, silent, last(silent));
    Heard heard = new Heard();

    tell(heard);

    assertThat(heard.all)
        .containsExactly("UNAVAILABLE no connection", "OVER the lease is not active any more");
  }

  @Test
  void endsWhenTheTimeIsUp() {
    lease(
        listener -> {
          listener.opened();
          now = now.plus(Duration.ofMinutes(10));
          return ended(Optional.of(Cut.TIME));
        });
    Heard heard = new Heard();

    assertThat(tell(heard)).isEqualTo(End.TIME);
    assertThat(heard.all).containsExactly("FOLLOWING ");
  }

  @Test
  void endsWhenTheTimeIsUpWhileNothingAnswers() {
    chain.leases.add(LEASE);
    turns.put("akash1p", new ArrayDeque<>());

    assertThat(tell(new Heard())).isEqualTo(End.TIME);
    assertThat(now).isEqualTo(START.plus(Duration.ofMinutes(10)));
  }

  @Test
  void bringsNoMoreBytesThanOneFollowingMayOverSeveralStreamsToo() {
    lease(
        lines("x".repeat(600)),
        listener -> {
          assertThat(asked).last().isEqualTo("tail 10");
          return ended(Optional.of(Cut.BYTES));
        });
    Heard heard = new Heard();

    assertThat(tell(heard)).isEqualTo(End.OVER);
    assertThat(bytes).containsExactly(1000, 400);
    assertThat(heard.all).last().isEqualTo("CUT more bytes than may be followed at once");
  }

  private final List<Integer> bytes = Collections.synchronizedList(new ArrayList<>());

  @Test
  void followsEveryLeaseAtTheSameTime() {
    lease(last(lines("one")));
    chain.leases.add(LeasedChain.lease(2, "akash1q", Lease.State.ACTIVE));
    turns.put(
        "akash1q",
        new ArrayDeque<>(
            List.of(
                last(
                    listener -> {
                      listener.opened();
                      listener.line(new PodLine("db-1", "hello", START));
                      return ended(Optional.empty());
                    }))));
    Heard heard = new Heard();

    assertThat(tell(heard)).isEqualTo(End.OVER);
    assertThat(heard.all).contains("akash1p web one", "akash1q db hello");
    assertThat(bytes).containsExactly(500, 500);
  }

  @Test
  void aNodeThatDoesNotAnswerEndsNothing() {
    lease(
        _ -> {
          throw new ChainUnavailableException("down", new IOException("down"));
        },
        _ -> {
          throw new IllegalStateException("no token");
        },
        last(lines("one")));
    Heard heard = new Heard();

    assertThat(tell(heard)).isEqualTo(End.OVER);
    assertThat(heard.all)
        .startsWith(
            "UNAVAILABLE the node does not answer",
            "failed no token",
            "UNAVAILABLE an error of our own")
        .contains("akash1p web one");
  }

  @Test
  void stopsWhenNobodyListensAnyMore() {
    lease(
        listener -> {
          listener.opened();
          throw new UncheckedIOException(new IOException("gone"));
        });

    assertThatThrownBy(() -> tell(new Heard())).isInstanceOf(UncheckedIOException.class);
    assertThat(asked).hasSize(1);
  }

  @Test
  void followsForAUserOnlySoOften() {
    for (int following = 1; following <= 3; following++) {
      assertThat(tell(new Heard())).isEqualTo(End.OVER);
    }

    assertThatThrownBy(() -> tell(new Heard()))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal ->
                assertThat(refusal.problem())
                    .isEqualTo(new Problem.RateLimited(Duration.ofMinutes(10))));
    assertThat(begun).as("what is not found does not count").containsOnlyKeys("ann/log-streams");
  }

  @Test
  void hasNothingToTellOfADeploymentWithoutLeases() {
    assertThat(tell(new Heard())).isEqualTo(End.OVER);
    assertThatThrownBy(() -> follower.find("ann", 8, ALL)).isInstanceOf(Refusal.class);
    assertThat(asked).isEmpty();
  }

  private final class Streams extends NoStreams {
    @Override
    public ReadOutcome<PodLine> follow(
        String userId,
        Provider provider,
        BidId lease,
        List<String> services,
        int tail,
        ReadCaps caps,
        Listener listener) {
      asked.add("tail " + tail);
      bytes.add(caps.bytes());
      Turn turn = turns.get(provider.owner()).pollFirst();
      return turn == null ? new ReadOutcome.Unavailable<>("no more turns") : turn.play(listener);
    }
  }
}
