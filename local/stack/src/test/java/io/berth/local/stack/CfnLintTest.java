package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.local.aws.PythonTool;
import io.berth.local.gateway.Template;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * CloudFormation's rules, as cfn-lint knows them, for the template and for what SAM makes of it.
 * {@code local/emulators/python} pins both tools. Tests are skipped only where this machine has no
 * Python for them.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CfnLintTest {
  /**
   * Roles of AWS's services: of CodeDeploy, which moves aliases from version to version, and of API
   * Gateway, which writes logs.
   */
  private static final Set<String> SERVICES = Set.of("CodeDeployServiceRole", "GatewayLogger");

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Path TEMPLATE = RunningBerth.root().resolve("template.yaml");
  private static final Path TRANSLATE =
      RunningBerth.root()
          .resolve("local/stack/src/test/resources/io/berth/local/stack/translate.py");

  private static final List<String> LINT =
      List.of("-c", "from cfnlint.runner import main; main()", "--format", "json");

  /**
   * It does not know this property, which the translator supports (samtranslator/plugins/globals).
   */
  private static final String UNKNOWN_TO_CFN_LINT =
      "E3724 /Globals/Function/AutoPublishAliasAllProperties";

  private static PythonTool python;
  private static String translated;

  private record Run(int exitCode, String output) {}

  @BeforeAll
  static void translate() throws Exception {
    try {
      python = PythonTool.installed(RunningBerth.root(), "cfn-lint");
    } catch (PythonTool.NoInterpreterException e) {
      throw new TestAbortedException(e.getMessage(), e);
    }
    translated = translated(TEMPLATE);
  }

  @Test
  void findsNothingWrongWithTheTemplate() throws Exception {
    assertThat(findings(TEMPLATE)).containsExactly(UNKNOWN_TO_CFN_LINT);
  }

  @Test
  void findsNothingWrongWithWhatSamMakesOfTheTemplate(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("translated.json"), translated);

    // W2001: SAM puts some parameters' values in their places, which then are not referred to.
    assertThat(findings(file, "--ignore-checks", "W2001")).isEmpty();
  }

  @Test
  void seesWhatIsWrong(@TempDir Path folder) throws Exception {
    String wrong = "{\"Resources\": {\"Users\": {\"Type\": \"AWS::DynamoDB::Tabel\"}}}";
    Path file = Files.writeString(folder.resolve("wrong.json"), wrong);

    assertThat(findings(file)).containsExactly("E3006 /Resources/Users/Type");
  }

  /** Each with its rule and its place. */
  private static List<String> findings(Path template, String... options) throws Exception {
    List<String> arguments = new ArrayList<>(LINT);
    arguments.addAll(List.of(options));
    arguments.addAll(List.of("--", template.toString()));
    Run run = run(arguments);
    return JSON.readTree(run.output())
        .valueStream()
        .map(finding -> finding.at("/Rule/Id").asString() + place(finding))
        .toList();
  }

  private static String place(JsonNode finding) {
    return finding
        .at("/Location/Path")
        .valueStream()
        .map(JsonNode::asString)
        .collect(Collectors.joining("/", " /", ""));
  }

  /** Their own statements are in {@code docs/permissions.txt}. */
  @Test
  void samGivesEveryRoleTheWritingOfLogsOrTracesAndNoOtherPolicy() throws Exception {
    Set<String> managed = new TreeSet<>();
    int roles = 0;
    for (Map.Entry<String, JsonNode> resource : resources(translated)) {
      if (resource.getValue().get("Type").asString().equals("AWS::IAM::Role")
          && !SERVICES.contains(resource.getKey())) {
        roles++;
        resource
            .getValue()
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

  /** Else a signer would go on with its old settings: an alias stays with its version. */
  @Test
  void everyPackagePublishesANewVersionOfEveryFunction(@TempDir Path folder) throws Exception {
    String template = Files.readString(TEMPLATE);
    Path first = stamped(template, "1", folder);
    Path second = stamped(template, "2", folder);

    Set<String> before = versions(translated(first));

    assertThat(before).hasSize(ContractTest.template().functions().size());
    assertThat(versions(translated(second)))
        .hasSameSizeAs(before)
        .doesNotContainAnyElementsOf(before);
  }

  /** As {@code layers/package.sh} does it. */
  private static Path stamped(String template, String stamp, Path folder) throws IOException {
    String stamped = template.replace("stamped-by-make-package", stamp);
    return Files.writeString(folder.resolve(stamp + ".yaml"), stamped);
  }

  /** Nobody waits for these, so nobody else would hear of it. */
  @Test
  void whateverRunsByScheduleKeepsWhatItGaveUp() throws Exception {
    List<String> rules = typed("AWS::Events::Rule", "/Properties/Targets/0/Arn/Ref");
    List<String> kept = typed("AWS::Lambda::EventInvokeConfig", "/Properties/FunctionName/Ref");

    assertThat(kept.stream().map(function -> function + "Aliaslive").toList())
        .isNotEmpty()
        .containsAll(rules);
  }

  private static List<String> typed(String type, String pointer) throws Exception {
    return resources(translated).stream()
        .map(Map.Entry::getValue)
        .filter(resource -> resource.get("Type").asString().equals(type))
        .map(resource -> resource.at(pointer).asString())
        .toList();
  }

  /** SAM names versions after what is in them. */
  private static Set<String> versions(String translated) {
    Set<String> versions = new TreeSet<>();
    for (Map.Entry<String, JsonNode> resource : resources(translated)) {
      if (resource.getValue().get("Type").asString().equals("AWS::Lambda::Version")) {
        versions.add(resource.getKey());
      }
    }
    return versions;
  }

  private static Set<Map.Entry<String, JsonNode>> resources(String translated) {
    return JSON.readTree(translated).get("Resources").properties();
  }

  private static String translated(Path template) throws Exception {
    Run run = run(List.of(TRANSLATE.toString(), template.toString()));

    assertThat(run.exitCode()).as(run.output()).isZero();
    return run.output();
  }

  private static Run run(List<String> arguments) throws IOException, InterruptedException {
    ProcessBuilder builder = python.process(arguments).redirectErrorStream(true);
    // The translator writes ARNs of a partition, and finds it by the region.
    builder.environment().put("AWS_DEFAULT_REGION", "us-east-1");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), output);
  }
}
