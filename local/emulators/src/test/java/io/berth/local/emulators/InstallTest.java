package io.berth.local.emulators;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code python/install.sh}. */
@Tag("only-stand-ins")
@Timeout(300)
class InstallTest {
  private static final Path SCRIPT = Path.of("python/install.sh").toAbsolutePath();

  /** Exit status where this machine has no Python that fits. */
  private static final int NO_INTERPRETER = 3;

  private record Run(int exitCode, String output) {}

  @Test
  void anInstallationThatIsThereIsReused() throws Exception {
    Run first = install(SCRIPT, "ministack", Map.of());
    assumeThat(first.exitCode()).as(first.output()).isNotEqualTo(NO_INTERPRETER);

    Run again = install(SCRIPT, "ministack", Map.of());

    assertThat(again.exitCode()).as(again.output()).isZero();
    assertThat(again.output()).hasLineCount(1);
    assertThat(Path.of(again.output().strip())).isExecutable();
  }

  @Test
  void withoutAPythonItExitsWithThreeAndOneLine(@TempDir Path empty) throws Exception {
    Map<String, String> environment =
        Map.of("PATH", empty.toString(), "PYENV_ROOT", empty.toString());

    Run run = install(SCRIPT, "localstack", environment);

    assertThat(run.exitCode()).isEqualTo(NO_INTERPRETER);
    assertThat(run.output())
        .isEqualTo("No localstack: this machine has no Python 3.13 with venv and ensurepip\n");
  }

  /** The package is a file, so that no index is needed. */
  @Test
  void aPackageWithAnotherHashIsNotInstalled(@TempDir Path folder) throws Exception {
    Path script = folder.resolve("install.sh");
    Files.copy(SCRIPT, script, StandardCopyOption.COPY_ATTRIBUTES);
    Files.writeString(folder.resolve("changed-1.0-py3-none-any.whl"), "not what was pinned");
    Files.writeString(
        folder.resolve("moto.txt"),
        "./changed-1.0-py3-none-any.whl --hash=sha256:" + "0".repeat(64) + "\n");
    Path cache = folder.resolve("cache");

    Run run = install(script, "moto", Map.of("BERTH_CACHE", cache.toString()));

    assumeThat(run.exitCode()).as(run.output()).isNotEqualTo(NO_INTERPRETER);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.output()).contains("DO NOT MATCH THE HASHES");
    assertThat(cache.resolve("python")).isEmptyDirectory();
  }

  private static Run install(Path script, String name, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", script.toString(), name).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Run(process.waitFor(), output);
  }
}
