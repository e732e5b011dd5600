package io.berth.runtime;

import io.berth.domain.lifecycle.Operation;
import io.berth.domain.lifecycle.StateMachine;
import io.berth.http.Json;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/** Step Functions: one execution per operation, named by its id, with nothing but ids in it. */
public final class SfnStateMachine implements StateMachine {
  private static final Pattern ARN =
      Pattern.compile("(?<service>arn:.+):stateMachine:(?<name>[^:]+)(:[^:]+)?");

  private final SfnClient client;
  private final String arn;
  private final String executions;

  /**
   * @param arn of the state machine, or of an alias of it, whose version new executions get
   * @throws IllegalArgumentException if it is none
   */
  public SfnStateMachine(SfnClient client, String arn) {
    this.client = client;
    this.arn = arn;
    this.executions = executionsOf(arn);
  }

  /** What the ARNs of its executions begin with: they name the machine, not the alias. */
  private static String executionsOf(String arn) {
    Matcher parts = ARN.matcher(arn);
    if (!parts.matches()) {
      throw new IllegalArgumentException("no state machine's ARN: " + arn);
    }
    return parts.group("service") + ":execution:" + parts.group("name") + ":";
  }

  @Override
  public void start(Operation operation) {
    try {
      client.startExecution(
          start -> start.stateMachineArn(arn).name(operation.id()).input(inputOf(operation)));
    } catch (ExecutionAlreadyExistsException e) {
      // It ran and is over: what came of it is on the operation.
    }
  }

  /** The same text each time, so that starting twice is starting once. */
  private static String inputOf(Operation operation) {
    return Json.MAPPER.writeValueAsString(
        new TreeMap<>(
            Map.of(
                "operationId", operation.id(), "ownerChooses", operation.selection().isEmpty())));
  }

  @Override
  public void goOn(String taskToken) {
    try {
      client.sendTaskSuccess(success -> success.taskToken(taskToken).output("{}"));
    } catch (TaskTimedOutException | TaskDoesNotExistException e) {
      // It waits no longer.
    }
  }

  @Override
  public Run runOf(Operation operation) {
    try {
      ExecutionStatus status =
          client
              .describeExecution(describe -> describe.executionArn(executionOf(operation)))
              .status();
      return status == ExecutionStatus.RUNNING || status == ExecutionStatus.PENDING_REDRIVE
          ? Run.UNDER_WAY
          : Run.OVER;
    } catch (ExecutionDoesNotExistException e) {
      return Run.NONE;
    }
  }

  private String executionOf(Operation operation) {
    return executions + operation.id();
  }
}
