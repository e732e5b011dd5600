package io.berth.domain.deployment;

import io.berth.domain.Durations;
import io.berth.domain.Pause;
import io.berth.domain.SideBySide;
import io.berth.domain.akash.AkashReader;
import io.berth.domain.akash.Lease;
import io.berth.domain.deployment.DeploymentLogs.LogLine;
import io.berth.domain.deployment.LogReader.Query;
import io.berth.domain.deployment.LogSources.LogSource;
import io.berth.domain.ledger.ChainUnavailableException;
import io.berth.domain.limit.RateLimiter;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.domain.provider.PodLine;
import io.berth.domain.provider.ProviderStreams;
import io.berth.domain.provider.ReadCaps;
import io.berth.domain.provider.ReadOutcome;
import io.berth.domain.provider.ReadOutcome.Cut;
import io.berth.domain.wallet.Owners;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Follows the logs of a deployment: the active leases side by side, each for as long as it is
 * active. A provider's stream ends for many reasons, a restarted container among them, so whatever
 * ends is asked for again.
 */
public final class LogFollower {
  /** How many lines of each replica are told again when a provider is asked again. */
  static final int TAIL_AGAIN = 10;

  static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final LogSources sources;
  private final AkashReader chain;
  private final ProviderStreams streams;
  private final RateLimiter limiter;
  private final ReadCaps caps;
  private final InstantSource clock;
  private final Pause pause;

  /**
   * @param limiter of how often a user may begin to follow: each following keeps an instance of a
   *     function for minutes, of which an account has not many
   * @param caps of one following: its bytes are shared out among the leases, its time is how long
   *     it lasts at most; lines are not counted
   */
  public LogFollower(
      Owners owners,
      DeploymentRecords records,
      SdlPolicy sdls,
      AkashReader chain,
      ProviderStreams streams,
      RateLimiter limiter,
      ReadCaps caps,
      InstantSource clock,
      Pause pause) {
    this.sources = new LogSources(owners, records, sdls, chain);
    this.chain = chain;
    this.streams = streams;
    this.limiter = limiter;
    this.caps = caps;
    this.clock = clock;
    this.pause = pause;
  }

  /** How it stands with a lease that is followed. */
  public enum State {
    /** Lines come as the replicas write them. */
    FOLLOWING,
    /** Nothing runs there yet. It is asked again. */
    NOT_READY,
    /** The provider ended the stream. It is asked again, and may tell lines again. */
    INTERRUPTED,
    /** The provider does not answer as it should. It is asked again. */
    UNAVAILABLE,
    /** More bytes came than one following may bring; no more of this lease. */
    CUT,
    /** The lease is not active any more. */
    OVER
  }

  /** Why a following ended. */
  public enum End {
    /** There is no lease any more whose lines could come. */
    OVER,
    /** It lasted as long as one may. */
    TIME
  }

  /**
   * Who is told; by several threads, one for each lease. An {@link UncheckedIOException} of any of
   * its methods, since nobody listens any more, ends the following.
   */
  public interface Listener {

    /** A replica wrote a line. */
    void line(Lease lease, LogLine line);

    /**
     * How it stands with a lease; told when it changes.
     *
     * @param reason may be empty
     */
    void state(Lease lease, State state, String reason);

    /** Nothing came of a lease for a while. */
    void quiet();

    /** Something of our own failed while a lease was followed; it is tried again. */
    void failed(Lease lease, RuntimeException failure);
  }

  /** What is about to be followed. */
  public interface Following {

    /** Tells the listener until there is nothing more to tell, or the time is up. */
    End tell(Listener listener);
  }

  /**
   * Finds what to follow; nothing is asked of a provider yet.
   *
   * @throws Refusal 404 if the user has no such deployment, or it no such service, or no active
   *     lease with that provider; 429 if the user began to follow too often
   */
  public Following find(String userId, long dseq, Query query) {
    List<LogSource> found = sources.find(userId, dseq, query);
    requireFew(userId);
    ReadCaps each = caps.dividedBy(found.size());
    return listener -> {
      Instant end = clock.instant().plus(caps.time());
      SideBySide.map(
          found,
          source -> {
            new OneLease(userId, source, query, each.bytes(), end, listener).follow();
            return source;
          });
      return clock.instant().isBefore(end) ? End.OVER : End.TIME;
    };
  }

