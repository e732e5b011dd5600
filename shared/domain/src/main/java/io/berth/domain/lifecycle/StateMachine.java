package io.berth.domain.lifecycle;

/** The service that calls the steps. */
public interface StateMachine {

  /** Starts an operation's execution; does nothing if it was started. */
  void start(Operation operation);

  /** Makes a waiting execution go on; does nothing if it waits no longer. */
  void goOn(String taskToken);

  /** How an operation's execution stands. */
  Run runOf(Operation operation);

  /** How an execution stands. */
  enum Run {
    /** It was never started. */
    NONE,
    /** It calls the steps. */
    UNDER_WAY,
    /** It ended, however that was. */
    OVER
  }
}
