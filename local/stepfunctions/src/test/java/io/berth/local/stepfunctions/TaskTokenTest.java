package io.berth.local.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.local.aws.AwsFault;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks that wait until somebody reports with their token. */
class TaskTokenTest {
  private static final String MACHINE =
      """
      QueryLanguage: JSONata
      StartAt: Await choice
      States:
        Await choice:
          Type: Task
          Resource: arn:aws:states:::lambda:invoke.waitForTaskToken
          Arguments:
            FunctionName: ask
            Payload: {token: "{% $states.context.Task.Token %}"}
          TimeoutSeconds: 300
          HeartbeatSeconds: 60
          Catch:
          - {ErrorEquals: [States.HeartbeatTimeout], Output: silent, Next: Done}
          - {ErrorEquals: [States.Timeout], Output: late, Next: Done}
          Next: Done
        Done: {Type: Succeed}
      """;

  private final Lab lab = new Lab();
  private String token;

  @BeforeEach
  void ask() {
    lab.on(
        "ask",
        payload -> {
          token = payload.get("token").asString();
          return Lab.returns("\"asked\"");
        });
  }

  @Test
  void waitsForTheReportWhoseOutputIsTheResult() {
    String arn = lab.start(MACHINE, "{}");
    assertThat(lab.story(arn))
        .containsExactly(
            "ExecutionStarted",
            "TaskStateEntered Await choice",
            "TaskScheduled",
            "TaskStarted",
            "TaskSubmitted");
    assertThat(
            lab.details(arn, "TaskScheduled", "taskScheduledEventDetails")
                .get("heartbeatInSeconds")
                .asInt())
        .isEqualTo(60);

    lab.call("SendTaskSuccess", "taskToken", token, "output", "{\"provider\": \"alder\"}");

    assertThat(lab.ended(arn).output()).isEqualTo("{\"provider\":\"alder\"}");
    assertThat(lab.story(arn)).containsSubsequence("TaskSubmitted", "TaskSucceeded");
    assertThat(lab.time.pending()).isZero();
  }

  @Test
  void failsWithTheReportedErrorAndCause() {
    String arn = lab.start(MACHINE, "{}");

    lab.call("SendTaskFailure", "taskToken", token, "error", "Refused", "cause", "by the user");

    assertThat(lab.ended(arn)).isEqualTo(new Lab.Ended("FAILED", "", "Refused", "by the user"));
  }

  @Test
  void aReportMayComeBeforeTheFunctionReturns() {
    lab.on(
        "ask",
        payload -> {
          token = payload.get("token").asString();
          return lab.after(Duration.ofSeconds(5), Lab.returns("\"asked\""));
        });
    String arn = lab.start(MACHINE, "{}");
    lab.call("SendTaskSuccess", "taskToken", token, "output", "1");
    lab.time.runOut();

    assertThat(lab.ended(arn).output()).isEqualTo("1");
    assertThat(lab.story(arn)).doesNotContain("TaskSubmitted");
  }

  @Test
  void aFunctionThatFailsFailsTheTask() {
    lab.on("ask", _ -> Lab.throwsError("Busy"));

    assertThat(lab.run(MACHINE, "{}").error()).isEqualTo("Busy");
  }

  @Test
  void timesOutWithoutAHeartbeat() {
    String arn = lab.start(MACHINE, "{}");
    lab.time.advance(Duration.ofSeconds(60));

    assertThat(lab.ended(arn).output()).isEqualTo("\"silent\"");
    assertThat(lab.details(arn, "TaskTimedOut", "taskTimedOutEventDetails").get("error").asString())
        .isEqualTo("States.HeartbeatTimeout");
  }

  @Test
  void heartbeatsKeepItWaitingButNotBeyondItsTimeout() {
    String arn = lab.start(MACHINE, "{}");
    for (int i = 0; i < 5; i++) {
      lab.time.advance(Duration.ofSeconds(50));
      lab.call("SendTaskHeartbeat", "taskToken", token);
      assertThat(lab.ended(arn).status()).isEqualTo("RUNNING");
    }
    lab.time.advance(Duration.ofSeconds(50));

    assertThat(lab.ended(arn).output()).isEqualTo("\"late\"");
  }

  @Test
  void aTokenIsUsedUpByItsReport() {
    lab.start(MACHINE, "{}");
    lab.call("SendTaskSuccess", "taskToken", token, "output", "1");

    refused("TaskTimedOut", () -> lab.call("SendTaskHeartbeat", "taskToken", token));
    refused("TaskTimedOut", () -> lab.call("SendTaskSuccess", "taskToken", token, "output", "2"));
    refused("TaskTimedOut", () -> lab.call("SendTaskFailure", "taskToken", token));
  }

  @Test
  void aTokenEndsWithItsExecution() {
    String arn = lab.start(MACHINE, "{}");
    lab.call("StopExecution", "executionArn", arn);

    refused("TaskTimedOut", () -> lab.call("SendTaskSuccess", "taskToken", token, "output", "1"));
  }

  @Test
  void everyAttemptHasItsOwnToken() {
    lab.start(MACHINE, "{}");
    String first = token;
    lab.start(MACHINE, "{}");

    assertThat(token).isNotEqualTo(first);
  }

  @Test
  void aTokenOfAnExecutionThatIsNotHereDoesNotExist() {
    lab.start(MACHINE, "{}");
    Lab other = new Lab();

    refused(
        "TaskDoesNotExist", () -> other.call("SendTaskSuccess", "taskToken", token, "output", "1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"made-up", "###", "dGFza3w"})
  void aMadeUpTokenIsInvalid(String madeUp) {
    refused("InvalidToken", () -> lab.call("SendTaskHeartbeat", "taskToken", madeUp));
  }

  @Test
  void anOutputThatIsNoJsonIsRefusedAndTheTaskWaitsOn() {
    String arn = lab.start(MACHINE, "{}");

    refused("InvalidOutput", () -> lab.call("SendTaskSuccess", "taskToken", token, "output", "{"));
    assertThat(lab.ended(arn).status()).isEqualTo("RUNNING");
  }

  private static void refused(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(AwsFault.class, fault -> assertThat(fault.code()).isEqualTo(code));
  }
}
