package io.berth.local.stack;

import io.berth.local.gateway.InvocationResult;
import io.berth.local.gateway.LambdaRuntime;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes funded users with API keys through the same functions that the cloud runs. */
public final class LocalUsers {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final LambdaRuntime lambda;

  LocalUsers(LambdaRuntime lambda) {
    this.lambda = lambda;
  }

  /**
   * Makes a user with a wallet and grants on the chain.
   *
   * @param creditUact first balance, in uact
   * @return the wallet's address
   */
  public String activate(String userId, long creditUact) {
    JsonNode answer =
        invoke(
            "ActivateUserFunction",
            Map.of(
                "userId",
                userId,
                "email",
                userId + "@example.com",
                "creditUact",
                Long.toString(creditUact)));
    return answer.get("address").asString();
  }

  /**
   * Makes an API key for a user.
   *
   * @param expiresAt when it stops working; empty for never
   */
  public String apiKey(String userId, String name, Optional<Instant> expiresAt) {
    Map<String, Object> data = new HashMap<>(Map.of("name", name));
    expiresAt.ifPresent(at -> data.put("expiresAt", at.toString()));
    JsonNode answer =
        invoke(
            "CreateApiKeyFunction",
            Map.of(
                "httpMethod", "POST",
                "resource", "/v1/users/api-keys",
                "headers", Map.of("Content-Type", "application/json"),
                "requestContext",
                    Map.of(
                        "requestId",
                        UUID.randomUUID().toString(),
                        "authorizer",
                        Map.of("userId", userId, "scopes", "*")),
                "body", JSON.writeValueAsString(Map.of("data", data))));
    return JSON.readTree(answer.get("body").asString()).get("data").get("apiKey").asString();
  }

  private JsonNode invoke(String function, Object event) {
    InvocationResult result = lambda.invoke(function, JSON.writeValueAsBytes(event));
    if (result.functionError().isPresent()) {
      throw new IllegalStateException(
          function + " failed: " + new String(result.payload(), StandardCharsets.UTF_8));
    }
    return JSON.readTree(result.payload());
  }
}
