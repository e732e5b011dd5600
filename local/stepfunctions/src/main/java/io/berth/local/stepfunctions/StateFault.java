package io.berth.local.stepfunctions;

/** A state fails. */
final class StateFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  StateFault(String error, String cause) {
    // Part of how machines end, not a failure of ours: no one reads its stack.
    super(cause, null, false, false);
    this.failure = new Failure(error, cause);
  }

  Failure failure() {
    return failure;
  }
}
