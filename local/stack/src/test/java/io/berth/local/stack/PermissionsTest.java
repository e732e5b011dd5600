package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.local.gateway.Permission;
import io.berth.local.gateway.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What each function may do stands in one reviewed file, so that a new permission is a diff. */
class PermissionsTest {
  private static final Path REVIEWED = RunningBerth.root().resolve("docs/permissions.txt");
  private static final String HEADER =
      """
      # Permissions of each function and state machine: owner, effect, action, resource, conditions.
      # Written by `make permissions` from template.yaml and checked by PermissionsTest. The account id is made up. SAM
      # also allows each to write its own logs.
      """;

  private final Template template = ContractTest.template();

  @Test
  void everyPermissionIsInTheReviewedFile() throws IOException {
    String actual =
        HEADER
            + template.permissions().stream()
                .flatMap(PermissionsTest::lines)
                .sorted()
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    if ("write".equals(System.getProperty("permissions"))) {
      Files.writeString(REVIEWED, actual);
    }

    assertThat(actual)
        .as("if the change is meant, run `make permissions` and have the diff reviewed")
        .isEqualTo(Files.readString(REVIEWED));
  }

  private static Stream<String> lines(Permission permission) {
    return permission.actions().stream()
        .flatMap(
            action ->
                permission.resources().stream()
                    .map(resource -> line(permission, action, resource)));
  }

  private static String line(Permission permission, String action, String resource) {
    String conditions =
        permission.conditions().entrySet().stream()
            .map(condition -> " " + condition.getKey() + "=" + condition.getValue())
            .sorted()
            .collect(Collectors.joining());
    return String.join(" ", permission.owner(), permission.effect(), action, resource) + conditions;
  }

  /** Whoever needs one names the action here, and why. */
  private static final List<String> NEEDED =
      List.of(
          // Log delivery knows no resources.
          "DeploymentStateMachine Allow logs:",
          // Executions are named by operations; the machine's name stands before.
          "SweepFunction Allow states:DescribeExecution"
              + " arn:aws:states:us-east-1:000000000000:execution:berth-deployment:");

  @Test
  void noPermissionIsForWhateverThereIs() {
    List<String> wide =
        template.permissions().stream()
            .flatMap(PermissionsTest::lines)
            .filter(line -> line.contains("*"))
            .filter(line -> NEEDED.stream().noneMatch(line::startsWith))
            .toList();

    assertThat(wide).isEmpty();
  }

  /** Else it stands still when a user's grants are in the way, until the schedule comes round. */
  @Test
  void whoeverMaySubmitTransactionsMaySettleOrChangeTheGrantsThatTheyNeed() {
    assertThat(ownersOf("function:berth-settle-grants", "dynamodb:PutItem .*table/GrantsTable"))
        .containsAll(ownersOf("function:berth-sign-transaction"));
  }

  private Set<String> ownersOf(String... patterns) {
    Pattern wanted = Pattern.compile(String.join("|", patterns));
    return template.permissions().stream()
        .flatMap(PermissionsTest::lines)
        .filter(line -> wanted.matcher(line).find())
        .map(line -> line.substring(0, line.indexOf(' ')))
        .collect(Collectors.toSet());
  }

  /** What runs beside the alias has no snapshot, and new code before it was tried. */
  @Test
  void functionsInvokeEachOtherByTheAliasThatDeploymentsMove() {
    List<String> others =
        template.permissions().stream()
            .filter(permission -> permission.actions().contains("lambda:InvokeFunction"))
            .flatMap(permission -> permission.resources().stream())
            .filter(function -> !function.endsWith(":live"))
            .toList();

    assertThat(others).isEmpty();
    assertThat(
            template.functions().stream()
                .flatMap(function -> function.environment().entrySet().stream())
                .filter(variable -> variable.getKey().endsWith("_FUNCTION"))
                .map(Map.Entry::getValue))
        .isNotEmpty()
        .allMatch(function -> function.endsWith(":live"));
  }

  @Test
  void onlyTheSignersFunctionsUseTheWalletKeyAndTheFundingWallet() {
    List<String> owners =
        template.permissions().stream()
            .filter(
                permission ->
                    permission.actions().stream().anyMatch(action -> action.startsWith("kms:"))
                        || permission.resources().contains("funding"))
            .map(Permission::owner)
            .distinct()
            .toList();

    List<String> signers =
        template.functions().stream()
            .filter(function -> function.handler().startsWith("io.berth.functions.signer."))
            .map(function -> function.logicalId())
            .toList();
    assertThat(owners).isNotEmpty().isSubsetOf(signers);
  }
}
