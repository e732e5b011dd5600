package io.berth.local.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executions that outlive the process. */
class JournalTest {
  private static final String MACHINE =
      """
      QueryLanguage: JSONata
      StartAt: Prepare
      TimeoutSeconds: 1000
      States:
        Prepare: {Type: Pass, Assign: {nothing: null, x: [1]}, Output: null, Next: Both}
        Both:
          Type: Parallel
          Branches:
          - StartAt: Quick
            States:
              Quick: {Type: Pass, Output: null, End: true}
          - StartAt: Hold
            States:
              Hold: {Type: Wait, Seconds: 60, Next: Call}
              Call:
                Type: Task
                Resource: arn:aws:states:::lambda:invoke
                Arguments: {FunctionName: call, Payload: ["{% $states.input %}", "{% $x %}", "{% $nothing %}"]}
                Output: "{% $states.result.Payload %}"
                End: true
          End: true
      """;

  @TempDir Path folder;

  private Lab lab() {
    return new Lab(StepFunctions.Config.inMemory().keptIn(folder));
  }

  @Test
  void aRunningExecutionGoesOnAfterARestartAndItsWaitKeepsItsEnd() {
    Lab before = lab().echo("call");
    String arn = before.start(MACHINE, "{}");
    before.time.advance(Duration.ofSeconds(20));

    Lab after = lab().echo("call");
    after.time.advance(Duration.ofSeconds(20));
    after.machine(MACHINE);
    after.time.advance(Duration.ofSeconds(39));
    assertThat(after.ended(arn).status()).isEqualTo("RUNNING");
    after.time.advance(Duration.ofSeconds(1));

    assertThat(after.ended(arn).output()).isEqualTo("[null,[null,[1],null]]");
    assertThat(after.story(arn)).startsWith("ExecutionStarted", "PassStateEntered Prepare");
    assertThat(after.story(arn).stream().filter("PassStateEntered Prepare"::equals)).hasSize(1);
    assertThat(after.story(arn).stream().filter("PassStateEntered Quick"::equals)).hasSize(1);
  }

  @Test
  void aTaskThatRanIsCalledAgain() {
    Lab before = lab().on("call", _ -> Lab.never());
    String arn = before.start(MACHINE, "{}");
    before.time.advance(Duration.ofSeconds(60));
    assertThat(before.calls).hasSize(1);

    Lab after = lab().echo("call");
    after.machine(MACHINE);

    assertThat(after.calls).isEqualTo(before.calls);
    assertThat(after.ended(arn).status()).isEqualTo("SUCCEEDED");
  }

  @Test
  void theTimeLimitOfAnExecutionGoesOnToo() {
    Lab before = lab().on("call", _ -> Lab.never());
    String arn = before.start(MACHINE, "{}");

    Lab after = lab().on("call", _ -> Lab.never());
    after.time.advance(Duration.ofSeconds(999));
    after.machine(MACHINE);
    assertThat(after.ended(arn).status()).isEqualTo("RUNNING");
    after.time.advance(Duration.ofSeconds(1));

    assertThat(after.ended(arn).status()).isEqualTo("TIMED_OUT");
  }

  @Test
  void whatHasEndedIsThereWithItsHistoryAndCanBeRedriven() {
    Lab before = lab().on("call", _ -> Lab.throwsError("Broken"));
    String arn = before.start(MACHINE, "{}");
    before.time.runOut();

    Lab between = lab();
    between.machine(MACHINE);
    assertThat(between.describe(arn)).isEqualTo(before.describe(arn));
    assertThat(between.events(arn)).isEqualTo(before.events(arn));

    Lab after = lab().echo("call");
    String machine = after.machine(MACHINE);
    assertThat(machine).isEqualTo(before.describe(arn).get("stateMachineArn").asString());
    after.call("RedriveExecution", "executionArn", arn);
    assertThat(after.ended(arn).output()).isEqualTo("[null,[null,[1],null]]");
  }

  @Test
  void whatIsCalledIsWrittenDownBefore() throws Exception {
    List<String> found = new ArrayList<>();
    Lab lab = lab();
    lab.on(
        "call",
        _ -> {
          found.add(content());
          return Lab.never();
        });
    lab.start(MACHINE, "{}");
    lab.time.runOut();

    assertThat(found).singleElement().asString().contains("TaskScheduled");
  }

  @Test
  void closedItHearsNothingMoreAndWhatRanGoesOnAfterARestart() {
    Lab before = lab();
    before.on("call", _ -> before.after(Duration.ofSeconds(5), Lab.throwsError("Interrupted")));
    String arn = before.start(MACHINE, "{}");
    before.time.advance(Duration.ofSeconds(60));
    before.stepFunctions.close();
    before.time.runOut();
    assertThatThrownBy(() -> before.describe(arn)).isInstanceOf(IllegalStateException.class);

    Lab after = lab().echo("call");
    after.machine(MACHINE);

    assertThat(after.ended(arn).status()).isEqualTo("SUCCEEDED");
    assertThat(after.story(arn)).doesNotContain("TaskFailed");
  }

  private Path file() {
    return folder.resolve("machine-0").resolve("run.jsonl");
  }

  private String content() {
    try {
      return Files.readString(file());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aLineThatWasCutOffIsLeftOut() throws Exception {
    Lab before = lab().echo("call");
    String arn = before.start(MACHINE, "{}");
    Files.writeString(file(), "{\"events\":[{\"id\"", StandardOpenOption.APPEND);

    Lab after = lab().echo("call");
    after.machine(MACHINE);
    after.time.runOut();
    assertThat(after.ended(arn).status()).isEqualTo("SUCCEEDED");

    Lab again = lab();
    again.machine(MACHINE);
    assertThat(again.events(arn)).isEqualTo(after.events(arn));
  }

  @Test
  void anExecutionWhoseMachineHasLostItsStateIsLeftOut() {
    Lab before = lab().echo("call");
    before.start(MACHINE, "{}");

    Lab after = lab();
    String machine = after.machine(MACHINE.replace("Hold", "Wait a little"));

    assertThat(after.call("ListExecutions", "stateMachineArn", machine).get("executions"))
        .isEmpty();
  }
}
