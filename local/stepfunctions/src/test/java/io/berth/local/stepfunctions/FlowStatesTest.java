package io.berth.local.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pass, Choice, Wait, Succeed and Fail. */
class FlowStatesTest {
  private final Lab lab = new Lab();

  @Test
  void aPassHandsItsInputOn() {
    var ended =
        lab.run(
            """
            QueryLanguage: JSONata
            StartAt: First
            States:
              First: {Type: Pass, Next: Second}
              Second: {Type: Pass, End: true}
            """,
            "{\"dseq\": \"7\"}");

    assertThat(ended.status()).isEqualTo("SUCCEEDED");
    assertThat(ended.output()).isEqualTo("{\"dseq\":\"7\"}");
  }

  @Test
  void aPassHandsOnWhatItsOutputSays() {
    var ended =
        lab.run(
            """
            QueryLanguage: JSONata
            StartAt: Rewrite
            States:
              Rewrite:
                Type: Pass
                Output:
                  order: "{% $states.input.dseq & '/' & $states.context.Execution.Name %}"
                  as it is: $states.input.dseq
                End: true
            """,
            "{\"dseq\": \"7\"}");

    assertThat(ended.output())
        .isEqualTo("{\"order\":\"7/run\",\"as it is\":\"$states.input.dseq\"}");
  }

  @Test
  void everyStateIsEnteredAndLeftOnceInItsHistory() {
    String arn =
        lab.start(
            """
            QueryLanguage: JSONata
            StartAt: Prepare
            States:
              Prepare: {Type: Pass, Next: Look}
              Look:
                Type: Choice
                Choices:
                - {Condition: "{% $states.input.go %}", Next: Hold}
                Default: Done
              Hold: {Type: Wait, Seconds: 5, Next: Done}
              Done: {Type: Succeed}
            """,
            "{\"go\": true}");
    lab.time.runOut();

    assertThat(lab.story(arn))
        .containsExactly(
            "ExecutionStarted",
            "PassStateEntered Prepare",
            "PassStateExited Prepare",
            "ChoiceStateEntered Look",
            "ChoiceStateExited Look",
            "WaitStateEntered Hold",
            "WaitStateExited Hold",
            "SucceedStateEntered Done",
            "SucceedStateExited Done",
            "ExecutionSucceeded");
  }

