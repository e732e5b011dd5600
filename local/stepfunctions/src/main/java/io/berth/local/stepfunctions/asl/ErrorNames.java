package io.berth.local.stepfunctions.asl;

import java.util.List;

/**
 * The {@code ErrorEquals} of a Retry or a Catch.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html">
 *     Handling errors</a>
 */
public record ErrorNames(List<String> names) {
  /** Any error but the terminal ones. */
  public static final String ALL = "States.ALL";

  /** Any error of a task but a timeout. */
  public static final String TASK_FAILED = "States.TaskFailed";

  /** The task, or the execution, ran out of time. */
  public static final String TIMEOUT = "States.Timeout";

  /** The task did not report for too long. */
  public static final String HEARTBEAT_TIMEOUT = "States.HeartbeatTimeout";

  /** A payload over 256 KiB: a wildcard does not match it. */
  public static final String DATA_LIMIT_EXCEEDED = "States.DataLimitExceeded";

  /** The machine itself cannot go on: nothing matches it. */
  public static final String RUNTIME = "States.Runtime";

  /** An expression failed. */
  public static final String QUERY_EVALUATION = "States.QueryEvaluationError";

  /** No rule of a Choice applied, and it has no default. */
  public static final String NO_CHOICE_MATCHED = "States.NoChoiceMatched";

  /** Tells whether an error is one of these. */
  public boolean match(String error) {
    return !error.equals(RUNTIME) && names.stream().anyMatch(name -> matches(name, error));
  }

  private static boolean matches(String name, String error) {
    return switch (name) {
      case ALL -> !error.equals(DATA_LIMIT_EXCEEDED);
      case TASK_FAILED ->
          !error.equals(DATA_LIMIT_EXCEEDED)
              && !error.equals(TIMEOUT)
              && !error.equals(HEARTBEAT_TIMEOUT);
      // A missed heartbeat is a kind of timeout.
      case TIMEOUT -> error.equals(TIMEOUT) || error.equals(HEARTBEAT_TIMEOUT);
      default -> name.equals(error);
    };
  }
}
