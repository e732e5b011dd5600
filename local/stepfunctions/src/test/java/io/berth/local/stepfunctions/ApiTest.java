package io.berth.local.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.berth.local.aws.AwsStandIns;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionNotRedrivableException;
import software.amazon.awssdk.services.sfn.model.ExecutionRedriveStatus;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;
import software.amazon.awssdk.services.sfn.model.InvalidArnException;
import software.amazon.awssdk.services.sfn.model.InvalidExecutionInputException;
import software.amazon.awssdk.services.sfn.model.InvalidNameException;
import software.amazon.awssdk.services.sfn.model.InvalidOutputException;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.StateMachineListItem;
import software.amazon.awssdk.services.sfn.model.StateMachineType;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/** The API as the SDK's own client sees it, over HTTP. */
class ApiTest {
  private static final String ASK =
      """
      Comment: Asks and waits
      QueryLanguage: JSONata
      StartAt: Ask
      States:
        Ask:
          Type: Task
          Resource: arn:aws:states:::lambda:invoke.waitForTaskToken
          Arguments: {FunctionName: ask, Payload: "{% $states.context.Task.Token %}"}
          TimeoutSeconds: 300
          HeartbeatSeconds: 60
          Next: Done
        Done: {Type: Succeed}
      """;

  private static AwsStandIns aws;
  private static SfnClient sfn;

  private final Lab lab = new Lab();
  private String token;
  private String machine;