  private static final String CHOICE =
      """
      QueryLanguage: JSONata
      StartAt: Choose
      States:
        Choose:
          Type: Choice
          Output: {by: default}
          Choices:
          - Condition: "{% $states.input.bids >= 3 %}"
            Output: {by: many}
            Assign: {chosen: "{% $states.input.bids %}"}
            Next: Told
          - Condition: "{% $states.input.bids >= 1 %}"
            Next: Plain
          Default: Plain
        Told: {Type: Pass, Output: "{% $states.input.by & $chosen %}", End: true}
        Plain: {Type: Pass, End: true}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"bids\": 5} | \"many5\"",
        "{\"bids\": 2} | {\"bids\":2}",
        "{\"bids\": 0} | {\"by\":\"default\"}",
      })
  void aChoiceGoesByTheFirstRuleThatHolds(String input, String output) {
    assertThat(lab.run(CHOICE, input).output()).isEqualTo(output);
  }

  @Test
  void aChoiceWithoutAnyRuleThatHoldsAndWithoutDefaultFails() {
    var ended =
        lab.run(
            """
            QueryLanguage: JSONata
            StartAt: Choose
            States:
              Choose:
                Type: Choice
                Choices: [{Condition: "{% false %}", Next: Done}]
              Done: {Type: Succeed}
            """,
            "{}");

    assertThat(ended.status()).isEqualTo("FAILED");
    assertThat(ended.error()).isEqualTo("States.NoChoiceMatched");
  }

  @Test
  void aConditionThatIsNeitherTrueNorFalseFails() {
    var ended =
        lab.run(
            """
            QueryLanguage: JSONata
            StartAt: Choose
            States:
              Choose:
                Type: Choice
                Choices: [{Condition: "{% 'yes' %}", Next: Done}]
              Done: {Type: Succeed}
            """,
            "{}");

    assertThat(ended.error()).isEqualTo("States.QueryEvaluationError");
  }

  @ParameterizedTest
  @CsvSource({
    "'Seconds: 30', 30",
    "'Seconds: \"{% $states.input.window / 2 %}\"', 45",
    "'Timestamp: \"2026-03-01T00:01:00Z\"', 60",
    "'Timestamp: \"2026-03-01T02:00:30+02:00\"', 30",
    "'Timestamp: \"{% $states.input.until %}\"', 120",
  })
  void aWaitEndsAtItsTime(String until, int seconds) {
    String arn =
        lab.start(
            """
            QueryLanguage: JSONata
            StartAt: Hold
            States:
              Hold: {Type: Wait, %s, End: true}
            """
                .formatted(until),
            "{\"window\": 90, \"until\": \"2026-03-01T00:02:00.000Z\"}");

    lab.time.advance(Duration.ofSeconds(seconds).minusMillis(1));
    assertThat(lab.ended(arn).status()).isEqualTo("RUNNING");
    lab.time.advance(Duration.ofMillis(1));
    assertThat(lab.ended(arn).status()).isEqualTo("SUCCEEDED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Seconds: 0", "Timestamp: \"2020-01-01T00:00:00Z\""})
  void aWaitForATimeThatIsOverEndsAtOnce(String until) {
    String arn =
        lab.start(
            """
            QueryLanguage: JSONata
            StartAt: Hold
            States:
              Hold: {Type: Wait, %s, End: true}
            """
                .formatted(until),
            "{}");

    lab.time.advance(Duration.ZERO);

    assertThat(lab.ended(arn).status()).isEqualTo("SUCCEEDED");
  }

  @ParameterizedTest
  @CsvSource({
    "'Seconds: \"{% -1 %}\"'",
    "'Seconds: \"{% 1.5 %}\"'",
    "'Timestamp: \"{% ''tomorrow'' %}\"'",
    "'Seconds: \"{% $states.input.absent %}\"'",
  })
  void aWaitWithoutAProperTimeFails(String until) {
    var ended =
        lab.run(
            """
            QueryLanguage: JSONata
            StartAt: Hold
            States:
              Hold: {Type: Wait, %s, End: true}
            """
                .formatted(until),
            "{}");

    assertThat(ended.error()).isEqualTo("States.QueryEvaluationError");
  }

  @Test
  void aSucceedEndsWithItsOutput() {
    var ended =
        lab.run(
            """
            QueryLanguage: JSONata
            StartAt: Done
            States:
              Done: {Type: Succeed, Output: "{% $states.input.n + 1 %}"}
            """,
            "{\"n\": 1}");

    assertThat(ended.output()).isEqualTo("2");
  }

  @Test
  void aFailEndsWithItsErrorAndCause() {
    var ended =
        lab.run(
            """
            QueryLanguage: JSONata
            StartAt: Give up
            States:
              Give up:
                Type: Fail
                Error: NoAcceptableBid
                Cause: "{% 'of ' & $states.input.bids & ' bids' %}"
            """,
            "{\"bids\": 4}");

    assertThat(ended).isEqualTo(new Lab.Ended("FAILED", "", "NoAcceptableBid", "of 4 bids"));
  }

  @Test
  void aFailureToEvaluateIsToldInTheHistory() {
    String arn =
        lab.start(
            """
            QueryLanguage: JSONata
            StartAt: Rewrite
            States:
              Rewrite: {Type: Pass, Output: "{% $states.input.absent %}", End: true}
            """,
            "{}");

    assertThat(lab.story(arn))
        .containsExactly(
            "ExecutionStarted", "PassStateEntered Rewrite", "EvaluationFailed", "ExecutionFailed");
    assertThat(
            lab.details(arn, "EvaluationFailed", "evaluationFailedEventDetails")
                .get("cause")
                .asString())
        .contains("$states.input.absent");
  }

  @Test
  void aLoopWithoutEndIsStoppedByTheLimitOfEvents() {
    String arn =
        lab.start(
            """
            QueryLanguage: JSONata
            StartAt: Round
            States:
              Round:
                Type: Choice
                Choices: [{Condition: "{% false %}", Next: Out}]
                Default: Round
              Out: {Type: Succeed}
            """,
            "{}");

    assertThat(lab.ended(arn).error()).isEqualTo("States.Runtime");
    assertThat(lab.events(arn)).hasSizeLessThanOrEqualTo(25_000);
  }
}
