package io.berth.bench.coldstart;

import io.berth.local.gateway.FunctionProcess;
import io.berth.local.gateway.InvocationResult;
import io.berth.local.gateway.LambdaFunction;
import io.berth.local.gateway.Template;
import io.berth.local.gateway.TemplateInputs;
import io.berth.local.stack.LocalBerth;
import io.berth.local.stack.LocalOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code make bench-cold-start}: each function in a JVM of its own under AWS's runtime interface
 * client, on one core with 2 GB, against the local system; the time to its first answer, in every
 * {@link Variant}, by turns, so that a busy moment meets all of them.
 */
public final class ColdStart {
  /** Of the sample events. */
  private static final String SAMPLE_USER = "7d4f1b0e-5f0c-4c5e-9a55-0b7c3f0d2a11";

  private static final String SAMPLE_KEY = "ac.sk.local." + "0".repeat(64);
  private static final List<String> MEMORY = List.of("-Xmx1500m");
  private static final Path SCRATCH = Path.of("bench/cold-start/target/aot");

  private final Packaged packaged;
  private final int runs;
  private final String apiKey;
  private final Map<String, String> environment;

  private record Sample(double millis, long peakKibibytes) {}

  private ColdStart(Packaged packaged, int runs, String apiKey) {
    this.packaged = packaged;
    this.runs = runs;
    this.apiKey = apiKey;
    this.environment = environment();
  }

  /**
   * Takes the folder that {@code make package} laid out, the number of runs, and the functions'
   * logical ids; none for all.
   */
  public static void main(String[] arguments) throws IOException {
    Path root = Path.of("").toAbsolutePath();
    Set<String> chosen = Set.of(Arrays.copyOfRange(arguments, 2, arguments.length));
    LocalOptions options = new LocalOptions(root, 0, Duration.ofSeconds(1), Optional.empty());
    try (LocalBerth berth = LocalBerth.start(options)) {
      berth.users().activate(SAMPLE_USER, 100_000_000);
      String apiKey = berth.users().apiKey(SAMPLE_USER, "bench", Optional.empty());
      ColdStart bench =
          new ColdStart(
              new Packaged(Path.of(arguments[0]).toAbsolutePath()),
              Integer.parseInt(arguments[1]),
              apiKey);
      System.out.println(header());
      for (LambdaFunction function : functions(root)) {
        if (chosen.isEmpty() || chosen.contains(function.logicalId())) {
          System.out.println(bench.row(function, root));
        }
      }
    }
  }

  private static List<LambdaFunction> functions(Path root) throws IOException {
    // What only a deployment has is replaced by the environment of the system that runs here.
    Map<String, String> unknown =
        Map.of("WalletKey.Arn", "-", "PepperSecret", "-", "FundingWalletSecret", "-");
    return Template.read(
            root.resolve("template.yaml"),
            TemplateInputs.local()
                .withParameters(Map.of("NodeUri", "http://localhost:1"))
                .withResources(unknown))
        .functions();
  }

