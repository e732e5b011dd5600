package io.berth.local.emulators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.berth.local.aws.Emulator;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import tools.jackson.databind.json.JsonMapper;

/**
 * The lifecycle's state machine makes the same transitions in Berth's Step Functions and in another
 * one, where functions answer the same.
 */
@Tag("not-stand-ins")
@Tag("not-moto")
@Timeout(60)
class LifecycleTransitionsTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

  /** Each scenario runs once for all tests. */
  private static final Map<LifecycleScenario, LifecycleRun> RUNS = new HashMap<>();

  private static Emulator aws;
  private static SfnClient client;
  private static String machine;

  @BeforeAll
  static void start() {
    assumeThat(EmulatorSession.missingMocks()).isEmpty();
    aws = Emulator.start();
    client = aws.point(SfnClient.builder()).build();
    machine =
        client
            .createStateMachine(
                create ->
                    create
                        .name(Lifecycle.NAME)
                        .definition(Lifecycle.DEFINITION.text())
                        .roleArn("arn:aws:iam::000000000000:role/any"))
            .stateMachineArn();
  }

  @AfterAll
  static void stop() {
    Optional.ofNullable(client).ifPresent(SfnClient::close);
    Optional.ofNullable(aws).ifPresent(Emulator::close);
  }

  @ParameterizedTest
  @MethodSource("io.berth.local.emulators.LifecycleScenario#decided")
  void theSameStatesFollowEachOther(LifecycleScenario scenario) {
    assertSameTransitions(scenario);
  }

  @ParameterizedTest
  @MethodSource("io.berth.local.emulators.LifecycleScenario#retried")
  @Tag("not-ministack")
  void theSameStatesFollowARetry(LifecycleScenario scenario) {
    assertSameTransitions(scenario);
  }

  @ParameterizedTest
  @MethodSource("io.berth.local.emulators.LifecycleScenario#timedOut")
  @Tag("not-localstack")
  void theSameStatesFollowATimeout(LifecycleScenario scenario) {
    assertSameTransitions(scenario);
  }

  @ParameterizedTest
  @MethodSource
  @Tag("not-ministack")
  void historiesAreTheSameEventByEvent(LifecycleScenario scenario) {
    assertThat(theirs(scenario).history()).isEqualTo(OwnLifecycle.run(scenario).history());
  }

  static Stream<LifecycleScenario> historiesAreTheSameEventByEvent() {
    return Stream.of(LifecycleScenario.decided(), LifecycleScenario.retried())
        .flatMap(List::stream);
  }

  private static void assertSameTransitions(LifecycleScenario scenario) {
    LifecycleRun theirs = theirs(scenario);
    LifecycleRun ours = OwnLifecycle.run(scenario);

    assertThat(theirs.transitions()).isEqualTo(ours.transitions());
    assertThat(theirs.end()).isEqualTo(ours.end());
    assertThat(theirs.output().map(JSON::readTree)).isEqualTo(ours.output().map(JSON::readTree));
  }

  private static LifecycleRun theirs(LifecycleScenario scenario) {
    return RUNS.computeIfAbsent(scenario, LifecycleTransitionsTest::run);
  }

  private static LifecycleRun run(LifecycleScenario scenario) {
    String execution =
        client
            .startExecution(
                start ->
                    start
                        .stateMachineArn(machine + "#" + scenario.name())
                        .name(UUID.randomUUID().toString())
                        .input(scenario.input()))
            .executionArn();
    DescribeExecutionResponse ended = awaitEnd(execution);
    return new LifecycleRun(
        Stream.of(ended.statusAsString(), ended.error())
            .flatMap(Stream::ofNullable)
            .collect(Collectors.joining(" ")),
        // Ministack writes an output for failed ones too.
        Optional.ofNullable(ended.output())
            .filter(_ -> ended.status() == ExecutionStatus.SUCCEEDED),
        client
            .getExecutionHistoryPaginator(history -> history.executionArn(execution))
            .events()
            .stream()
            .map(LifecycleTransitionsTest::event)
            .toList());
  }

  private static DescribeExecutionResponse awaitEnd(String execution) {
    while (true) {
      DescribeExecutionResponse described =
          client.describeExecution(describe -> describe.executionArn(execution));
      if (described.status() != ExecutionStatus.RUNNING) {
        return described;
      }
      LockSupport.parkNanos(POLL_INTERVAL.toNanos());
    }
  }

  private static LifecycleRun.Event event(HistoryEvent event) {
    return new LifecycleRun.Event(
        event.id(),
        Optional.ofNullable(event.previousEventId()),
        event.typeAsString(),
        Stream.of(
                Optional.ofNullable(event.stateEnteredEventDetails())
                    .map(entered -> entered.name()),
                Optional.ofNullable(event.stateExitedEventDetails()).map(exited -> exited.name()))
            .flatMap(Optional::stream)
            .findFirst());
  }
}
