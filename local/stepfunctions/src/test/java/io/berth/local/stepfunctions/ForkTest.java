package io.berth.local.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parallel and Map. */
class ForkTest {
  private static final String PARALLEL =
      """
      QueryLanguage: JSONata
      StartAt: Both
      States:
        Both:
          Type: Parallel
          Arguments: {dseq: "{% $states.input.dseq %}"}
          Branches:
          - StartAt: Slow
            States:
              Slow:
                Type: Task
                Resource: arn:aws:states:::lambda:invoke
                Arguments: {FunctionName: slow, Payload: "{% $states.input %}"}
                Output: "{% $states.result.Payload %}"
                End: true
          - StartAt: Quick
            States:
              Quick:
                Type: Task
                Resource: arn:aws:states:::lambda:invoke
                Arguments: {FunctionName: quick}
                Output: "{% $states.result.Payload %}"
                End: true
          Output: {all: "{% $states.result %}"}
          RECOVERY
          Next: Done
        Done: {Type: Succeed}
      """;

  private static final String MAP =
      """
      QueryLanguage: JSONata
      StartAt: Each
      States:
        Each:
          Type: Map
          Items: "{% $states.input.groups %}"
          ItemSelector:
            group: "{% $states.context.Map.Item.Value %}"
            index: "{% $states.context.Map.Item.Index %}"
            dseq: "{% $states.input.dseq %}"
          MaxConcurrency: CONCURRENCY
          ItemProcessor:
            ProcessorConfig: {Mode: INLINE}
            StartAt: Lease
            States:
              Lease:
                Type: Task
                Resource: arn:aws:states:::lambda:invoke
                Arguments: {FunctionName: lease, Payload: "{% $states.input %}"}
                Output: "{% $states.result.Payload %}"
                End: true
          End: true
      """;

  private final Lab lab = new Lab();

  private static String parallel(String recovery) {
    return PARALLEL.replace("RECOVERY", recovery);
  }

  private static String map(String concurrency) {
    return MAP.replace("CONCURRENCY", concurrency);
  }

  @Test
  void branchesRunSideBySideAndTheirOutputsAreInTheOrderOfTheBranches() {
    lab.on("slow", payload -> lab.after(Duration.ofSeconds(9), Lab.returns(payload.toString())));
    lab.on("quick", _ -> lab.after(Duration.ofSeconds(1), Lab.returns("2")));
    String arn = lab.start(parallel(""), "{\"dseq\": \"7\", \"other\": 1}");

    lab.time.advance(Duration.ofSeconds(9));

    assertThat(lab.ended(arn).output()).isEqualTo("{\"all\":[{\"dseq\":\"7\"},2]}");
    assertThat(lab.story(arn))
        .startsWith("ExecutionStarted", "ParallelStateEntered Both", "ParallelStateStarted")
        .endsWith(
            "ParallelStateSucceeded",
            "ParallelStateExited Both",
            "SucceedStateEntered Done",
            "SucceedStateExited Done",
            "ExecutionSucceeded");
  }

  @Test
  void aBranchThatFailsEndsTheOthersAndTheState() {
    lab.on("slow", _ -> lab.after(Duration.ofSeconds(9), Lab.returns("1")));
    lab.on("quick", _ -> lab.after(Duration.ofSeconds(1), Lab.throwsError("Broken")));
    String arn = lab.start(parallel(""), "{\"dseq\": \"7\"}");

    lab.time.advance(Duration.ofSeconds(1));
    assertThat(lab.ended(arn).error()).isEqualTo("Broken");
    int events = lab.events(arn).size();
    lab.time.runOut();

    assertThat(lab.events(arn)).hasSize(events);
    assertThat(lab.story(arn))
        .endsWith("TaskFailed", "TaskStateAborted", "ParallelStateFailed", "ExecutionFailed");
  }

  @Test
  void aParallelThatFailsIsCaughtAsAWhole() {
    lab.on("slow", _ -> Lab.never());
    lab.on("quick", _ -> Lab.throwsError("Broken"));

    var ended =
        lab.run(
            parallel(
                "Catch: [{ErrorEquals: [Broken], Output: \"{% $states.errorOutput.Error %}\", Next:"
                    + " Done}]"),
            "{\"dseq\": \"7\"}");

    assertThat(ended.output()).isEqualTo("\"Broken\"");
  }

  @Test
  void aParallelThatIsTriedAgainBeginsAllBranchesAfresh() {
    lab.on("slow", _ -> Lab.returns("1"));
    lab.on("quick", _ -> lab.calls.size() < 3 ? Lab.throwsError("Broken") : Lab.returns("2"));

    var ended =
        lab.run(parallel("Retry: [{ErrorEquals: [Broken], MaxAttempts: 1}]"), "{\"dseq\": \"7\"}");

    assertThat(ended.output()).isEqualTo("{\"all\":[1,2]}");
    assertThat(lab.calls).hasSize(4);
  }

