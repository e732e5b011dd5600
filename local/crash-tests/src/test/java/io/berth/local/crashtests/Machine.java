package io.berth.local.crashtests;

import io.berth.domain.lifecycle.StateMachine;
import io.berth.local.aws.InvocationResult;
import io.berth.local.stepfunctions.StepFunctions;
import io.berth.local.stepfunctions.Timeline;
import io.berth.local.stepfunctions.asl.Definition;
import io.berth.runtime.SfnStateMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Berth's state machine as its file has it, in Step Functions on the world's time. Functions are
 * called one at a time, by whoever lets the machine run.
 */
final class Machine implements AutoCloseable {
  private static final Path FILE = Path.of("../../functions/lifecycle/deployment.asl.yaml");
  private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{(\\w+)}");
  private static final String NAME = "deployment";
  private static final JsonMapper JSON = JsonMapper.shared();

  private record Call(
      String function, JsonNode event, CompletableFuture<InvocationResult> result) {}

  private final WorldsTimeline timeline;
  private final Path folder;
  private final SfnClient client;
  private final String arn;
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  private volatile StepFunctions stepFunctions;

  Machine(World world) {
    timeline = new WorldsTimeline(world);
    folder = freshFolder();
    stepFunctions = open();
    world.aws.serve(
        StepFunctions.TARGET, (operation, request) -> stepFunctions.call(operation, request));
    client =
        SfnClient.builder()
            .endpointOverride(world.aws.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    arn = stepFunctions.add(NAME, definition());
  }

  private static Path freshFolder() {
    try {
      return Files.createTempDirectory(Path.of("target"), "executions");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private StepFunctions open() {
    return new StepFunctions(
        StepFunctions.Config.inMemory().keptIn(folder), timeline, new Random(7), this::willInvoke);
  }

  /**
   * Step Functions breaks off and comes back: what was called is not heard of any more, and each
   * state in which an execution was begins again.
   */
  void restart() {
    stepFunctions.close();
    calls.clear();
    stepFunctions = open();
    String _ = stepFunctions.add(NAME, definition());
  }

  /** Functions have the names that the file has for them. */
  private static Definition definition() {
    try {
      String file = Files.readString(FILE);
      Map<String, String> names =
          SUBSTITUTION
              .matcher(file)
              .results()
              .map(found -> found.group(1))
              .distinct()
              .collect(Collectors.toMap(name -> name, name -> name));
      return Definition.read(file, names);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private CompletionStage<InvocationResult> willInvoke(String function, byte[] event) {
    CompletableFuture<InvocationResult> result = new CompletableFuture<>();
    calls.add(new Call(function, JSON.readTree(event), result));
    return result;
  }

  /** The machine as Berth sees it. */
  StateMachine port() {
    return new SfnStateMachine(client, stepFunctions.alias(arn, "live"));
  }

  private String execution(String name) {
    return arn.replace(":stateMachine:", ":execution:") + ":" + name;
  }

  boolean exists(String name) {
    try {
      return client.describeExecution(which -> which.executionArn(execution(name))) != null;
    } catch (ExecutionDoesNotExistException e) {
      return false;
    }
  }

  boolean isRunning(String name) {
    return client.describeExecution(which -> which.executionArn(execution(name))).status()
        == ExecutionStatus.RUNNING;
  }

  /** The state that an execution entered last. */
  Optional<String> state(String name) {
    return client
        .getExecutionHistory(
            history -> history.executionArn(execution(name)).reverseOrder(true).maxResults(1000))
        .events()
        .stream()
        .filter(event -> event.stateEnteredEventDetails() != null)
        .findFirst()
        .map(event -> event.stateEnteredEventDetails().name());
  }

  /** Stops an execution, as an operator may. */
  void stop(String name) {
    client.stopExecution(which -> which.executionArn(execution(name)));
  }

  /**
   * Lets time pass and functions run until a condition holds.
   *
   * @param run a function by its name, with its event
   * @param meanwhile what others do, before each call and each moment of waiting
   * @throws AssertionError if nothing happens any more
   */
  void runUntil(
      BooleanSupplier over,
      BiFunction<String, JsonNode, InvocationResult> run,
      Runnable meanwhile) {
    while (!over.getAsBoolean()) {
      meanwhile.run();
      Call call = calls.poll();
      if (call != null) {
        call.result().complete(run.apply(call.function(), call.event()));
      } else {
        timeline.passALittle();
      }
      timeline.runDue();
    }
  }

  /** What was to be called of executions that are over is not called any more. */
  void forgetCalls() {
    calls.clear();
  }

  @Override
  public void close() {
    client.close();
    stepFunctions.close();
  }

  /** Timers of executions; they fire between calls of functions. */
  private static final class WorldsTimeline implements Timeline {
    private record Due(Instant at, long order, Runnable work) {}

    private final World world;
    private final PriorityQueue<Due> due =
        new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::order));
    private long order;

    WorldsTimeline(World world) {
      this.world = world;
    }

    @Override
    public Instant instant() {
      return world.now();
    }

    @Override
    public synchronized Timer after(Duration delay, Runnable work) {
      Due added = new Due(world.now().plus(delay), order++, work);
      due.add(added);
      return () -> cancel(added);
    }

    private synchronized void cancel(Due added) {
      due.remove(added);
    }

    /** To the next timer, but no further than others look on. */
    void passALittle() {
      Instant next = next().orElseThrow(() -> new AssertionError("the machine is stuck"));
      Duration left = Duration.between(world.now(), next);
      world.pass(left.compareTo(World.BLOCK) < 0 ? left : World.BLOCK);
    }

    private synchronized Optional<Instant> next() {
      return Optional.ofNullable(due.peek()).map(Due::at);
    }

    void runDue() {
      for (Optional<Due> next = takeDue(); next.isPresent(); next = takeDue()) {
        next.get().work().run();
      }
    }

    private synchronized Optional<Due> takeDue() {
      boolean isDue = !due.isEmpty() && !due.peek().at().isAfter(world.now());
      return isDue ? Optional.of(due.remove()) : Optional.empty();
    }
  }
}
