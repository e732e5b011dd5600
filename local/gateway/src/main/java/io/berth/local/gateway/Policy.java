package io.berth.local.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The IAM policy an authorizer answers with.
 *
 * @param statements its statements about {@code execute-api:Invoke}
 */
record Policy(List<Statement> statements) {
  private static final String ACTION = "execute-api:Invoke";
  private static final Set<String> EFFECTS = Set.of("Allow", "Deny");

  enum Decision {
    ALLOWED,
    /** No statement allows it. */
    DENIED,
    /** A statement denies it, whatever others say. */
    EXPLICITLY_DENIED
  }

  record Statement(boolean allows, List<Pattern> resources) {
    boolean covers(String arn) {
      return resources.stream().anyMatch(resource -> resource.matcher(arn).matches());
    }
  }

  /** The policy in a document, or empty if it is none, or one with conditions. */
  static Optional<Policy> parse(JsonNode document) {
    var statements = new ArrayList<Statement>();
    for (var node : items(document.path("Statement"))) {
      var effect = node.path("Effect").asString("");
      var actions = items(node.path("Action"));
      var resources = items(node.path("Resource"));
      var conditional = !node.path("Condition").isEmpty();
      if (!EFFECTS.contains(effect) || actions.isEmpty() || resources.isEmpty() || conditional) {
        return Optional.empty();
      }
      if (actions.stream().anyMatch(Policy::isInvoke)) {
        statements.add(
            new Statement(
                effect.equals("Allow"),
                resources.stream().map(resource -> wildcard(resource.asString(""), 0)).toList()));
      }
    }
    return document.has("Statement") ? Optional.of(new Policy(statements)) : Optional.empty();
  }

  private static boolean isInvoke(JsonNode action) {
    return wildcard(action.asString(""), Pattern.CASE_INSENSITIVE).matcher(ACTION).matches();
  }

  Decision decide(String methodArn) {
    var covering = statements.stream().filter(statement -> statement.covers(methodArn)).toList();
    if (covering.isEmpty()) {
      return Decision.DENIED;
    }
    return covering.stream().allMatch(Statement::allows)
        ? Decision.ALLOWED
        : Decision.EXPLICITLY_DENIED;
  }

  /** IAM lets a list of one be written without its brackets. */
  private static List<JsonNode> items(JsonNode node) {
    if (node.isArray()) {
      return List.copyOf(node.values());
    }
    return node.isMissingNode() || node.isNull() ? List.of() : List.of(node);
  }

  private static Pattern wildcard(String text, int flags) {
    var pattern = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      pattern.append(
          switch (text.charAt(i)) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(text.substring(i, i + 1));
          });
    }
    return Pattern.compile(pattern.toString(), flags | Pattern.DOTALL);
  }
}
