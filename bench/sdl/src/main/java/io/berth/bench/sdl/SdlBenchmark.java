package io.berth.bench.sdl;

import io.berth.sdl.Layout;
import io.berth.sdl.Sdl;
import io.berth.sdl.SdlOptions;
import io.berth.sdl.SdlResult;
import io.berth.sdl.layout.PlannedGroup;
import io.berth.sdl.layout.Planner;
import io.berth.sdl.model.Document;
import io.berth.sdl.read.DocumentReader;
import io.berth.sdl.read.DocumentResult;
import io.berth.sdl.yaml.Yaml;
import io.berth.sdl.yaml.YamlResult;
import io.berth.sdl.yaml.YamlValue;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The steps from SDL text to hash, each alone and all together: microseconds for a document on one
 * thread. The JVM has the collector that Lambda's Java runtime sets, and all compilers, as Lambda
 * lets it have under SnapStart.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 4)
@Measurement(iterations = 4, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-XX:+UseSerialGC", "-Xms512m", "-Xmx512m", "--sun-misc-unsafe-memory-access=allow"})
public class SdlBenchmark {
  /** The TypeScript SDK's layout, so that both make the same manifest and hash. */
  static final SdlOptions OPTIONS = SdlOptions.asWritten(Layout.CONSOLE);

  @Param Size size;

  private String text;
  private YamlValue value;
  private Document document;
  private List<PlannedGroup> groups;
  private String manifest;

  /** Prepares each step's input; a document that is not valid would make the figures worthless. */
  @Setup
  public void prepare() {
    text = size.text();
    value = ((YamlResult.Read) Yaml.read(text, Yaml.Places.LEFT_OUT)).value();
    DocumentResult result = DocumentReader.read(value, OPTIONS);
    if (!result.problems().isEmpty()) {
      throw new IllegalStateException(result.problems().toString());
    }
    document = result.document();
    groups = groups();
    manifest = manifest();
  }

  /** Text to YAML values. */
  @Benchmark
  public YamlResult parse() {
    return Yaml.read(text, Yaml.Places.LEFT_OUT);
  }

  /** YAML values to a document, every rule checked. */
  @Benchmark
  public DocumentResult validate() {
    return DocumentReader.read(value, OPTIONS);
  }

  /** A document to groups. */
  @Benchmark
  public List<PlannedGroup> groups() {
    return new Planner(document, OPTIONS.layout()).groups();
  }

  /** Groups to the manifest's text. */
  @Benchmark
  public String manifest() {
    return new Planner(document, OPTIONS.layout()).manifest(groups);
  }

  /** The manifest's text to its hash. */
  @Benchmark
  public String hash() {
    return Planner.hash(manifest);
  }

  /** Text to hash. */
  @Benchmark
  public SdlResult all() {
    return Sdl.plan(text, OPTIONS);
  }
}
