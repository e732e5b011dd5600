package io.berth.functions.authorizer;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a REQUEST authorizer answers.
 *
 * @param context what the gateway passes on; values are strings
 */
record AuthorizerAnswer(String principalId, Policy policyDocument, Map<String, Object> context) {

  /** An IAM policy. */
  record Policy(
      @JsonProperty("Version") String version,
      @JsonProperty("Statement") List<Statement> statement) {}

  /** Its one statement. */
  record Statement(
      @JsonProperty("Effect") String effect,
      @JsonProperty("Action") String action,
      @JsonProperty("Resource") String resource) {}

  static AuthorizerAnswer allow(
      AuthorizerRequest request, String principalId, Map<String, Object> context) {
    return answer("Allow", request, principalId, context);
  }

  static AuthorizerAnswer allow(
      AuthorizerRequest request,
      String principalId,
      Map<String, Object> context,
      Map<String, Object> more) {
    Map<String, Object> both = new HashMap<>(context);
    both.putAll(more);
    return allow(request, principalId, both);
  }

  static AuthorizerAnswer deny(AuthorizerRequest request, Map<String, Object> context) {
    return answer("Deny", request, "unknown", context);
  }

  private static AuthorizerAnswer answer(
      String effect, AuthorizerRequest request, String principalId, Map<String, Object> context) {
    Statement statement = new Statement(effect, "execute-api:Invoke", request.wholeStage());
    return new AuthorizerAnswer(principalId, new Policy("2012-10-17", List.of(statement)), context);
  }
}
