package io.berth.local.stack;

import io.berth.local.stack.ApiClient.Answer;
import io.berth.local.stack.RunningBerth.User;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a user has, to be compared before and after.
 *
 * @param answers of the lists there are; without when a key was last used
 */
record Snapshot(List<JsonNode> answers) {
  private static final List<String> LISTS =
      List.of("/v1/deployments?state=all", "/v1/users/api-keys", "/v1/balances");

  static Snapshot of(User user) {
    return new Snapshot(LISTS.stream().map(user.api()::get).map(Snapshot::lasting).toList());
  }

  private static JsonNode lasting(Answer answer) {
    JsonNode data = answer.data();
    data.forEach(
        item -> {
          if (item instanceof ObjectNode object) {
            object.remove("lastUsedAt");
          }
        });
    return data;
  }
}
