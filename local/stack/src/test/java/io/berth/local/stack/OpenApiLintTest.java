package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * OpenAPI's rules, as Redocly's linter knows them, and that every example fits its schema. The
 * linter is one package of npm, pinned by its lock file; without Node.js the test is skipped.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OpenApiLintTest {
  private static final Path SETTINGS =
      RunningBerth.root().resolve("local/stack/src/test/openapi-lint");
  private static final Path LINTER = RunningBerth.root().resolve("local/stack/target/openapi-lint");

  private record Run(int exitCode, String output) {}

  @Test
  void findsNothingWrongWithTheDocument() throws Exception {
    assumeTrue(canInstall(), "the linter needs Node.js 20.19 or newer, with npm");

    Run run =
        run(
            List.of(
                "node",
                "node_modules/@redocly/cli/bin/cli.js",
                "lint",
                "--config",
                "redocly.yaml",
                RunningBerth.root().resolve("docs/openapi.yaml").toString()));

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output()).doesNotContainIgnoringCase("you have");
  }

  private static boolean canInstall() throws IOException, InterruptedException {
    Files.createDirectories(LINTER);
    for (String name : List.of("package.json", "package-lock.json", "redocly.yaml")) {
      Files.copy(SETTINGS.resolve(name), LINTER.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
    try {
      return run(List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"))
              .exitCode()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static Run run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(LINTER.toFile()).redirectErrorStream(true);
    builder.environment().put("REDOCLY_TELEMETRY", "off");
    builder.environment().put("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), output);
  }
}
