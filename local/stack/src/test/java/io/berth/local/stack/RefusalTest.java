package io.berth.local.stack;

import static io.berth.local.stack.RunningBerth.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.chain.NodeClient;
import io.berth.domain.akash.Coin;
import io.berth.local.providers.Persona;
import io.berth.local.providers.ProviderSimulator;
import io.berth.local.stack.ApiClient.Answer;
import io.berth.local.stack.RunningBerth.User;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What is refused, with which words, and that nothing changes then. */
@ExtendWith(RunningBerth.class)
class RefusalTest {

  @Test
  void namesTheFieldThatBreaksAnSdl(RunningBerth.Town town) {
    User ann = town.user();
    Answer answer =
        ann.api()
            .post(
                "/v1/deployments",
                Sdls.create(Sdls.small().replace("size: 128Mi", "sise: 128Mi"), 5));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().get("message").asString())
        .startsWith("Invalid SDL: ")
        .contains("Missing required field: \"size\" at \"/profiles/compute/web/resources/memory\".")
        .contains("Additional property \"sise\" is not allowed");
    assertThat(answer.body().get("data").toString())
        .contains("/profiles/compute/web/resources/memory/sise")
        .contains("did you mean `size`?");
    assertThat(ann.api().get("/v1/deployments").data().get("deployments")).isEmpty();
  }

  @Test
  void refusesADepositBeyondTheBalance(RunningBerth.Town town) {
    User poor = town.user(2_000_000);
    Answer answer = poor.api().post("/v1/deployments", Sdls.create(Sdls.small(), 2.5));

    assertThat(answer.status()).isEqualTo(402);
    assertThat(answer.body().get("message").asString())
        .startsWith("Not enough balance to cover the deployment deposit.");
    assertThat(balance(town, poor)).isEqualTo(Coin.uact(2_000_000));
  }

  @Test
  void refusesADepositBelowTheChainsMinimum(RunningBerth.Town town) {
    User ann = town.user();
    Answer answer = ann.api().post("/v1/deployments", Sdls.create(Sdls.small(), 0.1));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().get("message").asString()).isEqualTo("Deposit too low");
    assertThat(balance(town, ann)).isEqualTo(Coin.uact(20_000_000));
  }

  @Test
  void reportsEveryFieldThatIsWrongAtOnce(RunningBerth.Town town) {
    Answer answer =
        town.user().api().post("/v1/deployments", Map.of("data", Map.of("deposit", "5")));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().get("code").asString()).isEqualTo("validation_error");
    assertThat(answer.data()).hasSize(2);
    assertThat(answer.data().toString())
        .contains("[\"data\",\"sdl\"]")
        .contains("[\"data\",\"deposit\"]");
  }

  @Test
  void refusesBodiesThatAreNotJson(RunningBerth.Town town) {
    Answer answer = town.user().api().postText("/v1/deployments", "{");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().get("message").asString()).isEqualTo("Malformed JSON in request body");
  }

  @Test
  void refusesADseqThatIsNone(RunningBerth.Town town) {
    Answer answer = town.user().api().get("/v1/deployments/abc123");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.data().get(0).get("path").toString()).isEqualTo("[\"dseq\"]");
  }

  @Test
  void refusesABidThatDoesNotExist(RunningBerth.Town town) {
    User ann = town.user();
    String dseq = create(ann);
    Answer answer = ann.api().post("/v1/leases", lease(dseq, town.berth().fundingAddress()));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().get("message").asString()).contains("Cannot create lease");
    assertThat(ann.api().delete("/v1/deployments/" + dseq).status()).isEqualTo(200);
  }

  @Test
  void tellsBeforehandThatResourcesCannotChange(RunningBerth.Town town) {
    User ann = town.user();
    String dseq = create(ann);
    Answer answer =
        ann.api()
            .send(
                "PUT",
                "/v1/deployments/" + dseq,
                Map.of("data", Map.of("sdl", Sdls.small().replace("128Mi", "256Mi"))));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().get("message").asString())
        .startsWith("Resources cannot change while a deployment runs")
        .contains("group dcloud, resource 1: memory is");
    Answer invalid =
        ann.api()
            .send("PUT", "/v1/deployments/" + dseq, Map.of("data", Map.of("sdl", "just text")));
    assertThat(invalid.status()).isEqualTo(400);
    assertThat(invalid.body().get("message").asString()).startsWith("Invalid SDL: ");
    assertThat(ann.api().delete("/v1/deployments/" + dseq).status()).isEqualTo(200);
  }

  @Test
  void saysSoWhenTheChosenProviderIsDownAndHealsWhenAskedAgain(RunningBerth.Town town) {
    User ann = town.user();
    String dseq = create(ann);
    Answer bids = until(() -> ann.api().get("/v1/bids/" + dseq), found -> found.data().size() >= 2);
    JsonNode bid = bids.data().get(0).at("/bid/id");
    ProviderSimulator provider =
        town.berth().providers().stream()
            .filter(each -> each.address().equals(bid.get("provider").asString()))
            .findFirst()
            .orElseThrow();
    provider.persona(Persona.DOWN);
    try {
      Answer answer = ann.api().post("/v1/leases", lease(dseq, provider.address()));
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.body().get("retryable").asBoolean()).isTrue();
      assertThat(answer.body().get("message").asString())
          .isEqualTo("Provider " + provider.hostUri() + " is temporarily unavailable");

      Answer view = ann.api().get("/v1/deployments/" + dseq);
      assertThat(view.status()).isEqualTo(200);
      assertThat(view.data().at("/leases/0/status").isNull()).isTrue();
    } finally {
      provider.persona(Persona.NORMAL);
    }

    Answer retried = ann.api().post("/v1/leases", lease(dseq, provider.address()));
    assertThat(retried.status()).isEqualTo(200);
    assertThat(retried.data().get("leases")).hasSize(1);
    assertThat(ann.api().delete("/v1/deployments/" + dseq).status()).isEqualTo(200);
  }

  @Test
  void sendsNothingToAProviderWithAnotherCertificate(RunningBerth.Town town) {
    User ann = town.user();
    String dseq = create(ann);
    until(() -> ann.api().get("/v1/bids/" + dseq), found -> found.data().size() >= 2);
    ProviderSimulator provider = town.berth().providers().getFirst();
    provider.persona(Persona.WRONG_CERTIFICATE);
    try {
      Answer answer = ann.api().post("/v1/leases", lease(dseq, provider.address()));
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body().get("message").asString())
          .contains("certificate")
          .endsWith("The lease is given back; choose another bid");
    } finally {
      provider.persona(Persona.NORMAL);
    }
    assertThat(ann.api().delete("/v1/deployments/" + dseq).status()).isEqualTo(200);
  }

  private static String create(User user) {
    return user.api()
        .post("/v1/deployments", Sdls.create(Sdls.small(), 1))
        .data()
        .get("dseq")
        .asString();
  }

  private static Map<String, Object> lease(String dseq, String provider) {
    return Map.of(
        "leases", List.of(Map.of("dseq", dseq, "gseq", 1, "oseq", 1, "provider", provider)));
  }

  private static Coin balance(RunningBerth.Town town, User user) {
    try (NodeClient chain = Chain.of(town.berth())) {
      return chain.depositGrant(town.berth().fundingAddress(), user.address(), Coin.UACT);
    }
  }
}
