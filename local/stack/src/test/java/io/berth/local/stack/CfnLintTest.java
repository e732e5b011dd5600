package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * CloudFormation's rules, as cfn-lint knows them; it is no part of the build, so it may be missing.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CfnLintTest {
  private record Run(int exitCode, String output) {}

  @Test
  void findsNothingWrongWithTheTemplate() throws Exception {
    assumeTrue(
        isInstalled(), "cfn-lint does not run on this machine; to have it: pip install cfn-lint");

    Run run = run(List.of("cfn-lint", RunningBerth.root().resolve("template.yaml").toString()));

    assertThat(run.exitCode()).as(run.output()).isZero();
  }

  /** A launcher on the path may stand for nothing, so it is asked to run. */
  private static boolean isInstalled() throws InterruptedException {
    try {
      return run(List.of("cfn-lint", "--version")).exitCode() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static Run run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), output);
  }
}
