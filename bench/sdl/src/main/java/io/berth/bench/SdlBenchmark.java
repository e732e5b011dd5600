package io.berth.bench;

import io.berth.sdl.DeploymentPlan;
import io.berth.sdl.Layout;
import io.berth.sdl.Sdl;
import io.berth.sdl.SdlOptions;
import io.berth.sdl.SdlResult;
import io.berth.sdl.layout.Planner;
import io.berth.sdl.model.Document;
import io.berth.sdl.read.DocumentReader;
import io.berth.sdl.read.DocumentResult;
import io.berth.sdl.yaml.Yaml;
import io.berth.sdl.yaml.YamlResult;
import io.berth.sdl.yaml.YamlValue;
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

/** Documents a second on one thread: each step by itself, and all of them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
public class SdlBenchmark {
  /** Small, medium, and close to 64 KiB. */
  static final int[] SERVICES = {1, 8, 100};

  private static final SdlOptions OPTIONS = SdlOptions.asWritten(Layout.GO);

  @Param({"1", "8", "100"})
  public int services;

  private String text;
  private YamlValue yaml;
  private Document document;

  /** Checks that what is measured is the success. */
  @Setup
  public void prepare() {
    text = Documents.withServices(services);
    yaml = ((YamlResult.Read) Yaml.read(text)).value();
    document = DocumentReader.read(yaml, OPTIONS).document();
    if (!(Sdl.plan(text, OPTIONS) instanceof SdlResult.Valid)) {
      throw new IllegalStateException("the document is not valid");
    }
  }

  @Benchmark
  public YamlResult parse() {
    return Yaml.read(text);
  }

  @Benchmark
  public DocumentResult validate() {
    return DocumentReader.read(yaml, OPTIONS);
  }

  /** Groups, manifest and hash. */
  @Benchmark
  public DeploymentPlan layOut() {
    return Planner.plan(document, Layout.GO);
  }

  @Benchmark
  public SdlResult all() {
    return Sdl.plan(text, OPTIONS);
  }
}
