package io.berth.local.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAndCatchTest {
  private final Lab lab = new Lab();

  private static String task(String recovery) {
    return """
    QueryLanguage: JSONata
    StartAt: Send
    States:
      Send:
        Type: Task
        Resource: arn:aws:states:::lambda:invoke
        Arguments: {FunctionName: send}
        TimeoutSeconds: 10
        Output: "{% $states.result.Payload %}"
        RECOVERY
        Next: Sent
      Sent: {Type: Succeed}
    """
        .replace("RECOVERY", recovery);
  }

  private List<Long> secondsBetweenCalls() {
    List<Long> seconds = new ArrayList<>();
    List<Instant> times = lab.callTimes;
    for (int i = 1; i < times.size(); i++) {
      seconds.add(Duration.between(times.get(i - 1), times.get(i)).toSeconds());
    }
    return seconds;
  }

  @Test
  void isTriedAgainAfterGrowingIntervalsAndNoLongerThanTheMost() {
    lab.on("send", _ -> Lab.throwsError("Busy"));

    var ended =
        lab.run(
            task(
                "Retry: [{ErrorEquals: [Busy], IntervalSeconds: 2, BackoffRate: 3, MaxAttempts: 4,"
                    + " MaxDelaySeconds: 20}]"),
            "{}");

    assertThat(secondsBetweenCalls()).containsExactly(2L, 6L, 18L, 20L);
    assertThat(ended.error()).isEqualTo("Busy");
  }

  @Test
  void withoutNumbersItIsTriedThreeTimesMoreAfterOneTwoAndFourSeconds() {
    lab.on("send", _ -> Lab.throwsError("Busy"));

    lab.run(task("Retry: [{ErrorEquals: [States.ALL]}]"), "{}");

    assertThat(secondsBetweenCalls()).containsExactly(1L, 2L, 4L);
  }

  @Test
  void fullJitterWaitsAnythingUpToTheInterval() {
    lab.on("send", _ -> Lab.throwsError("Busy"));

    lab.run(
        task(
            "Retry: [{ErrorEquals: [Busy], IntervalSeconds: 100, BackoffRate: 1, MaxAttempts: 20,"
                + " JitterStrategy: FULL}]"),
        "{}");

    assertThat(secondsBetweenCalls()).hasSize(20).allMatch(seconds -> seconds <= 100);
    assertThat(secondsBetweenCalls().stream().distinct().count()).isGreaterThan(10);
    assertThat(secondsBetweenCalls()).anyMatch(seconds -> seconds < 30);
  }

  @Test
  void theSameRandomnessGivesTheSameHistory() {
    List<List<String>> histories = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Lab again = new Lab().on("send", _ -> Lab.throwsError("Busy"));
      String arn = again.start(task("Retry: [{ErrorEquals: [Busy], JitterStrategy: FULL}]"), "{}");
      again.time.runOut();
      histories.add(again.events(arn).stream().map(Object::toString).toList());
    }

    assertThat(histories.get(0)).isEqualTo(histories.get(1));
  }

  @Test
  void aRetryThatSucceedsIsASuccessAndEntersTheStateOnce() {
    lab.on("send", _ -> lab.calls.size() < 3 ? Lab.throwsError("Busy") : Lab.returns("\"sent\""));
    String arn = lab.start(task("Retry: [{ErrorEquals: [Busy]}]"), "{}");
    lab.time.runOut();

    assertThat(lab.ended(arn).output()).isEqualTo("\"sent\"");
    assertThat(lab.story(arn).stream().filter("TaskStateEntered Send"::equals)).hasSize(1);
    assertThat(lab.story(arn).stream().filter("TaskScheduled"::equals)).hasSize(3);
  }

  @Test
  void everyRetrierCountsForItself() {
    lab.on("send", _ -> Lab.throwsError(lab.calls.size() % 2 == 1 ? "A" : "B"));

    lab.run(
        task(
            "Retry: [{ErrorEquals: [A], MaxAttempts: 2, IntervalSeconds: 1, BackoffRate: 1},"
                + " {ErrorEquals: [B], MaxAttempts: 1, IntervalSeconds: 1}]"),
        "{}");

    assertThat(lab.calls).hasSize(4); // A, B, A, and B once too often.
  }

  @ParameterizedTest
  @CsvSource({
    "States.ALL, Busy, true",
    "States.ALL, States.Timeout, true",
    "States.TaskFailed, Busy, true",
    "States.TaskFailed, States.Timeout, false",
    "States.Timeout, States.Timeout, true",
    "States.Timeout, Busy, false",
    "Busy, Busy, true",
    "Busy, busy, false",
    "Lambda.ResourceNotFoundException, missing, true",
  })
  void anErrorIsCaughtByItsNameOrByAWildcard(String name, String error, boolean caught) {
    if (error.equals("States.Timeout")) {
      lab.on("send", _ -> Lab.never());
    } else if (!error.equals("missing")) {
      lab.on("send", _ -> Lab.throwsError(error));
    }

    var ended = lab.run(task("Catch: [{ErrorEquals: [%s], Next: Sent}]".formatted(name)), "{}");

    assertThat(ended.status()).isEqualTo(caught ? "SUCCEEDED" : "FAILED");
  }

  @Test
  void whatIsCaughtHandsOnTheErrorUnlessItsOutputSaysElse() {
    lab.on("send", _ -> Lab.throwsError("Busy"));

    assertThat(lab.run(task("Catch: [{ErrorEquals: [Busy], Next: Sent}]"), "{}").output())
        .isEqualTo(
            "{\"Error\":\"Busy\",\"Cause\":\"{\\\"errorMessage\\\":\\\"no\\\",\\\"errorType\\\":\\\"Busy\\\"}\"}");
  }

  @Test
  void aCatchMayAssignAndChooseItsOutput() {
    lab.on("send", _ -> Lab.throwsError("Busy"));

    var ended =
        lab.run(
            """
            QueryLanguage: JSONata
            StartAt: Send
            States:
              Send:
                Type: Task
                Resource: arn:aws:states:::lambda:invoke
                Arguments: {FunctionName: send}
                Catch:
                - ErrorEquals: [Other]
                  Next: Sent
                - ErrorEquals: [States.ALL]
                  Assign: {problem: "{% $parse($states.errorOutput.Cause).errorMessage %}"}
                  Output: {dseq: "{% $states.input.dseq %}", error: "{% $states.errorOutput.Error %}"}
                  Next: Close
                Next: Sent
              Close: {Type: Pass, Output: "{% [$states.input, $problem] %}", End: true}
              Sent: {Type: Succeed}
            """,
            "{\"dseq\": \"7\"}");

    assertThat(ended.output()).isEqualTo("[{\"dseq\":\"7\",\"error\":\"Busy\"},\"no\"]");
  }

  @Test
  void onlyAfterTheLastRetryIsItCaught() {
    lab.on("send", _ -> Lab.throwsError("Busy"));

    var ended =
        lab.run(
            task(
                "Retry: [{ErrorEquals: [Busy], MaxAttempts: 2}]\n"
                    + "    Catch: [{ErrorEquals: [Busy], Output: caught, Next: Sent}]"),
            "{}");

    assertThat(lab.calls).hasSize(3);
    assertThat(ended.output()).isEqualTo("\"caught\"");
  }

  @Test
  void anOutputThatCannotBeEvaluatedIsCaughtByTheStateItself() {
    lab.on("send", _ -> Lab.returns("{}"));

    var ended =
        lab.run(
            """
            QueryLanguage: JSONata
            StartAt: Send
            States:
              Send:
                Type: Task
                Resource: arn:aws:states:::lambda:invoke
                Arguments: {FunctionName: send}
                Output: "{% $states.result.Payload.absent %}"
                Catch:
                - {ErrorEquals: [States.QueryEvaluationError], Output: caught, Next: Sent}
                Next: Sent
              Sent: {Type: Succeed}
            """,
            "{}");

    assertThat(ended.output()).isEqualTo("\"caught\"");
  }

  @Test
  void aCatchThatFailsItselfFailsTheExecution() {
    lab.on("send", _ -> Lab.throwsError("Busy"));

    var ended =
        lab.run(
            task(
                "Catch: [{ErrorEquals: [States.ALL], Output: \"{% $states.result %}\", Next:"
                    + " Sent}]"),
            "{}");

    assertThat(ended.error()).isEqualTo("States.QueryEvaluationError");
  }
}
