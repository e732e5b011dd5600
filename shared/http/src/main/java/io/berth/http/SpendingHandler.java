package io.berth.http;

import io.berth.domain.problem.Issue;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.domain.request.Answer;
import io.berth.domain.request.KeyedRequest;
import io.berth.domain.request.RequestId;
import io.berth.domain.request.SafeRetries;
import io.berth.domain.request.SafeRetries.Start;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An endpoint that accepts an {@code Idempotency-Key}
 * (docs/decisions/0010-safe-retries-by-stored-responses.md). A final response is replayed, with
 * {@code Idempotent-Replayed: true} and null for each {@link ShownOnce}. Interrupted work is
 * resumed.
 */
public abstract class SpendingHandler extends ApiHandler {
  private static final int LONGEST_KEY = 255;

  private static final Duration TAKEN_OVER_RETRY = Duration.ofSeconds(5);

  /** Client errors that the same request may be rid of later: not worth remembering. */
  private static final Set<Integer> PASSING = Set.of(401, 402, 403, 409, 429);

  private final SafeRetries retries;
  private final InstantSource clock;

  protected SpendingHandler(SafeRetries retries, AuditTrail trail, InstantSource clock) {
    super(trail);
    this.retries = retries;
    this.clock = clock;
  }

  /** Without an entry in the audit log. */
  protected SpendingHandler(SafeRetries retries, InstantSource clock) {
    this.retries = retries;
    this.clock = clock;
  }

  /**
   * Answers a request.
   *
   * @param id to be part of every effect's purpose; the same for all repetitions under one key
   */
  protected abstract ApiResponse handle(ApiRequest request, RequestId id);

  @Override
  protected final ApiResponse handle(ApiRequest request) {
    String userId = request.principal().userId();
    Optional<String> key = request.header("Idempotency-Key");
    if (key.isEmpty()) {
      return handle(request, new RequestId(request.id(), clock.instant()));
    }
    requireUsable(key.get());
    return switch (retries.start(userId, key.get(), fingerprint(request), request.id())) {
      case Start.Work(KeyedRequest keyed) -> work(request, keyed);
      case Start.Replay(Answer answer) -> replay(answer);
      case Start.UnderWay(var retryAfter) -> throw underWay(retryAfter);
      case Start.Reused reused -> throw new Refusal(new Problem.KeyReused());
    };
  }

  private ApiResponse work(ApiRequest request, KeyedRequest keyed) {
    ApiResponse response = answer(request, () -> handle(request, keyed.id()));
    if (!isFinal(response.status())) {
      retries.release(keyed);
      return response;
    }
    boolean kept = retries.finish(keyed, new Answer(response.status(), response.keptJson()));
    if (!kept && response.showsSecrets()) {
      // Whoever has taken the request over may show another, and what is shown once is shown once.
      throw underWay(TAKEN_OVER_RETRY);
    }
    return response;
  }

  private static Refusal underWay(Duration retryAfter) {
    return new Refusal(
        new Problem.Conflict(
            "idempotency_key_in_use",
            "A request with this Idempotency-Key is still being worked on",
            retryAfter));
  }

  /** "Not done yet" is no answer to keep: the same request later tells how it went. */
  private static boolean isFinal(int status) {
    return status < 500 && status != 202 && !PASSING.contains(status);
  }

  private static ApiResponse replay(Answer answer) {
    Optional<Object> body =
        answer.body().isEmpty()
            ? Optional.empty()
            : Optional.of(Json.MAPPER.readTree(answer.body()));
    return new ApiResponse(answer.status(), body, Map.of("Idempotent-Replayed", "true"));
  }

  private static void requireUsable(String key) {
    boolean visible = key.chars().allMatch(c -> c > ' ' && c <= '~');
    if (key.isEmpty() || key.length() > LONGEST_KEY || !visible) {
      throw new Refusal(
          new Problem.InvalidRequest(
              List.of(
                  new Issue(
                      "custom",
                      List.of("Idempotency-Key"),
                      "Idempotency-Key must be 1 to 255 visible ASCII characters",
                      Map.of()))));
    }
  }

  /** Of method, path and body: whatever else differs does not change what is asked for. */
  private static String fingerprint(ApiRequest request) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((request.line() + "\n").getBytes(StandardCharsets.UTF_8));
      return HexFormat.of()
          .formatHex(digest.digest(request.text().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
