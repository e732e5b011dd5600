package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.local.gateway.CloudFormationYaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Who may use the key that seals wallets, and in which encryption context: the policies of {@code
 * template.yaml}, evaluated as KMS does. What this evaluator does not know it refuses to judge.
 */
class WalletKeyPolicyTest {
  private static final Map<String, String> WALLET =
      Map.of("userId", "u", "walletId", "w", "purpose", "wallet-mnemonic", "version", "1");
  private static final Set<String> OPENERS =
      Set.of(
          "SignTransactionFunctionRole",
          "IssueProviderTokenFunctionRole",
          "ReSealWalletsFunctionRole");
  private static final Set<String> SEALERS =
      Set.of("CreateWalletFunctionRole", "ReSealWalletsFunctionRole");

  /** Everything that uses a symmetric key or lets others use it. */
  private static final List<String> USES =
      List.of(
          "kms:Encrypt",
          "kms:Decrypt",
          "kms:ReEncryptFrom",
          "kms:ReEncryptTo",
          "kms:GenerateDataKey",
          "kms:GenerateDataKeyWithoutPlaintext",
          "kms:GenerateDataKeyPair",
          "kms:GenerateDataKeyPairWithoutPlaintext",
          "kms:CreateGrant");

  private final Policies policies = Policies.of(template());

  @Test
  void onlyTheSignersRolesOpenWallets() {
    assertThat(policies.mayUse("kms:Decrypt", WALLET)).isEqualTo(OPENERS);
  }

  @Test
  void onlyCreateWalletAndTheJobThatSealsAgainSealThem() {
    assertThat(policies.mayUse("kms:GenerateDataKey", WALLET)).isEqualTo(SEALERS);
  }

  @Test
  void nobodyUsesTheKeyInAnyOtherWay() {
    for (String action : USES) {
      if (!action.equals("kms:Decrypt") && !action.equals("kms:GenerateDataKey")) {
        assertThat(policies.mayUse(action, WALLET)).as(action).isEmpty();
      }
    }
  }

  @Test
  void nobodyUsesItOutsideTheWholeContextOfAWallet() {
    for (String action : List.of("kms:Decrypt", "kms:GenerateDataKey")) {
      assertThat(policies.mayUse(action, Map.of())).as(action).isEmpty();
      assertThat(policies.mayUse(action, with("purpose", "backup"))).as(action).isEmpty();
      assertThat(policies.mayUse(action, with("more", "x"))).as(action).isEmpty();
      for (String missing : WALLET.keySet()) {
        Map<String, String> context = new HashMap<>(WALLET);
        context.remove(missing);
        assertThat(policies.mayUse(action, context)).as(action + " without " + missing).isEmpty();
      }
    }
  }

  @Test
  void noPolicyOfARoleCanLetItUseTheKeyAndNoRoleAsksFor() {
    for (String action : USES) {
      assertThat(policies.isDelegated(action)).as(action).isFalse();
    }
    assertThat(policies.rolesThatName("kms:")).isEmpty();
  }

  @Test
  void theEvaluatorFindsWhoeverADelegatingKeyPolicyLetsIn() {
    Map<String, Object> template = template();
    Map<String, Object> key = map(map(template.get("Resources")).get("WalletKey"));
    Map<String, Object> root =
        map(list(map(map(key.get("Properties")).get("KeyPolicy")).get("Statement")).getFirst());
    root.put("Action", "kms:*");
    Map<String, Object> listBids =
        map(map(map(template.get("Resources")).get("ListBidsFunction")).get("Properties"));
    Map<String, Object> statement =
        map(list(map(list(listBids.get("Policies")).getFirst()).get("Statement")).getFirst());
    statement.put("Action", List.of("dynamodb:GetItem", "kms:De*"));

    assertThat(Policies.of(template).mayUse("kms:Decrypt", WALLET))
        .contains("ListBidsFunctionRole")
        .containsAll(OPENERS);
  }

  private static Map<String, String> with(String name, String value) {
    Map<String, String> context = new HashMap<>(WALLET);
    context.put(name, value);
    return context;
  }

