package io.berth.bench.sdl;

import io.berth.sdl.Sdl;
import io.berth.sdl.SdlResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs both on the same documents, one after the other, and prints the figures. It fails when the
 * two do not agree on a hash, as they would not have done the same work.
 */
public final class Compare {
  private static final List<String> STEPS =
      List.of("parse", "validate", "groups", "manifest", "hash", "all");

  /** Microseconds for a document, and the hash it came to. */
  private record Theirs(double micros, String hash) {}

  private Compare() {}

  /**
   * Measures and prints.
   *
   * @param args the folder of the TypeScript program, and a folder to write the documents to
   */
  public static void main(String[] args) throws Exception {
    Map<Size, Theirs> theirs = theirs(Path.of(args[0]), Path.of(args[1]));
    theirs.forEach(Compare::requireSameHash);
    print(ours(), theirs);
  }

  private static Map<Size, Theirs> theirs(Path program, Path documents)
      throws IOException, InterruptedException {
    Files.createDirectories(documents);
    List<String> command =
        new ArrayList<>(
            List.of("node", program.resolve("sdl.mjs").toString(), documents.toString()));
    for (Size size : Size.values()) {
      Files.writeString(documents.resolve(size + ".yaml"), size.text());
      command.add(size.name());
    }
    System.out.println("The TypeScript SDK…");
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("the TypeScript SDK's run failed");
    }
    Map<Size, Theirs> results = new EnumMap<>(Size.class);
    for (String line : output.lines().toList()) {
      String[] words = line.split(" ", -1);
      results.put(Size.valueOf(words[0]), new Theirs(Double.parseDouble(words[1]), words[2]));
    }
    return results;
  }

  private static void requireSameHash(Size size, Theirs theirs) {
    SdlResult ours = Sdl.plan(size.text(), SdlBenchmark.OPTIONS);
    if (!(ours instanceof SdlResult.Valid(var plan)) || !plan.hash().equals(theirs.hash())) {
      throw new IllegalStateException(size + ": the TypeScript SDK's hash differs: " + ours);
    }
  }

  /** Microseconds for a document, by step and size. */
  private static Map<String, Map<Size, Result<?>>> ours() throws RunnerException {
    System.out.println("Berth…");
    Map<String, Map<Size, Result<?>>> results = new HashMap<>();
    for (RunResult run :
        new Runner(
                new OptionsBuilder()
                    .include(SdlBenchmark.class.getName())
                    .verbosity(VerboseMode.SILENT)
                    .shouldFailOnError(true)
                    .build())
            .run()) {
      Result<?> result = run.getPrimaryResult();
      results
          .computeIfAbsent(result.getLabel(), step -> new EnumMap<>(Size.class))
          .put(Size.valueOf(run.getParams().getParam("size")), result);
    }
    return results;
  }

  private static void print(Map<String, Map<Size, Result<?>>> ours, Map<Size, Theirs> theirs) {
    List<String> columns = new ArrayList<>(STEPS);
    columns.addAll(List.of("TypeScript", "ratio"));
    row("µs", "bytes", columns);
    for (Size size : Size.values()) {
      double all = ours.get("all").get(size).getScore();
      double other = theirs.get(size).micros();
      List<String> cells = new ArrayList<>();
      STEPS.forEach(
          step -> {
            Result<?> result = ours.get(step).get(size);
            cells.add("%.1f ± %.1f".formatted(result.getScore(), result.getScoreError()));
          });
      cells.add("%.0f".formatted(other));
      cells.add("%.1f".formatted(other / all));
      row(name(size), size.bytes(), cells);
    }
    row("ns/byte", "bytes", columns.subList(0, columns.size() - 1));
    for (Size size : Size.values()) {
      List<String> cells = new ArrayList<>();
      STEPS.forEach(step -> cells.add(perByte(size, ours.get(step).get(size).getScore())));
      cells.add(perByte(size, theirs.get(size).micros()));
      row(name(size), size.bytes(), cells);
    }
  }

  private static void row(String name, Object bytes, List<String> cells) {
    StringBuilder line = new StringBuilder("%-8s%7s".formatted(name, bytes));
    cells.forEach(cell -> line.append("%16s".formatted(cell)));
    System.out.println(line);
  }

  private static String name(Size size) {
    return size.name().toLowerCase(Locale.ROOT);
  }

  private static String perByte(Size size, double micros) {
    return "%.1f".formatted(micros * 1000 / size.bytes());
  }
}
