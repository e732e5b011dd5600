package io.berth.local.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tasks that call functions and take their answers. */
class TaskTest {
  private static final String INVOKE =
      """
      QueryLanguage: JSONata
      StartAt: Create
      States:
        Create:
          Type: Task
          Resource: arn:aws:states:::lambda:invoke
          Arguments:
            FunctionName: arn:aws:lambda:us-east-1:000000000000:function:create:live
            Payload: {dseq: "{% $states.input.dseq %}"}
          TimeoutSeconds: 30
          End: true
      """;

  private static final String FUNCTION =
      """
      QueryLanguage: JSONata
      StartAt: Create
      States:
        Create:
          Type: Task
          Resource: arn:aws:lambda:us-east-1:000000000000:function:create
          TimeoutSeconds: 30
          End: true
      """;

  private final Lab lab = new Lab();

  @Test
  void invokeCallsTheFunctionWithThePayloadAndGivesLambdasAnswer() {
    lab.echo("create");

    var ended = lab.run(INVOKE, "{\"dseq\": \"7\", \"other\": 1}");

    assertThat(lab.calls).containsExactly("create {\"dseq\":\"7\"}");
    assertThat(ended.output())
        .isEqualTo(
            "{\"ExecutedVersion\":\"$LATEST\",\"Payload\":{\"dseq\":\"7\"},\"StatusCode\":200}");
  }

  @Test
  void theOutputAndTheVariablesSeeTheResult() {
    lab.on("create", _ -> Lab.returns("{\"hash\": \"AB\"}"));

    var ended =
        lab.run(
            """
            QueryLanguage: JSONata
            StartAt: Create
            States:
              Create:
                Type: Task
                Resource: arn:aws:states:::lambda:invoke
                Arguments: {FunctionName: create}
                Assign: {hash: "{% $states.result.Payload.hash %}"}
                Output: "{% $merge([$states.input, $states.result.Payload]) %}"
                Next: Tell
              Tell: {Type: Pass, Output: "{% [$states.input, $hash] %}", End: true}
            """,
            "{\"dseq\": \"7\"}");

    assertThat(ended.output()).isEqualTo("[{\"dseq\":\"7\",\"hash\":\"AB\"},\"AB\"]");
    assertThat(lab.calls).containsExactly("create {}");
  }

  @Test
  void aFunctionsArnCallsItWithTheInputAndGivesItsAnswerAsItIs() {
    lab.echo("create");

    assertThat(lab.run(FUNCTION, "{\"dseq\": \"7\"}").output()).isEqualTo("{\"dseq\":\"7\"}");
  }

  @Test
  void theHistoryTellsOfAnInvocationAsOfATask() {
    lab.echo("create");
    String arn = lab.start(INVOKE, "{\"dseq\": \"7\"}");

    assertThat(lab.story(arn))
        .containsExactly(
            "ExecutionStarted",
            "TaskStateEntered Create",
            "TaskScheduled",
            "TaskStarted",
            "TaskSucceeded",
            "TaskStateExited Create",
            "ExecutionSucceeded");
    JsonNode scheduled = lab.details(arn, "TaskScheduled", "taskScheduledEventDetails");
    assertThat(scheduled.get("resourceType").asString()).isEqualTo("lambda");
    assertThat(scheduled.get("resource").asString()).isEqualTo("invoke");
    assertThat(scheduled.get("region").asString()).isEqualTo("us-east-1");
    assertThat(scheduled.get("timeoutInSeconds").asInt()).isEqualTo(30);
    assertThat(scheduled.get("parameters").asString()).contains("\"Payload\":{\"dseq\":\"7\"}");
  }

  @Test
  void theHistoryTellsOfAFunctionsArnAsOfALambdaFunction() {
    lab.echo("create");
    String arn = lab.start(FUNCTION, "{}");

    assertThat(lab.story(arn))
        .containsSequence(
            "LambdaFunctionScheduled", "LambdaFunctionStarted", "LambdaFunctionSucceeded");
  }

  @Test
  void aFunctionsErrorIsNamedByItsTypeAndItsPayloadIsTheCause() {
    lab.on("create", _ -> Lab.throwsError("io.berth.OutOfFunds"));
    String arn = lab.start(INVOKE, "{\"dseq\": \"7\"}");

    assertThat(lab.ended(arn).error()).isEqualTo("io.berth.OutOfFunds");
    assertThat(lab.ended(arn).cause()).contains("\"errorMessage\":\"no\"");
    assertThat(lab.story(arn)).containsSubsequence("TaskFailed", "ExecutionFailed");
  }

  @Test
  void aFunctionThatDoesNotExistFailsTheTask() {
    assertThat(lab.run(INVOKE, "{\"dseq\": \"7\"}").error())
        .isEqualTo("Lambda.ResourceNotFoundException");
    assertThat(lab.run(FUNCTION, "{}").error()).isEqualTo("Lambda.ResourceNotFoundException");
  }

