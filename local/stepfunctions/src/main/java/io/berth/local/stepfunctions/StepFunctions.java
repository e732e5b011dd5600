package io.berth.local.stepfunctions;

import io.berth.local.aws.AwsFault;
import io.berth.local.aws.JsonRequest;
import io.berth.local.stepfunctions.asl.Definition;
import io.berth.local.stepfunctions.query.Evaluator;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/**
 * AWS Step Functions: Standard state machines in JSONata, whose tasks are Lambda functions. It
 * answers the JSON protocol under the target {@value #TARGET}.
 */
public final class StepFunctions implements AutoCloseable {
  /** What stands before the operation in {@code X-Amz-Target}. */
  public static final String TARGET = "AWSStepFunctions";

  /** Where the pages of executions are. */
  public static final String PAGES = "/_local/executions";

  /**
   * How to start.
   *
   * @param region in ARNs
   * @param accountId in ARNs
   * @param folder where executions are kept, made if missing; in memory if empty
   */
  public record Config(String region, String accountId, Optional<Path> folder) {

    /** {@code us-east-1} of account 000000000000, nothing kept. */
    public static Config inMemory() {
      return new Config("us-east-1", "000000000000", Optional.empty());
    }

    /** Executions kept in a folder, to go on after a restart. */
    public Config keptIn(Path path) {
      return new Config(region, accountId, Optional.of(path));
    }
  }

  private final Loop loop;
  private final Executions executions;
  private final Api api;
  private final Optional<Journal> journal;
  private final Set<Execution> changed = new LinkedHashSet<>();

  /**
   * Step Functions without any machine.
   *
   * @param timeline by which it waits; not closed here
   * @param random for jitter, task tokens, and {@code $random} and {@code $uuid}
   * @param functions what tasks call
   */
  public StepFunctions(
      Config config, Timeline timeline, RandomGenerator random, Functions functions) {
    loop = new Loop(timeline);
    Engine engine =
        new Engine(
            loop,
            new Evaluator(timeline, random),
            random,
            functions,
            new TaskTokens(random),
            changed::add,
            config.region());
    executions = new Executions(engine, new Arns(config.region(), config.accountId()));
    api = new Api(executions, engine);
    journal = config.folder().map(Journal::new);
    loop.whenSettled(this::writeDown);
  }

  private void writeDown() {
    journal.ifPresent(kept -> changed.forEach(kept::write));
    changed.clear();
  }

  /**
   * Adds a machine. Its executions that ran when an earlier process ended go on: each state in
   * which one of them was begins again with its input, tasks with new tokens; a Wait keeps its end.
   *
   * @return its ARN
   * @throws IllegalArgumentException if there is one of this name
   */
  public String add(String name, Definition definition) {
    return loop.call(() -> executions.add(name, definition, journal).arn());
  }

  /**
   * Gives a machine an alias, which means the one version that there is.
   *
   * @param machine its ARN
   * @return the alias's ARN
   */
  public String alias(String machine, String alias) {
    return loop.call(() -> executions.alias(machine, alias));
  }

  /**
   * Answers one request, as a {@link io.berth.local.aws.JsonService}.
   *
   * @throws AwsFault when Step Functions would refuse it
   */
  public ObjectNode call(String operation, JsonRequest request) {
    return loop.call(() -> api.call(operation, request));
  }

  /**
   * A page for people: of all executions, or of one.
   *
   * @param path {@value #PAGES} for all; below that an execution's name, or the machine's and its
   *     name with a colon between, percent-encoded
   * @return HTML; empty if there is no such page
   */
  public Optional<String> page(String path) {
    if (path.equals(PAGES) || path.equals(PAGES + "/")) {
      return Optional.of(
          loop.call(
              () ->
                  ExecutionPages.list(
                      executions.newestFirst(), executions.machines(), loop.now())));
    }
    if (!path.startsWith(PAGES + "/")) {
      return Optional.empty();
    }
    return decoded(path.substring(PAGES.length() + 1))
        .flatMap(
            name ->
                loop.call(
                    () ->
                        executions
                            .named(name)
                            .map(execution -> ExecutionPages.show(execution, loop.now()))));
  }

  private static Optional<String> decoded(String name) {
    try {
      return Optional.of(URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /**
   * Executions stand still from now on: what functions still answer, or break off with, is not
   * heard. Those that are kept go on with the next process.
   */
  @Override
  public void close() {
    loop.close();
  }
}
