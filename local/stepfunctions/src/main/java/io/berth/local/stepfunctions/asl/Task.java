package io.berth.local.stepfunctions.asl;

import io.berth.local.stepfunctions.query.Query;
import java.util.Optional;

/**
 * Calls a Lambda function.
 *
 * @param resource how
 * @param arguments what it is called with; its input if empty
 * @param timeout the most seconds that one attempt may take
 * @param heartbeat the most seconds between reports of a task with a token
 */
public record Task(
    String name,
    String comment,
    Resource resource,
    Optional<Query> arguments,
    Optional<Query> timeout,
    Optional<Query> heartbeat,
    Recovery recovery,
    Exit exit)
    implements State {

  /** How a task calls its function. */
  public sealed interface Resource {
    /** By the function's own ARN: arguments are the event, and the answer is the result. */
    record Function(String arn) implements Resource {}

    /**
     * By Lambda's Invoke: arguments and result are those of that operation.
     *
     * @param forToken whether it then waits until somebody reports with the task's token
     */
    record Invoke(boolean forToken) implements Resource {}
  }
}