  @Test
  void aMapRunsItsProcessorForEachItemAndKeepsTheirOrder() {
    lab.on(
        "lease",
        payload ->
            lab.after(
                Duration.ofSeconds(10 - payload.get("index").asInt()),
                Lab.returns(payload.toString())));

    var ended = lab.run(map("0"), "{\"dseq\": \"7\", \"groups\": [\"web\", \"db\"]}");

    assertThat(ended.output())
        .isEqualTo(
            "[{\"group\":\"web\",\"index\":0,\"dseq\":\"7\"},"
                + "{\"group\":\"db\",\"index\":1,\"dseq\":\"7\"}]");
  }

  @Test
  void aMapOverNothingSucceedsWithNothing() {
    String arn = lab.start(map("0"), "{\"dseq\": \"7\", \"groups\": []}");

    assertThat(lab.ended(arn).output()).isEqualTo("[]");
    assertThat(
            lab.details(arn, "MapStateStarted", "mapStateStartedEventDetails")
                .get("length")
                .asInt())
        .isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 50",
    "2, 30",
    "0, 10",
    "'\"{% $states.input.dseq = ''7'' ? 5 : 1 %}\"', 10",
  })
  void noMoreIterationsThanAllowedRunAtOnce(String concurrency, int seconds) {
    lab.on("lease", _ -> lab.after(Duration.ofSeconds(10), Lab.returns("1")));
    String arn = lab.start(map(concurrency), "{\"dseq\": \"7\", \"groups\": [1, 2, 3, 4, 5]}");

    lab.time.advance(Duration.ofSeconds(seconds).minusMillis(1));
    assertThat(lab.ended(arn).status()).isEqualTo("RUNNING");
    lab.time.advance(Duration.ofMillis(1));
    assertThat(lab.ended(arn).output()).isEqualTo("[1,1,1,1,1]");
  }

  @Test
  void anInlineMapRunsAtMostFortyIterationsAtOnce() {
    lab.on("lease", _ -> Lab.never());
    String hundred = "[" + "1,".repeat(99) + "1]";
    lab.start(map("0"), "{\"dseq\": \"7\", \"groups\": " + hundred + "}");

    assertThat(lab.calls).hasSize(40);
  }

  @Test
  void anIterationThatFailsEndsTheOthersAndTheState() {
    lab.on(
        "lease",
        payload ->
            payload.get("index").asInt() == 1
                ? lab.after(Duration.ofSeconds(1), Lab.throwsError("NoBid"))
                : Lab.never());
    String arn = lab.start(map("2"), "{\"dseq\": \"7\", \"groups\": [1, 2, 3]}");
    lab.time.advance(Duration.ofSeconds(1));

    assertThat(lab.ended(arn).error()).isEqualTo("NoBid");
    assertThat(lab.calls).hasSize(2);
    assertThat(lab.story(arn))
        .endsWith(
            "TaskFailed",
            "MapIterationFailed",
            "TaskStateAborted",
            "MapIterationAborted",
            "MapStateFailed",
            "ExecutionFailed");
  }

  @Test
  void everyIterationIsToldInTheHistory() {
    lab.echo("lease");
    String arn = lab.start(map("1"), "{\"dseq\": \"7\", \"groups\": [1, 2]}");

    assertThat(lab.story(arn).stream().filter(line -> line.startsWith("MapIteration")))
        .containsExactly(
            "MapIterationStarted",
            "MapIterationSucceeded",
            "MapIterationStarted",
            "MapIterationSucceeded");
    var started = lab.details(arn, "MapIterationStarted", "mapIterationStartedEventDetails");
    assertThat(started.get("name").asString()).isEqualTo("Each");
    assertThat(started.get("index").asInt()).isZero();
  }

  @Test
  void itemsThatAreNoArrayAreAnError() {
    assertThat(lab.run(map("0"), "{\"dseq\": \"7\", \"groups\": 1}").error())
        .isEqualTo("States.QueryEvaluationError");
  }

  @Test
  void aMapInsideAParallelInsideAMap() {
    var ended =
        lab.run(
            """
            QueryLanguage: JSONata
            StartAt: Outer
            States:
              Outer:
                Type: Map
                ItemProcessor:
                  StartAt: Split
                  States:
                    Split:
                      Type: Parallel
                      Branches:
                      - StartAt: Inner
                        States:
                          Inner:
                            Type: Map
                            ItemProcessor:
                              StartAt: Double
                              States:
                                Double: {Type: Pass, Output: "{% $states.input * 2 %}", End: true}
                            End: true
                      - StartAt: Count
                        States:
                          Count: {Type: Pass, Output: "{% $count($states.input) %}", End: true}
                      End: true
                End: true
            """,
            "[[1, 2], []]");

    assertThat(ended.output()).isEqualTo("[[[2,4],2],[[],0]]");
  }
}
