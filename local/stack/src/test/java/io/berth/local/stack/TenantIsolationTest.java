package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.local.stack.ApiClient.Answer;
import io.berth.local.stack.OpenApi.Operation;
import io.berth.local.stack.RunningBerth.User;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every operation of the document with somebody else's ids in every place that takes one. */
@ExtendWith(RunningBerth.class)
class TenantIsolationTest {
  /** Operations that say nothing of an unknown id, as Console does. */
  private static final Map<String, Integer> SILENT =
      Map.of("deleteApiKey", 204, "deleteApiKeyAlias", 204, "listWallets", 200);

  @Test
  void nobodyReachesWhatIsSomebodyElses(RunningBerth.Town town) {
    User ann = town.user();
    User bob = town.user();
    Map<String, String> anns = idsOf(ann);
    Snapshot before = Snapshot.of(ann);

    int withIds = 0;
    for (Operation operation : privateOperations()) {
      Requests request = withIdsOf(Requests.example(operation), anns);
      boolean hasIds = !request.equals(Requests.example(operation));
      Answer answer = request.sendAs(bob.api());
      String name = operation + " by somebody else: " + answer;
      anns.values().stream()
          .filter(id -> !request.path().contains(id) || answer.status() < 400)
          .forEach(id -> assertThat(answer.body().toString()).as(name).doesNotContain(id));
      if (hasIds) {
        withIds++;
        int silent = SILENT.getOrDefault(id(operation), 404);
        assertThat(Set.of(silent, 403)).as(name).contains(answer.status());
      }
    }

    assertThat(withIds).isGreaterThan(10);
    assertThat(Snapshot.of(ann)).isEqualTo(before);
    ann.api().delete("/v1/deployments/" + anns.get("dseq"));
  }

  /** The audit log first: later it has the paths that Bob himself asked for. */
  private static List<Operation> privateOperations() {
    return OpenApi.ours().operations().stream()
        .filter(operation -> !operation.isPublic())
        .sorted(Comparator.comparing(operation -> !operation.path().equals("/v1/audit")))
        .toList();
  }

  private static String id(Operation operation) {
    return operation.definition().get("operationId").asString();
  }

  private static Map<String, String> idsOf(User user) {
    String dseq =
        user.api()
            .post("/v1/deployments", Sdls.create(Sdls.small(), 1))
            .data()
            .get("dseq")
            .asString();
    String key = user.api().get("/v1/users/api-keys").data().get(0).get("id").asString();
    String operation =
        user.api().get("/v1/deployments/" + dseq).data().at("/operation/id").asString();
    return Map.of(
        "dseq", dseq,
        "api-keys", key,
        "operations", operation,
        "address", user.address(),
        "userId", user.id());
  }

  private static Requests withIdsOf(Requests request, Map<String, String> ids) {
    Requests changed = request;
    for (String parameter : request.parameters().keySet()) {
      // An id is one of whatever is listed before it in the path.
      String kind =
          parameter.equals("id")
              ? request.operation().path().replaceFirst(".*/([a-z-]+)/\\{id}.*", "$1")
              : parameter;
      changed = ids.containsKey(kind) ? changed.with(parameter, ids.get(kind)) : changed;
    }
    return changed.with(withIdsOf(request.body(), ids));
  }

  private static JsonNode withIdsOf(JsonNode body, Map<String, String> ids) {
    JsonNode copy = body.deepCopy();
    for (String name : List.of("dseq", "userId")) {
      for (JsonNode parent : copy.findParents(name)) {
        ((ObjectNode) parent).put(name, ids.get(name));
      }
    }
    return copy;
  }
}
