package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.local.stack.ApiClient.Answer;
import io.berth.local.stack.RunningBerth.User;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Settings of wallets and deployments (console-contract.md §1.8, §1.9, §8). */
@ExtendWith(RunningBerth.class)
class SettingsTest {

  @Test
  void keepsWalletSettingsUntilTheyAreDeleted(RunningBerth.Town town) {
    ApiClient ann = town.user().api();
    assertThat(ann.get("/v1/wallet-settings").status()).isEqualTo(404);
    assertThat(ann.delete("/v1/wallet-settings").status()).isEqualTo(404);

    Answer set =
        ann.send(
            "PUT",
            "/v1/wallet-settings",
            data(
                Map.of(
                    "autoReloadEnabled",
                    false,
                    "autoReloadMode",
                    "threshold",
                    "autoReloadThreshold",
                    25.5,
                    "autoReloadAmount",
                    150)));
    assertThat(set.status()).isEqualTo(200);
    assertThat(ann.get("/v1/wallet-settings").data()).isEqualTo(set.data());
    // What is not given stays.
    JsonNode posted =
        ann.post(
                "/v1/wallet-settings",
                data(Map.of("autoReloadEnabled", false, "autoReloadAmount", 20)))
            .data();
    assertThat(posted.get("autoReloadThreshold").decimalValue()).isEqualByComparingTo("25.5");
    assertThat(posted.get("autoReloadAmount").decimalValue()).isEqualByComparingTo("20");

    assertThat(ann.delete("/v1/wallet-settings").status()).isEqualTo(204);
    assertThat(ann.get("/v1/wallet-settings").body().get("message").asString())
        .isEqualTo("WalletSetting Not Found");
  }

  @Test
  void keepsNothingOfWalletSettingsThatBreakARule(RunningBerth.Town town) {
    ApiClient ann = town.user().api();
    for (Map<String, Object> bad :
        List.<Map<String, Object>>of(
            Map.of("autoReloadEnabled", false, "autoReloadAmount", 19.99),
            Map.of("autoReloadEnabled", false, "autoReloadAmount", 10_000.01),
            Map.of("autoReloadEnabled", false, "autoReloadThreshold", 4),
            Map.of("autoReloadEnabled", false, "autoReloadThreshold", 10_001),
            Map.of("autoReloadEnabled", false, "autoReloadThreshold", 5.001),
            Map.of("autoReloadEnabled", false, "autoReloadMode", "sometimes"),
            Map.of("autoReloadEnabled", "no"),
            Map.of())) {
      assertThat(ann.send("PUT", "/v1/wallet-settings", data(bad)).status())
          .as(bad.toString())
          .isEqualTo(400);
    }
    // No card, no recharging: as Console says it.
    Answer enabled =
        ann.send("PUT", "/v1/wallet-settings", data(Map.of("autoReloadEnabled", true)));
    assertThat(enabled.status()).isEqualTo(404);
    assertThat(enabled.body().get("message").asString()).isEqualTo("User payments not set up");
    assertThat(ann.get("/v1/wallet-settings").status()).isEqualTo(404);
  }

  @Test
  void keepsSettingsOfADeploymentInBothVersions(RunningBerth.Town town) {
    User ann = town.user();
    User bob = town.user();
    String dseq =
        ann.api()
            .post("/v1/deployments", Sdls.create(Sdls.small(), 1))
            .data()
            .get("dseq")
            .asString();
    String v2 = "/v2/deployment-settings/" + dseq;
    String v1 = "/v1/deployment-settings/" + ann.id() + "/" + dseq;

    JsonNode unsaid = ann.api().get(v2).data();
    assertThat(unsaid.get("autoTopUpEnabled").asBoolean()).isFalse();
    assertThat(unsaid.get("createdAt").isNull()).as("reading makes none").isTrue();
    assertThat(ann.api().get(v2).data()).isEqualTo(unsaid);

    Answer created =
        ann.api()
            .post(
                "/v2/deployment-settings",
                data(Map.of("dseq", dseq, "autoTopUpEnabled", true, "userId", ann.id())));
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.data().get("autoTopUpEnabled").asBoolean()).isTrue();
    assertThat(created.data().get("autoTopUpActive").asBoolean()).isFalse();
    assertThat(created.data().get("topUpFrequencyMs").asLong()).isEqualTo(86_400_000);
    assertThat(ann.api().get(v1).data()).isEqualTo(created.data());

    Answer changed = ann.api().send("PATCH", v1, data(Map.of("autoTopUpEnabled", false)));
    assertThat(changed.data().get("autoTopUpEnabled").asBoolean()).isFalse();
    assertThat(changed.data().get("createdAt")).isEqualTo(created.data().get("createdAt"));
    assertThat(
            ann.api()
                .post("/v1/deployment-settings", data(Map.of("dseq", dseq, "userId", ann.id())))
                .status())
        .as("a second time")
        .isEqualTo(201);

    // Somebody else's: not found, or forbidden where a body names the other.
    for (String path : List.of(v1, v2, v2 + "?userId=" + ann.id())) {
      Answer foreign = bob.api().get(path);
      assertThat(foreign.status()).as(path).isEqualTo(404);
      assertThat(foreign.body().get("message").asString())
          .isEqualTo("Deployment setting not found");
      assertThat(bob.api().send("PATCH", path, data(Map.of("autoTopUpEnabled", true))).status())
          .isEqualTo(404);
    }
    assertThat(
            bob.api()
                .post("/v2/deployment-settings", data(Map.of("dseq", dseq, "userId", ann.id())))
                .status())
        .isEqualTo(403);
    ann.api().delete("/v1/deployments/" + dseq);
  }

  private static Map<String, Object> data(Map<String, Object> fields) {
    return Map.of("data", fields);
  }
}
