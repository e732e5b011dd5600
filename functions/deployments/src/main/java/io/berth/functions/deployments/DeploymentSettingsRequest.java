package io.berth.functions.deployments;

import io.berth.domain.settings.DeploymentSettings;
import io.berth.domain.settings.DeploymentWishes;
import io.berth.http.ApiRequest;
import io.berth.http.ConsoleJson;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What both versions of deployment settings have in common (console-contract.md §1.9). */
final class DeploymentSettingsRequest {
  private DeploymentSettingsRequest() {}

  /** Version 1 names the user in the path, version 2 perhaps in the query. */
  static void requireOwn(ApiRequest request, String userId) {
    Optional<String> whose =
        request.hasPathParameter("userId")
            ? Optional.of(request.pathParameter("userId"))
            : request.queryParameter("userId");
    if (!DeploymentWishes.isOwn(userId, whose)) {
      throw DeploymentWishes.notFound();
    }
  }

  /** Console's rows have one; here it follows from whose and which it is. */
  private static String id(DeploymentSettings settings) {
    String name = settings.userId() + "/" + settings.dseq();
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  static Map<String, Object> json(DeploymentWishes.Estimated estimated) {
    DeploymentSettings settings = estimated.settings();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", id(settings));
    json.put("userId", settings.userId());
    json.put("dseq", Long.toString(settings.dseq()));
    json.put("autoTopUpEnabled", settings.autoTopUp());
    json.put("autoTopUpActive", false);
    json.put("estimatedTopUpAmount", ConsoleJson.wholeUact(estimated.dailyCost()));
    json.put("topUpFrequencyMs", DeploymentWishes.LOOK_AHEAD.toMillis());
    json.put("createdAt", ConsoleJson.time(settings.createdAt()));
    json.put("updatedAt", ConsoleJson.time(settings.updatedAt()));
    return json;
  }
}
