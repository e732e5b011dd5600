package io.berth.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How an installation ends. */
class PythonToolTest {
  @TempDir private Path root;

  @Test
  void runsTheInterpreterThatTheScriptNamesLast() throws Exception {
    script("echo Installing; echo /environments/$1/bin/python");

    PythonTool tool = PythonTool.installed(root, "moto");

    assertThat(tool.python()).isEqualTo(Path.of("/environments/moto/bin/python"));
  }

  @Test
  void aMissingInterpreterIsReportedInOneLine() throws Exception {
    script("echo Looking; echo No Python >&2; exit 3");

    assertThatExceptionOfType(PythonTool.NoInterpreterException.class)
        .isThrownBy(() -> PythonTool.installed(root, "moto"))
        .withMessage("No Python");
  }

  @Test
  void aFailedInstallationIsAFailureWithItsOutput() throws Exception {
    script("echo no such version >&2; exit 1");

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> PythonTool.installed(root, "moto"))
        .withMessage("moto could not be installed: no such version");
  }

  private void script(String commands) throws IOException {
    Path folder = Files.createDirectories(root.resolve("local/emulators/python"));
    Files.writeString(folder.resolve("install.sh"), commands);
  }
}
