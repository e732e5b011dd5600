package io.berth.domain.request;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Lets a user repeat a request with one {@code Idempotency-Key} for 24 hours
 * (docs/decisions/0010-safe-retries-by-stored-responses.md). A final response is replayed. Without
 * one, the work is resumed under the same {@link RequestId}, which finds the intents it recorded.
 */
public final class SafeRetries {
  /** How long a key is remembered. */
  public static final Duration KEPT = Duration.ofHours(24);

  private final KeyedRequests requests;
  private final Duration lock;
  private final InstantSource clock;

  /**
   * @param lock how long one invocation may work on a request; when it is over, the invocation is
   *     taken for dead and a repetition goes on
   */
  public SafeRetries(KeyedRequests requests, Duration lock, InstantSource clock) {
    this.requests = requests;
    this.lock = lock;
    this.clock = clock;
  }

  /** What is to be done with a request. */
  public sealed interface Start {

    /** Do the work, then {@link #finish} or {@link #release} it. */
    record Work(KeyedRequest request) implements Start {}

    /** Answer this again. */
    record Replay(Answer answer) implements Start {}

    /** Another invocation is at it. */
    record UnderWay(Duration retryAfter) implements Start {}

    /** The key was used for something else. */
    record Reused() implements Start {}
  }

  /**
   * Takes a request up.
   *
   * @param fingerprint of everything that was asked for
   * @param id its id if it is new
   */
  public Start start(String userId, String key, String fingerprint, String id) {
    Instant now = clock.instant();
    Optional<KeyedRequest> known = requests.find(userId, key).filter(found -> !isOld(found, now));
    if (known.isEmpty()) {
      KeyedRequest fresh =
          new KeyedRequest(
              userId, key, fingerprint, new RequestId(id, now), now.plus(lock), Optional.empty());
      return requests.create(fresh, now.minus(KEPT))
          ? new Start.Work(fresh)
          : start(userId, key, fingerprint, id);
    }
    return takeUp(known.get(), fingerprint, now);
  }

  private Start takeUp(KeyedRequest known, String fingerprint, Instant now) {
    if (!known.fingerprint().equals(fingerprint)) {
      return new Start.Reused();
    }
    if (known.answer().isPresent()) {
      return new Start.Replay(known.answer().get());
    }
    if (known.lockedUntil().isAfter(now)) {
      return new Start.UnderWay(Duration.between(now, known.lockedUntil()));
    }
    KeyedRequest taken = known.lockedUntil(now.plus(lock));
    return requests.replace(known, taken) ? new Start.Work(taken) : new Start.UnderWay(lock);
  }

  private static boolean isOld(KeyedRequest request, Instant now) {
    return request.id().receivedAt().isBefore(now.minus(KEPT));
  }

  /**
   * Keeps the final answer.
   *
   * @return false if another invocation has taken the request over; nothing is changed then, and
   *     its answer will be the one that counts
   */
  public boolean finish(KeyedRequest request, Answer answer) {
    return requests.replace(request, request.answered(answer));
  }

  /** Lets a repetition start at once: there is no final answer yet. */
  public void release(KeyedRequest request) {
    boolean _ = requests.replace(request, request.lockedUntil(clock.instant()));
  }
}
