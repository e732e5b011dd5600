package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.berth.local.gateway.Template;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * CloudFormation's rules, as cfn-lint knows them, for the template and for what SAM makes of it.
 * Neither tool is a part of the build, so both may be missing.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CfnLintTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Path TEMPLATE = RunningBerth.root().resolve("template.yaml");
  private static final Path TRANSLATE =
      RunningBerth.root()
          .resolve("local/stack/src/test/resources/io/berth/local/stack/translate.py");

  private record Run(int exitCode, String output) {}

  @Test
  void findsNothingWrongWithTheTemplate() throws Exception {
    assumeTrue(
        runs("cfn-lint", "--version"),
        "cfn-lint does not run on this machine; to have it: pip install cfn-lint");

    Run run = run(List.of("cfn-lint", TEMPLATE.toString()));

    assertThat(run.exitCode()).as(run.output()).isZero();
  }

  @Test
  void findsNothingWrongWithWhatSamMakesOfTheTemplate(@TempDir Path folder) throws Exception {
    Path translated = Files.writeString(folder.resolve("translated.json"), translated());

    Run run = run(List.of("cfn-lint", translated.toString()));

    assertThat(run.exitCode()).as(run.output()).isZero();
  }

  /** Their own statements are in {@code docs/permissions.txt}. */
  @Test
  void samGivesEveryRoleTheWritingOfLogsOrTracesAndNoOtherPolicy() throws Exception {
    Set<String> managed = new TreeSet<>();
    int roles = 0;
    for (JsonNode resource : JSON.readTree(translated()).get("Resources")) {
      if (resource.get("Type").asString().equals("AWS::IAM::Role")) {
        roles++;
        resource
            .at("/Properties/ManagedPolicyArns")
            .forEach(policy -> managed.add(policy.asString()));
      }
    }

    Template template = ContractTest.template();
    assertThat(roles).isEqualTo(template.functions().size() + template.stateMachines().size());
    assertThat(managed)
        .containsExactly(
            "arn:aws:iam::aws:policy/AWSXrayWriteOnlyAccess",
            "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole");
  }

  private static String translated() throws Exception {
    assumeTrue(
        runs("python3", "-c", "import cfnlint, samtranslator"),
        "the SAM translator does not run on this machine; to have it: pip install cfn-lint");

    Run run = run(List.of("python3", TRANSLATE.toString(), TEMPLATE.toString()));

    assertThat(run.exitCode()).as(run.output()).isZero();
    return run.output();
  }

  /** A launcher on the path may stand for nothing, so it is asked to run. */
  private static boolean runs(String... command) throws InterruptedException {
    try {
      return run(List.of(command)).exitCode() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static Run run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    // The translator writes ARNs of a partition, and finds it by the region.
    builder.environment().put("AWS_DEFAULT_REGION", "us-east-1");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), output);
  }
}
