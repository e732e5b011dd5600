package io.berth.local.stepfunctions.query;

/** An expression cannot be read, or its evaluation failed: {@code States.QueryEvaluationError}. */
public final class QueryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what went wrong, for the one who wrote the expression. */
  public QueryException(String message) {
    // Part of how machines end, not a failure of ours: no one reads its stack.
    super(message, null, false, false);
  }
}
