package io.berth.local.gateway;

import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A function in a JVM of its own, under AWS's runtime interface client, as Lambda runs it.
 *
 * <p>Snapshots are only pretended: the client runs the hooks on both sides of one, and waits in
 * between where Lambda would store the process.
 */
public final class FunctionProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** What Lambda's own command line has for handlers to run at all. */
  private static final List<String> ALWAYS =
      List.of(
          "--add-opens=java.base/java.io=ALL-UNNAMED",
          "--enable-native-access=ALL-UNNAMED",
          "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac");

  /**
   * How a function is started.
   *
   * @param command the java launcher, with whatever goes before it
   * @param jvmOptions options of the JVM
   * @param classPath the function's own class path
   * @param function its handler, name and environment
   * @param environment variables besides the function's own
   * @param snapStart whether it stops before its snapshot, until {@link #restore}
   * @param runtime the main class that asks for events; AWS's own client, or a function's own
   */
  public record Launch(
      List<String> command,
      List<String> jvmOptions,
      List<Path> classPath,
      LambdaFunction function,
      Map<String, String> environment,
      boolean snapStart,
      String runtime) {

    /** Under AWS's own client. */
    public Launch(
        List<String> command,
        List<String> jvmOptions,
        List<Path> classPath,
        LambdaFunction function,
        Map<String, String> environment,
        boolean snapStart) {
      this(
          command,
          jvmOptions,
          classPath,
          function,
          environment,
          snapStart,
          AWSLambda.class.getName());
    }
  }

  private final RuntimeApi api;
  private final Process process;
  private final Path output;

  private FunctionProcess(RuntimeApi api, Process process, Path output) {
    this.api = api;
    this.process = process;
    this.output = output;
  }

  /** Starts a function. */
  public static FunctionProcess start(Launch launch) {
    try {
      RuntimeApi api = new RuntimeApi(launch.function().arn(), InstantSource.system());
      ProcessBuilder builder = new ProcessBuilder(command(launch));
      Path output = Files.createTempFile("function", ".log");
      builder.redirectErrorStream(true).redirectOutput(output.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment(launch, api.address()));
      return new FunctionProcess(api, builder.start(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(Launch launch) {
    var command = new ArrayList<>(launch.command());
    command.addAll(ALWAYS);
    command.addAll(launch.jvmOptions());
    command.add("-cp");
    command.add(
        Stream.concat(runtimeClient(), launch.classPath().stream())
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator)));
    command.add(launch.runtime());
    command.add(launch.function().handler());
    return command;
  }

  /** What Lambda has in {@code /var/runtime/lib}. */
  private static Stream<Path> runtimeClient() {
    return Stream.of(AWSLambda.class, LambdaRuntime.class, PojoSerializer.class)
        .map(FunctionProcess::jarOf);
  }

  private static Path jarOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class path has places", e);
    }
  }

  private static Map<String, String> environment(Launch launch, String runtimeApi) {
    var environment = new HashMap<>(launch.function().environment());
    environment.put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
    environment.put("_HANDLER", launch.function().handler());
    environment.put("AWS_LAMBDA_FUNCTION_NAME", launch.function().name());
    environment.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
    environment.put(
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(launch.function().memoryMegabytes()));
    environment.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/local");
    environment.put("AWS_LAMBDA_LOG_STREAM_NAME", "local");
    environment.put(
        "AWS_LAMBDA_INITIALIZATION_TYPE", launch.snapStart() ? "snap-start" : "on-demand");
    // The client looks there for a package's jars; the class path has them already.
    environment.put("LAMBDA_TASK_ROOT", System.getProperty("java.io.tmpdir"));
    environment.putAll(launch.environment());
    return environment;
  }

  /** The process, to look at its memory. */
  public long pid() {
    return process.pid();
  }

  /**
   * Waits until the function is where Lambda would take its snapshot.
   *
   * @throws IllegalStateException if it cannot start, with its error
   */
  public void awaitSnapshot() {
    outcome(api.ready());
  }

  /** Lets the function go on, as restored from its snapshot. */
  public void restore() {
    api.restore();
  }

  /**
   * Runs the function on one event, as soon as it is ready for one.
   *
   * @throws IllegalStateException if it cannot start, with its error
   */
  public InvocationResult invoke(byte[] event) {
    return outcome(api.invoke(UUID.randomUUID().toString(), event));
  }

  /**
   * Runs the function on one event, and passes on what it streams piece by piece.
   *
   * @return an empty answer once the function ended it, or its error
   * @throws IllegalStateException if it cannot start, with its error
   */
  public InvocationResult stream(byte[] event, OutputStream out) {
    return outcome(api.stream(UUID.randomUUID().toString(), event, out));
  }

  private <T> T outcome(CompletableFuture<T> future) {
    var _ = process.onExit().thenRun(() -> future.completeExceptionally(ended()));
    try {
      return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause().getMessage(), e);
    } catch (TimeoutException e) {
      throw new IllegalStateException("no answer within " + PATIENCE, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private IllegalStateException ended() {
    return new IllegalStateException("the function's process ended: " + output());
  }

  /** What the function wrote so far, its logs among it. */
  public String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the process as a signal does, so that it writes what a JVM writes at its end. */
  public void stop() {
    process.destroy();
    process.onExit().join();
  }

  /** Ends the process at once. */
  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
    api.close();
    output.toFile().delete();
  }
}
