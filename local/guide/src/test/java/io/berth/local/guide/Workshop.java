package io.berth.local.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.local.guide.RunningBerth.Reader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * A folder in which a reader's programs are built and run, with the clients and the checkout's
 * examples beside them.
 */
final class Workshop {
  private static final Path ROOT = RunningBerth.root();
  private static final Path JAVA_CLIENT = ROOT.resolve("clients/java/target");
  private static final Path TYPESCRIPT_CLIENT = ROOT.resolve("clients/typescript");
  private static final long PATIENCE_SECONDS = 120;

  /** Short programs: what takes long is to start. */
  private static final String JVM = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto";

  private static final String TYPESCRIPT_SETTINGS =
      """
      {
        "compilerOptions": {
          "target": "ES2022", "module": "NodeNext", "lib": ["ES2023", "DOM"], "types": ["node"], "strict": true, "skipLibCheck": true
        },
        "include": ["*.ts"]
      }
      """;

  private final Path folder;

  private Workshop(Path folder) {
    this.folder = folder;
  }

  /** An empty one. */
  static Workshop named(String name) throws IOException {
    Path folder = ROOT.resolve("local/guide/target/workshop").resolve(name);
    clear(folder);
    Files.createDirectories(folder);
    for (String part : List.of("docs", "clients")) {
      Files.createSymbolicLink(folder.resolve(part), ROOT.resolve(part));
    }
    return new Workshop(folder);
  }

  /** Whether a program is on the path. */
  static boolean has(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
  }

  /** Whether the TypeScript client was built, which takes Node. */
  static boolean hasTypeScript() {
    return has("node") && Files.exists(TYPESCRIPT_CLIENT.resolve("target/package/index.js"));
  }

  /** Keeps a file for what runs later. */
  void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  /** What a program wrote into a file. */
  String read(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }

  /** Compiles the Java files here against the client. */
  void compileJava() throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("-cp", classPath(), "-d", folder.toString(), "-Xlint:all"));
    try (Stream<Path> files = Files.list(folder)) {
      files
          .map(Path::toString)
          .filter(file -> file.endsWith(".java"))
          .sorted()
          .forEach(arguments::add);
    }
    StringWriter said = new StringWriter();
    PrintWriter writer = new PrintWriter(said);
    int code =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(writer, writer, arguments.toArray(String[]::new));
    assertThat(code).as(said.toString()).isZero();
  }

  /** Compiles the TypeScript files here against the client, held to its types. */
  void compileTypeScript() throws IOException, InterruptedException {
    Path modules = Files.createDirectories(folder.resolve("node_modules"));
    Files.createSymbolicLink(
        modules.resolve("berth-client"), TYPESCRIPT_CLIENT.resolve("target/package"));
    Files.createSymbolicLink(
        modules.resolve("@types"), TYPESCRIPT_CLIENT.resolve("node_modules/@types"));
    write("package.json", "{\"type\": \"module\"}\n");
    write("tsconfig.json", TYPESCRIPT_SETTINGS);
    String compiler = TYPESCRIPT_CLIENT.resolve("node_modules/typescript/bin/tsc").toString();
    String _ = run(Map.of(), "node", compiler);
  }

  /** Runs a program for a reader, who finds it in order. */
  String run(Reader reader, String... command) throws IOException, InterruptedException {
    return run(reader.environment(), command);
  }

  /**
   * Runs a program to its good end.
   *
   * @return what it wrote to its output
   */
  String run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "output", ".txt");
    Path errors = Files.createTempFile(folder, "errors", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    builder.environment().putAll(environment);
    builder.environment().put("CLASSPATH", folder + File.pathSeparator + classPath());
    builder.environment().put("JDK_JAVA_OPTIONS", JVM);
    Process process = builder.start();
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly();
    }
    String said = Files.readString(output);
    assertThat(ended && process.exitValue() == 0)
        .as("%s said: %s%s", List.of(command), said, Files.readString(errors))
        .isTrue();
    return said;
  }

  /** The Java that runs this. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static String classPath() throws IOException {
    return JAVA_CLIENT.resolve("classes")
        + File.pathSeparator
        + Files.readString(JAVA_CLIENT.resolve("classpath")).strip();
  }

  private static void clear(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