  @Test
  void aCallThatCannotBeMadeFailsTheTask() {
    lab.on(
        "create",
        _ -> {
          throw new IllegalStateException("no thread left");
        });
    assertThat(lab.run(FUNCTION, "{}"))
        .isEqualTo(new Lab.Ended("FAILED", "", "Lambda.SdkClientException", "no thread left"));

    lab.on("create", _ -> CompletableFuture.failedFuture(new IOException("broken pipe")));
    assertThat(lab.run(FUNCTION, "{}").cause()).isEqualTo("broken pipe");
  }

  @Test
  void aTaskThatTakesTooLongTimesOutAndItsLateAnswerIsNotHeard() {
    lab.on("create", _ -> lab.after(Duration.ofSeconds(40), Lab.returns("1")));
    String arn = lab.start(INVOKE, "{\"dseq\": \"7\"}");

    lab.time.advance(Duration.ofSeconds(29));
    assertThat(lab.ended(arn).status()).isEqualTo("RUNNING");
    lab.time.advance(Duration.ofSeconds(1));
    assertThat(lab.ended(arn).error()).isEqualTo("States.Timeout");
    int events = lab.events(arn).size();
    lab.time.runOut();

    assertThat(lab.events(arn)).hasSize(events);
    assertThat(lab.story(arn))
        .containsSubsequence("TaskStarted", "TaskTimedOut", "ExecutionFailed");
  }

  @Test
  void aLambdaFunctionThatTakesTooLongTimesOut() {
    lab.on("create", _ -> Lab.never());
    String arn = lab.start(FUNCTION, "{}");
    lab.time.advance(Duration.ofSeconds(30));

    assertThat(lab.story(arn)).contains("LambdaFunctionTimedOut");
  }

  @Test
  void anAnswerWithinTheTimeLeavesNoTimerBehind() {
    lab.echo("create");
    lab.start(INVOKE, "{\"dseq\": \"7\"}");

    assertThat(lab.time.pending()).isZero();
  }

  @Test
  void theTimeoutMayBeAnExpression() {
    lab.on("wait", _ -> Lab.never());
    String arn =
        lab.start(
            """
            QueryLanguage: JSONata
            StartAt: Await
            States:
              Await:
                Type: Task
                Resource: arn:aws:states:::lambda:invoke
                Arguments: {FunctionName: wait}
                TimeoutSeconds: "{% $states.input.blocks * 6 %}"
                End: true
            """,
            "{\"blocks\": 2}");

    lab.time.advance(Duration.ofSeconds(11));
    assertThat(lab.ended(arn).status()).isEqualTo("RUNNING");
    lab.time.advance(Duration.ofSeconds(1));
    assertThat(lab.ended(arn).error()).isEqualTo("States.Timeout");
  }

  @Test
  void aResultOverTheQuotaIsATerminalErrorThatAWildcardDoesNotCatch() {
    lab.on("create", _ -> Lab.returns("\"" + "x".repeat(256 * 1024) + "\""));

    var ended =
        lab.run(
            """
            QueryLanguage: JSONata
            StartAt: Create
            States:
              Create:
                Type: Task
                Resource: arn:aws:states:::lambda:invoke
                Arguments: {FunctionName: create}
                Catch: [{ErrorEquals: [States.ALL], Next: Caught}]
                End: true
              Caught: {Type: Succeed}
            """,
            "{}");

    assertThat(ended.error()).isEqualTo("States.DataLimitExceeded");
  }

  @Test
  void theContextTellsTheExecutionTheStateAndTheMachine() {
    lab.echo("create");

    var ended =
        lab.run(
            """
            QueryLanguage: JSONata
            StartAt: Create
            States:
              Create:
                Type: Task
                Resource: arn:aws:states:::lambda:invoke
                Arguments:
                  FunctionName: create
                  Payload:
                    id: "{% $states.context.Execution.Id %}"
                    input: "{% $states.context.Execution.Input %}"
                    started: "{% $states.context.Execution.StartTime %}"
                    state: "{% $states.context.State.Name %}"
                    entered: "{% $states.context.State.EnteredTime %}"
                    retry: "{% $states.context.State.RetryCount %}"
                    machine: "{% $states.context.StateMachine.Name %}"
                Output: "{% $states.result.Payload %}"
                End: true
            """,
            "{\"a\": 1}");

    assertThat(ended.output())
        .isEqualTo(
            "{\"id\":\"arn:aws:states:us-east-1:000000000000:execution:machine-0:run\","
                + "\"input\":{\"a\":1},\"started\":\"2026-03-01T00:00:00Z\",\"state\":\"Create\","
                + "\"entered\":\"2026-03-01T00:00:00Z\",\"retry\":0,\"machine\":\"machine-0\"}");
  }
}