  private void requireFew(String userId) {
    limiter
        .check(userId + "/log-streams", Optional.empty())
        .retryAfter()
        .ifPresent(
            time -> {
              throw new Refusal(new Problem.RateLimited(time));
            });
  }

  /** One lease of a following, in a thread of its own. */
  private final class OneLease implements ProviderStreams.Listener {
    private final String userId;
    private final LogSource source;
    private final Query query;
    private final Instant end;
    private final Listener listener;
    private int tail;
    private int bytesLeft;
    private Duration nextPause = FIRST_PAUSE;
    private Optional<String> lastTold = Optional.empty();

    OneLease(
        String userId, LogSource source, Query query, int bytes, Instant end, Listener listener) {
      this.userId = userId;
      this.source = source;
      this.query = query;
      this.tail = query.tail();
      this.bytesLeft = bytes;
      this.end = end;
      this.listener = listener;
    }

    void follow() {
      while (hasTime()) {
        ReadOutcome<PodLine> outcome = askOrSayWhyNot();
        if (isCut(outcome, Cut.TIME)) {
          return;
        }
        if (isCut(outcome, Cut.BYTES)) {
          tell(State.CUT, "more bytes than may be followed at once");
          return;
        }
        if (!isStillActive()) {
          tell(State.OVER, "the lease is not active any more");
          return;
        }
        tellHowItEnded(outcome);
        if (!waited()) {
          return;
        }
      }
    }

    private boolean hasTime() {
      return clock.instant().isBefore(end);
    }

    private ReadOutcome<PodLine> askOrSayWhyNot() {
      try {
        return ask();
      } catch (ChainUnavailableException e) {
        return new ReadOutcome.Unavailable<>("the node does not answer");
      } catch (UncheckedIOException gone) {
        throw gone;
      } catch (RuntimeException e) {
        listener.failed(source.lease(), e);
        return new ReadOutcome.Unavailable<>("an error of our own");
      }
    }

    private ReadOutcome<PodLine> ask() {
      ReadCaps left =
          new ReadCaps(Integer.MAX_VALUE, bytesLeft, Duration.between(clock.instant(), end));
      return LeaseProvider.ask(
          chain,
          source.lease(),
          provider ->
              streams.follow(
                  userId,
                  provider,
                  source.lease().id(),
                  query.service().stream().toList(),
                  tail,
                  left,
                  this));
    }

    private static boolean isCut(ReadOutcome<PodLine> outcome, Cut cut) {
      return outcome instanceof ReadOutcome.Read<PodLine> read
          && read.cut().equals(Optional.of(cut));
    }

    /** If the chain does not say, it is. */
    private boolean isStillActive() {
      try {
        return sources.isActive(source.lease());
      } catch (ChainUnavailableException e) {
        return true;
      }
    }

    private void tellHowItEnded(ReadOutcome<PodLine> outcome) {
      switch (outcome) {
        case ReadOutcome.Read<PodLine> _ ->
            tell(State.INTERRUPTED, "the provider ended the stream");
        case ReadOutcome.NotReady<PodLine>(String reason) -> tell(State.NOT_READY, reason);
        case ReadOutcome.Unavailable<PodLine>(String reason) -> tell(State.UNAVAILABLE, reason);
      }
    }

    private void tell(State state, String reason) {
      String what = state + " " + reason;
      if (!lastTold.equals(Optional.of(what))) {
        lastTold = Optional.of(what);
        listener.state(source.lease(), state, reason);
      }
    }

    /** Waits before the next try, longer each time as long as no line comes. */
    private boolean waited() {
      Duration left = Duration.between(clock.instant(), end);
      try {
        pause.pause(nextPause.compareTo(left) < 0 ? nextPause : left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
      listener.quiet();
      nextPause = Durations.within(nextPause.multipliedBy(2), FIRST_PAUSE, LONGEST_PAUSE);
      return true;
    }

    @Override
    public void opened() {
      tell(State.FOLLOWING, "");
    }

    @Override
    public void line(PodLine line) {
      tail = Math.min(query.tail(), TAIL_AGAIN);
      nextPause = FIRST_PAUSE;
      bytesLeft -= Math.min(bytesLeft, line.message().getBytes(StandardCharsets.UTF_8).length);
      LogSources.named(line, source.names(), query)
          .ifPresent(named -> listener.line(source.lease(), named));
    }

    @Override
    public void quiet() {
      listener.quiet();
    }
  }
}