  /** The key's policy, and those of every function's role. */
  private record Policies(
      List<Map<String, Object>> keyStatements, Map<String, List<Map<String, Object>>> roles) {

    static Policies of(Map<String, Object> template) {
      Map<String, Object> resources = map(template.get("Resources"));
      Map<String, Object> key = map(map(resources.get("WalletKey")).get("Properties"));
      Map<String, List<Map<String, Object>>> roles = new LinkedHashMap<>();
      resources.forEach(
          (id, resource) -> {
            if ("AWS::Serverless::Function".equals(map(resource).get("Type"))) {
              roles.put(
                  id + "Role",
                  list(map(map(resource).get("Properties")).get("Policies")).stream()
                      .flatMap(policy -> statements(map(policy)))
                      .toList());
            }
          });
      return new Policies(statements(map(key.get("KeyPolicy"))).toList(), roles);
    }

    private static Stream<Map<String, Object>> statements(Map<String, Object> policy) {
      return list(policy.get("Statement")).stream().map(WalletKeyPolicyTest::map);
    }

    Set<String> mayUse(String action, Map<String, String> context) {
      return roles.keySet().stream()
          .filter(role -> may(role, action, context))
          .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean may(String role, String action, Map<String, String> context) {
      boolean byKey =
          keyStatements.stream()
              .anyMatch(
                  statement ->
                      principals(statement).contains(role + ".Arn")
                          && allows(statement, action, context));
      boolean byRole =
          isDelegated(action)
              && roles.get(role).stream().anyMatch(each -> allows(each, action, context));
      return byKey || byRole;
    }

    /** Whether the key leaves this to the policies of the account's roles. */
    boolean isDelegated(String action) {
      return keyStatements.stream()
          .filter(statement -> !principals(statement).stream().allMatch(this::isRole))
          .anyMatch(statement -> names(statement, action));
    }

    private boolean isRole(String principal) {
      return roles.containsKey(principal.replaceFirst("\\.Arn$", ""));
    }

    Set<String> rolesThatName(String service) {
      return roles.entrySet().stream()
          .filter(
              role ->
                  role.getValue().stream()
                      .flatMap(statement -> list(statement.get("Action")).stream())
                      .anyMatch(
                          action ->
                              action.toString().startsWith(service)
                                  || action.toString().equals("*")))
          .map(Map.Entry::getKey)
          .collect(Collectors.toSet());
    }

    private static List<String> principals(Map<String, Object> statement) {
      return list(map(statement.get("Principal")).get("AWS")).stream()
          .map(
              principal ->
                  principal instanceof Map<?, ?> call
                      ? call.values().iterator().next().toString()
                      : principal.toString())
          .toList();
    }

    private static boolean allows(
        Map<String, Object> statement, String action, Map<String, String> context) {
      return names(statement, action)
          && map(statement.get("Condition")).entrySet().stream()
              .allMatch(test -> holds(test.getKey(), map(test.getValue()), context));
    }

    private static boolean names(Map<String, Object> statement, String action) {
      assertThat(statement.get("Effect")).isEqualTo("Allow");
      assertThat(statement).doesNotContainKeys("NotAction", "NotPrincipal", "NotResource");
      return list(statement.get("Action")).stream()
          .anyMatch(pattern -> action.matches(pattern.toString().replace("*", ".*")));
    }

    private static boolean holds(
        String operator, Map<String, Object> tests, Map<String, String> context) {
      return tests.entrySet().stream()
          .allMatch(
              test -> {
                List<String> wanted = list(test.getValue()).stream().map(Object::toString).toList();
                if (test.getKey().equals("kms:EncryptionContextKeys")) {
                  assertThat(operator).isEqualTo("ForAllValues:StringEquals");
                  return wanted.containsAll(context.keySet());
                }
                String prefix = "kms:EncryptionContext:";
                assertThat(test.getKey()).startsWith(prefix);
                String value = context.get(test.getKey().substring(prefix.length()));
                return switch (operator) {
                  case "StringEquals" -> value != null && wanted.contains(value);
                  case "Null" -> wanted.equals(List.of(Boolean.toString(value == null)));
                  default -> throw new AssertionError("an operator unknown here: " + operator);
                };
              });
    }
  }

  private static Map<String, Object> template() {
    try {
      return CloudFormationYaml.read(
          Files.readString(RunningBerth.root().resolve("template.yaml")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return value == null ? Map.of() : (Map<String, Object>) value;
  }

  /** One value stands for a list of itself, as in IAM. */
  @SuppressWarnings("unchecked")
  private static List<Object> list(Object value) {
    return switch (value) {
      case null -> List.of();
      case List<?> many -> (List<Object>) many;
      default -> List.of(value);
    };
  }
}
