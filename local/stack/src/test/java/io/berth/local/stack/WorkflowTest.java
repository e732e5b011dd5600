package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What runs with a token of the project's hosting is code that was looked at. */
class WorkflowTest {
  private static final Path WORKFLOWS = RunningBerth.root().resolve(".github/workflows");

  @Test
  void everyActionIsPinnedToACommitWithItsVersionBesideIt() throws IOException {
    List<String> uses = lines().filter(line -> line.contains("uses:")).toList();

    assertThat(uses).isNotEmpty();
    assertThat(uses).allMatch(line -> line.matches(".*uses: [\\w./-]+@[0-9a-f]{40} # v[\\d.]+"));
  }

  @Test
  void everyWorkflowBeginsWithATokenThatOnlyReads() throws IOException {
    try (Stream<Path> files = Files.list(WORKFLOWS)) {
      for (Path file : files.toList()) {
        assertThat(Files.readString(file))
            .as(file.toString())
            .contains("\npermissions:\n  contents: read\n");
      }
    }
  }

  private static Stream<String> lines() throws IOException {
    try (Stream<Path> files = Files.list(WORKFLOWS)) {
      return files.toList().stream().flatMap(WorkflowTest::read);
    }
  }

  private static Stream<String> read(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