  /** The local system left its settings and the SDK's as system properties. */
  private static Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith("BERTH_"))
        .forEach(name -> environment.put(name, System.getProperty(name)));
    environment.put("AWS_REGION", System.getProperty("aws.region"));
    environment.put("AWS_ACCESS_KEY_ID", System.getProperty("aws.accessKeyId"));
    environment.put("AWS_SECRET_ACCESS_KEY", System.getProperty("aws.secretAccessKey"));
    environment.put("AWS_ENDPOINT_URL", System.getProperty("aws.endpointUrl"));
    environment.put("AWS_ENDPOINT_URL_DYNAMODB", System.getProperty("aws.endpointUrlDynamoDb"));
    return environment;
  }

  private static String header() {
    return "| function | package, KiB | peak memory, MiB |"
        + " naive, ms | Lambda's options | AOT cache | primed |\n"
        + "|---|---|---|---|---|---|---|";
  }

  private String row(LambdaFunction function, Path root) throws IOException {
    byte[] event = event(function, root);
    Path cache = trained(function, event);
    Map<Variant, List<Sample>> samples = new EnumMap<>(Variant.class);
    for (int run = 0; run < runs; run++) {
      for (Variant variant : Variant.values()) {
        samples
            .computeIfAbsent(variant, _ -> new ArrayList<>())
            .add(measured(function, variant, cache, event));
      }
    }
    double naive = median(samples.get(Variant.NAIVE));
    StringBuilder row = new StringBuilder();
    row.append("| ").append(function.logicalId());
    row.append(" | ")
        .append(Packaged.bytes(packaged.classPath(function.codeUri())) / 1024)
        .append(" | ")
        .append(peak(samples.get(Variant.LAMBDA)) / 1024);
    samples.forEach(
        (_, measured) -> {
          double median = median(measured);
          row.append(String.format(Locale.ROOT, " | %.0f (%.2f)", median, median / naive));
        });
    return row.append(" |").toString();
  }

  private byte[] event(LambdaFunction function, Path root) throws IOException {
    String simple = function.handler().substring(function.handler().lastIndexOf('.') + 1);
    String name = simple.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    return Files.readString(root.resolve("events/" + name + ".json"))
        .replace(SAMPLE_KEY, apiKey)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** A cache made by one run, as a build on the very JVM would make it. */
  private Path trained(LambdaFunction function, byte[] event) throws IOException {
    Files.createDirectories(SCRATCH);
    Path cache = SCRATCH.resolve(function.logicalId() + ".aot").toAbsolutePath();
    Files.deleteIfExists(cache);
    FunctionProcess.Launch launch =
        launch(function, Variant.LAMBDA, List.of("-XX:AOTCacheOutput=" + cache));
    try (FunctionProcess process = FunctionProcess.start(launch)) {
      checked(function, process.invoke(event));
      process.stop();
    }
    if (!Files.exists(cache)) {
      throw new IllegalStateException("no AOT cache came of " + function.logicalId());
    }
    return cache;
  }

  private Sample measured(LambdaFunction function, Variant variant, Path cache, byte[] event)
      throws IOException {
    List<String> options =
        variant == Variant.AOT_CACHE ? List.of("-XX:AOTCache=" + cache) : List.of();
    long start = System.nanoTime();
    try (FunctionProcess process = FunctionProcess.start(launch(function, variant, options))) {
      if (variant.snapStart()) {
        process.awaitSnapshot();
        start = System.nanoTime();
        process.restore();
      }
      InvocationResult answer = process.invoke(event);
      double millis = (System.nanoTime() - start) / 1e6;
      checked(function, answer);
      return new Sample(millis, peakMemory(process.pid()));
    }
  }

  /** A refusal is an answer; a function that fails measures nothing. */
  private static void checked(LambdaFunction function, InvocationResult answer) {
    String text = new String(answer.payload(), StandardCharsets.UTF_8);
    if (text.contains("NoClassDefFound") || text.contains("\"statusCode\":500")) {
      throw new IllegalStateException(function.logicalId() + ": " + text);
    }
  }

  private FunctionProcess.Launch launch(
      LambdaFunction function, Variant variant, List<String> options) {
    List<String> all = new ArrayList<>(MEMORY);
    all.addAll(variant.jvmOptions());
    all.addAll(options);
    return new FunctionProcess.Launch(
        List.of("taskset", "-c", "1", Path.of(System.getProperty("java.home"), "bin/java") + ""),
        all,
        variant == Variant.NAIVE ? packaged.everything() : packaged.classPath(function.codeUri()),
        function,
        environment,
        variant.snapStart());
  }

  private static long peakMemory(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  private static double median(List<Sample> samples) {
    double[] sorted = samples.stream().mapToDouble(Sample::millis).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static long peak(List<Sample> samples) {
    return samples.stream().mapToLong(Sample::peakKibibytes).max().orElseThrow();
  }
}
