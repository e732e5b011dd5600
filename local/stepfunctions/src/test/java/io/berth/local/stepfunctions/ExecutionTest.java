package io.berth.local.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.local.aws.AwsFault;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Executions as wholes: names, timeouts, stops and redrives. */
class ExecutionTest {
  private static final String WAITING =
      """
      QueryLanguage: JSONata
      StartAt: Prepare
      TimeoutSeconds: 100
      States:
        Prepare: {Type: Pass, Assign: {x: 1}, Output: {n: 1}, Next: Call}
        Call:
          Type: Task
          Resource: arn:aws:states:::lambda:invoke
          Arguments: {FunctionName: call, Payload: {n: "{% $states.input.n %}", x: "{% $x %}"}}
          Output: "{% $states.result.Payload %}"
          Next: Done
        Done: {Type: Succeed}
      """;

  private final Lab lab = new Lab();

  private static void refused(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(AwsFault.class, fault -> assertThat(fault.code()).isEqualTo(code));
  }

  @Test
  void theSameNameAndInputWhileItRunsIsTheSameExecution() {
    lab.on("call", _ -> Lab.never());
    String machine = lab.machine(WAITING);

    String first = lab.startAgain(machine, "op-1", "{\"a\": 1, \"b\": 2}");
    String second = lab.startAgain(machine, "op-1", "{ \"a\":1, \"b\":2 }");

    assertThat(second).isEqualTo(first);
    assertThat(lab.calls).hasSize(1);
    refused("ExecutionAlreadyExists", () -> lab.startAgain(machine, "op-1", "{\"a\": 2}"));
  }

  @Test
  void aNameIsNotUsedAgainAfterTheEnd() {
    lab.echo("call");
    String machine = lab.machine(WAITING);
    lab.startAgain(machine, "op-1", "{}");

    refused("ExecutionAlreadyExists", () -> lab.startAgain(machine, "op-1", "{}"));
  }

  @Test
  void anExecutionThatTakesTooLongTimesOutAsAWhole() {
    lab.on("call", _ -> Lab.never());
    String arn = lab.start(WAITING, "{}");
    lab.time.advance(Duration.ofSeconds(100));

    assertThat(lab.ended(arn).status()).isEqualTo("TIMED_OUT");
    assertThat(lab.ended(arn).error()).isEqualTo("States.Timeout");
    assertThat(lab.story(arn)).endsWith("TaskStateAborted", "ExecutionTimedOut");
  }

  @Test
  void anExecutionThatIsStoppedIsAbortedWithTheReason() {
    lab.on("call", _ -> lab.after(Duration.ofSeconds(5), Lab.returns("1")));
    String arn = lab.start(WAITING, "{}");

    lab.call("StopExecution", "executionArn", arn, "error", "Cancelled", "cause", "by hand");
    lab.time.runOut();

    assertThat(lab.ended(arn)).isEqualTo(new Lab.Ended("ABORTED", "", "Cancelled", "by hand"));
    assertThat(lab.story(arn)).endsWith("TaskStateAborted", "ExecutionAborted");
  }

  @Test
  void stoppingWhatHasEndedChangesNothing() {
    lab.echo("call");
    String arn = lab.start(WAITING, "{}");
    JsonNode before = lab.describe(arn);

    lab.call("StopExecution", "executionArn", arn);

    assertThat(lab.describe(arn)).isEqualTo(before);
  }

  @Test
  void aRedriveGoesOnFromTheStateThatFailedWithItsInputAndVariables() {
    lab.on("call", _ -> Lab.throwsError("Broken"));
    String arn = lab.start(WAITING, "{}");
    assertThat(lab.ended(arn).status()).isEqualTo("FAILED");
    lab.echo("call");

    lab.call("RedriveExecution", "executionArn", arn);

    assertThat(lab.ended(arn).output()).isEqualTo("{\"n\":1,\"x\":1}");
    assertThat(lab.calls).containsExactly("call {\"n\":1,\"x\":1}", "call {\"n\":1,\"x\":1}");
    assertThat(lab.story(arn))
        .containsExactly(
            "ExecutionStarted",
            "PassStateEntered Prepare",
            "PassStateExited Prepare",
            "TaskStateEntered Call",
            "TaskScheduled",
            "TaskStarted",
            "TaskFailed",
            "ExecutionFailed",
            "ExecutionRedriven",
            "TaskScheduled",
            "TaskStarted",
            "TaskSucceeded",
            "TaskStateExited Call",
            "SucceedStateEntered Done",
            "SucceedStateExited Done",
            "ExecutionSucceeded");
    assertThat(lab.describe(arn).get("redriveCount").asInt()).isEqualTo(1);
  }

