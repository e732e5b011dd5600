package io.berth.local.stack;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A tool of npm that a test runs, pinned by the lock file in a folder of its own. Node.js is no
 * part of the build, so a test whose tool cannot be installed is skipped.
 *
 * @param folder where it is installed and runs
 * @param environment what it finds in its environment besides
 */
record NodeTool(Path folder, Map<String, String> environment) {

  /** How a run ended. */
  record Run(int exitCode, String output) {}

  /**
   * Installs a tool, or skips the test.
   *
   * @param name of the folder with its {@code package.json}, lock file and settings in {@code
   *     src/test}
   */
  static NodeTool installed(String name, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path settings = RunningBerth.root().resolve("local/stack/src/test").resolve(name);
    Path folder =
        Files.createDirectories(RunningBerth.root().resolve("local/stack/target").resolve(name));
    try (Stream<Path> files = Files.list(settings)) {
      for (Path file : files.toList()) {
        Path copy = folder.resolve(file.getFileName());
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    NodeTool tool = new NodeTool(folder, environment);
    assumeTrue(tool.installs(), "the linter needs Node.js 20.19 or newer, with npm");
    return tool;
  }

  private boolean installs() throws InterruptedException {
    try {
      return start(List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"))
              .exitCode()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Runs it.
   *
   * @param script below {@code node_modules}
   */
  Run run(String script, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("node", "node_modules/" + script));
    command.addAll(List.of(arguments));
    return start(command);
  }

  private Run start(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), output);
  }
}