  @BeforeAll
  static void listen() {
    aws = AwsStandIns.start(AwsStandIns.Config.inMemory());
    sfn =
        SfnClient.builder()
            .endpointOverride(aws.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
  }

  @AfterAll
  static void hangUp() {
    sfn.close();
    aws.close();
  }

  @BeforeEach
  void serve() {
    lab.on(
        "ask",
        payload -> {
          token = payload.asString();
          return Lab.returns("\"asked\"");
        });
    aws.serve(StepFunctions.TARGET, lab.stepFunctions::call);
    machine = lab.machine(ASK);
  }

  private String start(String name) {
    return sfn.startExecution(r -> r.stateMachineArn(machine).name(name).input("{\"n\":1}"))
        .executionArn();
  }

  @Test
  void anAliasStartsExecutionsOfItsMachine() {
    String alias = lab.stepFunctions.alias(machine, "live");

    assertThat(alias).isEqualTo(machine + ":live");
    assertThat(sfn.startExecution(r -> r.stateMachineArn(alias).name("op-1")).executionArn())
        .isEqualTo("arn:aws:states:us-east-1:000000000000:execution:machine-0:op-1");
    assertThat(sfn.listExecutions(r -> r.stateMachineArn(machine)).executions())
        .singleElement()
        .satisfies(execution -> assertThat(execution.stateMachineArn()).isEqualTo(machine));
    assertThatThrownBy(() -> sfn.startExecution(r -> r.stateMachineArn(machine + ":other")))
        .isInstanceOf(StateMachineDoesNotExistException.class);
  }

  @Test
  void anExecutionIsStartedDescribedAndCompletedByItsToken() {
    var started =
        sfn.startExecution(r -> r.stateMachineArn(machine).name("op-1").input("{\"n\":1}"));
    assertThat(started.executionArn())
        .isEqualTo("arn:aws:states:us-east-1:000000000000:execution:machine-0:op-1");
    assertThat(started.startDate()).isEqualTo(lab.time.instant());
    lab.time.advance(Duration.ofSeconds(5));

    var running = sfn.describeExecution(r -> r.executionArn(started.executionArn()));
    assertThat(running.status()).isEqualTo(ExecutionStatus.RUNNING);
    assertThat(running.stateMachineArn()).isEqualTo(machine);
    assertThat(running.name()).isEqualTo("op-1");
    assertThat(running.input()).isEqualTo("{\"n\":1}");
    assertThat(running.stopDate()).isNull();
    assertThat(running.redriveStatus()).isEqualTo(ExecutionRedriveStatus.NOT_REDRIVABLE);

    sfn.sendTaskHeartbeat(r -> r.taskToken(token));
    sfn.sendTaskSuccess(r -> r.taskToken(token).output("[1]"));

    var ended = sfn.describeExecution(r -> r.executionArn(started.executionArn()));
    assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(ended.output()).isEqualTo("[1]");
    assertThat(ended.outputDetails().included()).isTrue();
    assertThat(ended.stopDate()).isEqualTo(lab.time.instant());
  }

  @Test
  void startingIsSafeToRepeat() {
    String first = start("op-1");

    assertThat(start("op-1")).isEqualTo(first);
    assertThatThrownBy(
            () -> sfn.startExecution(r -> r.stateMachineArn(machine).name("op-1").input("{}")))
        .isInstanceOf(ExecutionAlreadyExistsException.class);
  }

  @Test
  void anExecutionWithoutNameOrInputGetsANameAndAnEmptyObject() {
    String arn = sfn.startExecution(r -> r.stateMachineArn(machine)).executionArn();

    var described = sfn.describeExecution(r -> r.executionArn(arn));
    assertThat(described.name()).hasSize(36);
    assertThat(described.input()).isEqualTo("{}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"two words", "a/b", "a:b", "a#b", "<a>", "a?"})
  void aNameMustBeProper(String name) {
    assertThatThrownBy(() -> start(name)).isInstanceOf(InvalidNameException.class);
  }

  @Test
  void refusalsAreTheExceptionsOfTheSdk() {
    assertThatThrownBy(
            () -> sfn.startExecution(r -> r.stateMachineArn(machine.replace("-0", "-9"))))
        .isInstanceOf(StateMachineDoesNotExistException.class);
    assertThatThrownBy(() -> sfn.startExecution(r -> r.stateMachineArn(machine).input("{")))
        .isInstanceOf(InvalidExecutionInputException.class);
    assertThatThrownBy(() -> sfn.describeExecution(r -> r.executionArn("arn:aws:states:none")))
        .isInstanceOf(ExecutionDoesNotExistException.class);
    assertThatThrownBy(() -> sfn.describeExecution(r -> r.executionArn("none")))
        .isInstanceOf(InvalidArnException.class);
    assertThatThrownBy(() -> sfn.sendTaskSuccess(r -> r.taskToken("none").output("1")))
        .isInstanceOf(InvalidTokenException.class);
    assertThatThrownBy(() -> sfn.listActivities(r -> r.maxResults(1)))
        .isInstanceOf(SfnException.class)
        .hasMessageContaining("ListActivities");

    String arn = start("op-1");
    assertThatThrownBy(() -> sfn.redriveExecution(r -> r.executionArn(arn)))
        .isInstanceOf(ExecutionNotRedrivableException.class);
    assertThatThrownBy(() -> sfn.sendTaskSuccess(r -> r.taskToken(token).output("{")))
        .isInstanceOf(InvalidOutputException.class);
    lab.time.advance(Duration.ofSeconds(60));
    assertThatThrownBy(() -> sfn.sendTaskHeartbeat(r -> r.taskToken(token)))
        .isInstanceOf(TaskTimedOutException.class);
  }

  @Test
  void aFailureIsReportedAndTheExecutionRedriven() {
    String arn = start("op-1");
    sfn.sendTaskFailure(r -> r.taskToken(token).error("Refused").cause("by the user"));
    var failed = sfn.describeExecution(r -> r.executionArn(arn));
    assertThat(failed.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(failed.error()).isEqualTo("Refused");
    assertThat(failed.cause()).isEqualTo("by the user");
    assertThat(failed.redriveStatus()).isEqualTo(ExecutionRedriveStatus.REDRIVABLE);

    assertThat(sfn.redriveExecution(r -> r.executionArn(arn)).redriveDate())
        .isEqualTo(lab.time.instant());
    sfn.sendTaskSuccess(r -> r.taskToken(token).output("1"));

    var ended = sfn.describeExecution(r -> r.executionArn(arn));
    assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(ended.redriveCount()).isEqualTo(1);
  }

  @Test
  void anExecutionIsStopped() {
    String arn = start("op-1");

    assertThat(sfn.stopExecution(r -> r.executionArn(arn).error("Cancelled")).stopDate())
        .isEqualTo(lab.time.instant());
    assertThat(sfn.describeExecution(r -> r.executionArn(arn)).status())
        .isEqualTo(ExecutionStatus.ABORTED);
  }

  @Test
  void theHistoryHasTheSdksTypesAndDetails() {
    String arn = start("op-1");
    sfn.sendTaskSuccess(r -> r.taskToken(token).output("[1]"));

    List<HistoryEvent> events = sfn.getExecutionHistory(r -> r.executionArn(arn)).events();

    assertThat(events.stream().map(HistoryEvent::type))
        .containsExactly(
            HistoryEventType.EXECUTION_STARTED,
            HistoryEventType.TASK_STATE_ENTERED,
            HistoryEventType.TASK_SCHEDULED,
            HistoryEventType.TASK_STARTED,
            HistoryEventType.TASK_SUBMITTED,
            HistoryEventType.TASK_SUCCEEDED,
            HistoryEventType.TASK_STATE_EXITED,
            HistoryEventType.SUCCEED_STATE_ENTERED,
            HistoryEventType.SUCCEED_STATE_EXITED,
            HistoryEventType.EXECUTION_SUCCEEDED);
    assertThat(events.getFirst().executionStartedEventDetails().input()).isEqualTo("{\"n\":1}");
    assertThat(events.get(1).stateEnteredEventDetails().name()).isEqualTo("Ask");
    assertThat(events.get(2).taskScheduledEventDetails().resource())
        .isEqualTo("invoke.waitForTaskToken");
    assertThat(events.get(5).taskSucceededEventDetails().output()).isEqualTo("[1]");
    assertThat(events.getLast().executionSucceededEventDetails().output()).isEqualTo("[1]");
    assertThat(events.getFirst().timestamp()).isEqualTo(lab.time.instant());
  }

  @Test
  void theHistoryIsPagedAndMayBeReversedOrWithoutData() {
    String arn = start("op-1");
    sfn.sendTaskSuccess(r -> r.taskToken(token).output("[1]"));

    List<Long> paged =
        sfn.getExecutionHistoryPaginator(r -> r.executionArn(arn).maxResults(3)).events().stream()
            .map(HistoryEvent::id)
            .toList();
    assertThat(paged).isEqualTo(IntStream.rangeClosed(1, 10).asLongStream().boxed().toList());

    List<HistoryEvent> reversed =
        sfn.getExecutionHistory(
                r -> r.executionArn(arn).reverseOrder(true).includeExecutionData(false))
            .events();
    assertThat(reversed.getFirst().type()).isEqualTo(HistoryEventType.EXECUTION_SUCCEEDED);
    assertThat(reversed.getFirst().executionSucceededEventDetails().output()).isNull();
    assertThat(reversed.getLast().id()).isEqualTo(1);

    assertThatThrownBy(() -> sfn.getExecutionHistory(r -> r.executionArn(arn).nextToken("made-up")))
        .isInstanceOf(InvalidTokenException.class);
  }

  @Test
  void everyEventTypeOfOursIsOneOfTheSdks() {
    lab.on("broken", _ -> Lab.throwsError("Broken"));
    String arn =
        lab.start(
            """
            QueryLanguage: JSONata
            StartAt: Each
            States:
              Each:
                Type: Map
                Items: [1, 2]
                ItemProcessor:
                  StartAt: Split
                  States:
                    Split:
                      Type: Parallel
                      Branches:
                      - StartAt: Hold
                        States:
                          Hold: {Type: Wait, Seconds: 1, Next: Call}
                          Call: {Type: Task, Resource: "arn:aws:lambda:us-east-1:000000000000:function:broken", End: true}
                      - StartAt: Hold on
                        States:
                          Hold on: {Type: Wait, Seconds: 9, End: true}
                      End: true
                Catch: [{ErrorEquals: [States.ALL], Output: "{% $absent %}", Next: Out}]
                Next: Out
              Out: {Type: Fail}
            """,
            "{}");
    lab.time.runOut();

    assertThat(sfn.getExecutionHistory(r -> r.executionArn(arn)).events())
        .extracting(HistoryEvent::type)
        .doesNotContain(HistoryEventType.UNKNOWN_TO_SDK_VERSION)
        .contains(
            HistoryEventType.WAIT_STATE_ABORTED,
            HistoryEventType.LAMBDA_FUNCTION_FAILED,
            HistoryEventType.PARALLEL_STATE_FAILED,
            HistoryEventType.MAP_ITERATION_ABORTED,
            HistoryEventType.EVALUATION_FAILED,
            HistoryEventType.EXECUTION_FAILED);
  }

  @Test
  void executionsAreListedNewestFirstByStatusAndInPages() {
    IntStream.rangeClosed(1, 5).forEach(i -> start("op-" + i));
    sfn.stopExecution(r -> r.executionArn(machine.replace("stateMachine", "execution") + ":op-2"));

    assertThat(
            sfn
                .listExecutionsPaginator(r -> r.stateMachineArn(machine).maxResults(2))
                .executions()
                .stream()
                .map(ExecutionListItem::name))
        .containsExactly("op-5", "op-4", "op-3", "op-2", "op-1");
    assertThat(
            sfn
                .listExecutions(
                    r -> r.stateMachineArn(machine).statusFilter(ExecutionStatus.ABORTED))
                .executions()
                .stream()
                .map(ExecutionListItem::name))
        .containsExactly("op-2");
  }

  @Test
  void machinesAreListedInPages() {
    String other = lab.machine(ASK);

    assertThat(sfn.listStateMachinesPaginator(r -> r.maxResults(1)).stateMachines())
        .extracting(
            StateMachineListItem::stateMachineArn,
            StateMachineListItem::name,
            StateMachineListItem::type,
            StateMachineListItem::creationDate)
        .containsExactly(
            tuple(machine, "machine-0", StateMachineType.STANDARD, lab.time.instant()),
            tuple(other, "machine-1", StateMachineType.STANDARD, lab.time.instant()));
    assertThat(sfn.listStateMachines(r -> r.maxResults(1)).nextToken()).isNotEmpty();
  }

  @Test
  void aMachineIsDescribedByItselfAndThroughAnExecution() {
    String arn = start("op-1");

    var described = sfn.describeStateMachine(r -> r.stateMachineArn(machine));
    assertThat(described.name()).isEqualTo("machine-0");
    assertThat(described.description()).isEqualTo("Asks and waits");
    assertThat(described.type()).isEqualTo(StateMachineType.STANDARD);
    assertThat(described.definition()).contains("\"StartAt\" : \"Ask\"");
    assertThat(sfn.describeStateMachineForExecution(r -> r.executionArn(arn)).stateMachineArn())
        .isEqualTo(machine);
  }

  @Test
  void theAnswerSpeaksTheVersionOfTheProtocolThatTheRequestDoes() throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(aws.endpoint() + "/"))
            .header("X-Amz-Target", "AWSStepFunctions.DescribeStateMachine")
            .header("Content-Type", "application/x-amz-json-1.0")
            .POST(HttpRequest.BodyPublishers.ofString("{\"stateMachineArn\":\"" + machine + "\"}"))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      var response = http.send(request, BodyHandlers.ofString());

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("Content-Type"))
          .contains("application/x-amz-json-1.0");
    }
  }
}
