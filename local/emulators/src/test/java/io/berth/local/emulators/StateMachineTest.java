package io.berth.local.emulators;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.lifecycle.Operation;
import io.berth.domain.lifecycle.StateMachine.Run;
import io.berth.local.aws.AwsStandIns;
import io.berth.local.aws.Emulator;
import io.berth.local.stepfunctions.StepFunctions;
import io.berth.local.stepfunctions.SystemTimeline;
import io.berth.local.stepfunctions.asl.Definition;
import io.berth.runtime.SfnStateMachine;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;

/** What Berth asks of Step Functions; what its own machine does there is tested elsewhere. */
class StateMachineTest {
  private static final String WAITING =
      """
      {"StartAt": "Wait", "QueryLanguage": "JSONata",
       "States": {"Wait": {"Type": "Wait", "Seconds": 3600, "End": true}}}
      """;

  private static Emulator aws;
  private static SfnClient client;
  private static Optional<StepFunctions> own = Optional.empty();
  private static String arn;

  private final SfnStateMachine machine = new SfnStateMachine(client, arn);
  private final Operation operation =
      Operation.begin(
          UUID.randomUUID().toString(), "ann", 7, Optional.empty(), Instant.ofEpochSecond(1));

  @BeforeAll
  static void start() {
    aws = Emulator.start();
    client = aws.point(SfnClient.builder()).build();
    String name = "waiting-" + UUID.randomUUID();
    arn = aws.standIns().map(standIns -> add(standIns, name)).orElseGet(() -> create(name));
  }

  private static String add(AwsStandIns standIns, String name) {
    StepFunctions stepFunctions =
        new StepFunctions(
            StepFunctions.Config.inMemory(),
            new SystemTimeline(),
            new Random(1),
            (_, _) -> CompletableFuture.failedFuture(new IllegalStateException("no functions")));
    standIns.serve(StepFunctions.TARGET, stepFunctions::call);
    own = Optional.of(stepFunctions);
    return stepFunctions.add(name, Definition.read(WAITING, Map.of()));
  }

  private static String create(String name) {
    String role = "arn:aws:iam::000000000000:role/any";
    return client
        .createStateMachine(create -> create.name(name).definition(WAITING).roleArn(role))
        .stateMachineArn();
  }

  @AfterAll
  static void stop() {
    client.close();
    own.ifPresent(StepFunctions::close);
    aws.close();
  }

  @Test
  void anOperationThatIsStartedTwiceRunsOnce() {
    machine.start(operation);
    machine.start(operation);

    assertThat(client.listExecutions(list -> list.stateMachineArn(arn)).executions())
        .extracting(ExecutionListItem::name)
        .containsOnlyOnce(operation.id());
  }

  @Test
  void aRunIsUnderWayUntilItIsOver() {
    assertThat(machine.runOf(operation)).isEqualTo(Run.NONE);

    machine.start(operation);
    assertThat(machine.runOf(operation)).isEqualTo(Run.UNDER_WAY);

    String execution =
        client.listExecutions(list -> list.stateMachineArn(arn)).executions().stream()
            .filter(each -> each.name().equals(operation.id()))
            .findFirst()
            .orElseThrow()
            .executionArn();
    client.stopExecution(stop -> stop.executionArn(execution));
    assertThat(machine.runOf(operation)).isEqualTo(Run.OVER);
  }
}
