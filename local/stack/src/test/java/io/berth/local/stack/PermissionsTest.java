package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.local.gateway.Permission;
import io.berth.local.gateway.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What each function may do stands in one reviewed file, so that a new permission is a diff. */
class PermissionsTest {
  private static final Path REVIEWED = RunningBerth.root().resolve("docs/permissions.txt");
  private static final String HEADER =
      """
      # What each function and state machine may do: owner, effect, action, resource, conditions.
      # Written by `make permissions` from template.yaml and held to it by PermissionsTest. The account is a made-up
      # one. Besides, SAM lets each write its own logs.
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
          "SweepFunction Allow states:DescribeExecution arn:aws:states:us-east-1:000000000000:execution:berth-deployment:");

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