  @Test
  void onlyWhatEndedWithoutSuccessCanBeRedriven() {
    lab.on("call", _ -> lab.after(Duration.ofSeconds(1), Lab.returns("1")));
    String arn = lab.start(WAITING, "{}");

    refused("ExecutionNotRedrivable", () -> lab.call("RedriveExecution", "executionArn", arn));
    assertThat(lab.describe(arn).get("redriveStatus").asString()).isEqualTo("NOT_REDRIVABLE");
    lab.time.runOut();
    refused("ExecutionNotRedrivable", () -> lab.call("RedriveExecution", "executionArn", arn));
  }

  @Test
  void aRedriveHasAllItsTimeAgain() {
    lab.on("call", _ -> Lab.never());
    String arn = lab.start(WAITING, "{}");
    lab.time.advance(Duration.ofSeconds(100));
    lab.call("RedriveExecution", "executionArn", arn);

    lab.time.advance(Duration.ofSeconds(99));
    assertThat(lab.ended(arn).status()).isEqualTo("RUNNING");
    lab.time.advance(Duration.ofSeconds(1));
    assertThat(lab.ended(arn).status()).isEqualTo("TIMED_OUT");
  }

  @Test
  void aRedriveOfAParallelRunsOnlyTheBranchesThatDidNotSucceed() {
    lab.echo("fine").on("broken", _ -> lab.after(Duration.ofSeconds(1), Lab.throwsError("No")));
    lab.on("slow", _ -> lab.after(Duration.ofSeconds(9), Lab.returns("3")));
    String arn =
        lab.start(
            """
            QueryLanguage: JSONata
            StartAt: All
            States:
              All:
                Type: Parallel
                Branches:
                - StartAt: Fine
                  States:
                    Fine: {Type: Task, Resource: "arn:aws:states:::lambda:invoke", Arguments: {FunctionName: fine}, Output: 1, End: true}
                - StartAt: Before
                  States:
                    Before: {Type: Task, Resource: "arn:aws:states:::lambda:invoke", Arguments: {FunctionName: fine}, Assign: {kept: 2}, Next: Broken}
                    Broken: {Type: Task, Resource: "arn:aws:states:::lambda:invoke", Arguments: {FunctionName: broken}, Output: "{% $kept %}", End: true}
                - StartAt: Slow
                  States:
                    Slow: {Type: Task, Resource: "arn:aws:states:::lambda:invoke", Arguments: {FunctionName: slow}, Output: 3, End: true}
                End: true
            """,
            "{}");
    lab.time.runOut();
    assertThat(lab.ended(arn).error()).isEqualTo("No");
    lab.calls.clear();
    lab.echo("broken");

    lab.call("RedriveExecution", "executionArn", arn);
    lab.time.runOut();

    assertThat(lab.ended(arn).output()).isEqualTo("[1,2,3]");
    assertThat(lab.calls).containsExactly("broken {}", "slow {}");
  }

  @Test
  void aRedriveOfAMapRunsOnlyTheIterationsThatDidNotSucceed() {
    lab.on(
        "lease",
        payload -> payload.asInt() == 2 ? Lab.throwsError("No") : Lab.returns(payload.toString()));
    String arn =
        lab.start(
            """
            QueryLanguage: JSONata
            StartAt: Each
            States:
              Each:
                Type: Map
                MaxConcurrency: 1
                ItemProcessor:
                  StartAt: Lease
                  States:
                    Lease: {Type: Task, Resource: "arn:aws:lambda:us-east-1:000000000000:function:lease", End: true}
                End: true
            """,
            "[1, 2, 3]");
    assertThat(lab.ended(arn).error()).isEqualTo("No");
    lab.calls.clear();
    lab.echo("lease");

    lab.call("RedriveExecution", "executionArn", arn);

    assertThat(lab.ended(arn).output()).isEqualTo("[1,2,3]");
    assertThat(lab.calls).containsExactly("lease 2", "lease 3");
  }

  /** As in the example of <i>GetExecutionHistory</i> in the API reference. */
  @Test
  void theStartAndTheFirstStateFollowNoEvent() {
    String arn =
        lab.start(
            """
            QueryLanguage: JSONata
            StartAt: Finish
            States:
              Finish: {Type: Succeed}
            """,
            "{}");

    assertThat(lab.events(arn))
        .extracting(event -> event.get("type").asString() + " " + event.get("previousEventId"))
        .containsExactly(
            "ExecutionStarted 0",
            "SucceedStateEntered 0",
            "SucceedStateExited 2",
            "ExecutionSucceeded 3");
  }

  @Test
  void everyEventFollowsFromAnEarlierOne() {
    lab.on("call", _ -> Lab.throwsError("Broken"));
    String arn = lab.start(WAITING, "{}");
    lab.call("RedriveExecution", "executionArn", arn);

    Set<Long> seen = new HashSet<>(List.of(0L));
    for (JsonNode event : lab.events(arn)) {
      assertThat(seen).contains(event.get("previousEventId").asLong());
      assertThat(seen.add(event.get("id").asLong())).isTrue();
    }
  }
}
