package io.berth.domain.lifecycle;

import io.berth.domain.problem.Problem;
import java.time.Duration;

/**
 * Why an operation, or a choice of bids, came to nothing: what is kept of a {@link Problem}, for
 * the user's eyes.
 *
 * @param code machine-readable, such as {@code no_acceptable_bid}
 */
public record Fault(Kind kind, String code, String message) {

  /** What sort of answer it is to a request that waits for the effect. */
  public enum Kind {
    /** It cannot be done this way. */
    IMPOSSIBLE,
    /** The balance does not cover it. */
    PAYMENT_REQUIRED,
    /** The account has reached its limit of this day. */
    DAILY_LIMIT,
    /** The signing policy forbids it. */
    FORBIDDEN,
    /** What it was about is not there. */
    NOT_FOUND,
    /** Something else was in the way. */
    CONFLICT,
    /** The chain refused in words of its own. */
    CHAIN_REFUSED,
    /** Something does not answer. */
    UNAVAILABLE
  }

  /** A problem as it is kept. */
  public static Fault of(String code, Problem problem) {
    Kind kind =
        switch (problem) {
          case Problem.PaymentRequired payment -> Kind.PAYMENT_REQUIRED;
          case Problem.DailyLimit limit -> Kind.DAILY_LIMIT;
          case Problem.Forbidden forbidden -> Kind.FORBIDDEN;
          case Problem.NotFound missing -> Kind.NOT_FOUND;
          case Problem.Conflict conflict -> Kind.CONFLICT;
          case Problem.ChainRefused refused -> Kind.CHAIN_REFUSED;
          case Problem.Unavailable unavailable -> Kind.UNAVAILABLE;
          case Problem.OutcomeUnknown unknown -> Kind.UNAVAILABLE;
          case Problem.Unauthenticated unauthenticated -> Kind.FORBIDDEN;
          case Problem.Impossible impossible -> Kind.IMPOSSIBLE;
          case Problem.InvalidRequest invalid -> Kind.IMPOSSIBLE;
          case Problem.InvalidSdl invalid -> Kind.IMPOSSIBLE;
          case Problem.MalformedBody malformed -> Kind.IMPOSSIBLE;
          case Problem.KeyReused reused -> Kind.IMPOSSIBLE;
        };
    return new Fault(kind, code, problem.message());
  }

  /** The answer to a request that waited for the effect. */
  public Problem problem() {
    return switch (kind) {
      case IMPOSSIBLE -> new Problem.Impossible(message);
      case PAYMENT_REQUIRED -> new Problem.PaymentRequired(message);
      case DAILY_LIMIT -> new Problem.DailyLimit(message, Duration.ZERO);
      case FORBIDDEN -> new Problem.Forbidden(message);
      case NOT_FOUND -> new Problem.NotFound(message);
      case CONFLICT -> new Problem.Conflict(code, message, Duration.ZERO);
      case CHAIN_REFUSED -> new Problem.ChainRefused(message);
      case UNAVAILABLE -> new Problem.Unavailable(message);
    };
  }
}
