package io.berth.domain.problem;

import java.time.Duration;
import java.util.List;

/**
 * A refusal, for the user's eyes: no internal text. The HTTP edge maps each case to a status in one
 * place.
 */
public sealed interface Problem {

  /** What to tell the user. */
  String message();

  /** Fields of the request break rules; nothing was changed. */
  record InvalidRequest(List<Issue> issues) implements Problem {
    public InvalidRequest {
      issues = List.copyOf(issues);
    }

    @Override
    public String message() {
      return "Validation error";
    }
  }

  /** The body is not JSON. */
  record MalformedBody() implements Problem {
    @Override
    public String message() {
      return "Malformed JSON in request body";
    }
  }

  /** The SDL breaks rules; all of them are listed. */
  record InvalidSdl(List<io.berth.sdl.Problem> problems) implements Problem {
    public InvalidSdl {
      problems = List.copyOf(problems);
    }

    @Override
    public String message() {
      return "Invalid SDL: "
          + String.join(", ", problems.stream().map(io.berth.sdl.Problem::message).toList());
    }
  }

  /** The request is well-formed but cannot be done, and repeating it will not help. */
  record Impossible(String message) implements Problem {}

  /** No usable credentials. */
  record Unauthenticated(String message) implements Problem {}

  /** The key may not do this. */
  record Forbidden(String message) implements Problem {}

  /** Nothing of that name belongs to this user. */
  record NotFound(String message) implements Problem {

    /** No such deployment, or somebody else's. */
    public static NotFound deployment() {
      return new NotFound("Deployment not found");
    }
  }

  /** The user's balance does not cover it. */
  record PaymentRequired(String message) implements Problem {}

  /** Not now: something else is in the way. */
  record Conflict(String code, String message, Duration retryAfter) implements Problem {}

  /** The account may not spend more before the next day (UTC) begins. */
  record DailyLimit(String message, Duration retryAfter) implements Problem {}

  /** The user's key for a request was used for another one. */
  record KeyReused() implements Problem {
    @Override
    public String message() {
      return "This Idempotency-Key was used with another request; use a new key";
    }
  }

  /** A chain node or a provider does not answer, or refuses for its own reasons; try again. */
  record Unavailable(String message) implements Problem {}

  /**
   * The transaction was sent, and its outcome is not known yet. It may still take effect; repeating
   * the request is safe and will find out.
   */
  record OutcomeUnknown(String message) implements Problem {}

  /** The chain refused for a reason that Berth has no words for. */
  record ChainRefused(String message) implements Problem {}
}
