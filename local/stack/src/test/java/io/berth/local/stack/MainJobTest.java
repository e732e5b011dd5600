package io.berth.local.stack;

import static io.berth.local.stack.Leased.choice;
import static io.berth.local.stack.RunningBerth.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.chain.NodeClient;
import io.berth.domain.akash.Coin;
import io.berth.domain.akash.Deployment;
import io.berth.domain.akash.DeploymentId;
import io.berth.local.stack.ApiClient.Answer;
import io.berth.local.stack.RunningBerth.User;
import io.berth.sdl.Layout;
import io.berth.sdl.Sdl;
import io.berth.sdl.SdlOptions;
import io.berth.sdl.SdlResult;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** The main job as a user does it, and what it leaves on the chain. */
@ExtendWith(RunningBerth.class)
class MainJobTest {

  @Test
  void goesFromAnSdlToARunningWorkloadAndBack(RunningBerth.Town town) {
    User ann = town.user(20_000_000);
    try (NodeClient chain = Chain.of(town.berth())) {
      String funding = town.berth().fundingAddress();

      // Create: on the chain with the SDL's groups and hash, and the deposit in escrow.
      Answer created = ann.api().post("/v1/deployments", Sdls.create(Sdls.example(), 5));
      assertThat(created.status()).isEqualTo(201);
      String dseq = created.data().get("dseq").asString();
      SdlResult.Valid expected =
          (SdlResult.Valid) Sdl.plan(Sdls.example(), SdlOptions.asWritten(Layout.GO));
      assertThat(created.data().get("manifest").asString()).isEqualTo(expected.plan().manifest());
      assertThat(created.data().at("/signTx/code").asInt()).isZero();
      assertThat(created.data().at("/signTx/transactionHash").asString()).matches("[0-9A-F]{64}");
      Deployment onChain =
          chain.deployment(new DeploymentId(ann.address(), Long.parseLong(dseq))).orElseThrow();
      assertThat(onChain.state()).isEqualTo(Deployment.State.ACTIVE);
      assertThat(onChain.hash().hex()).isEqualTo(expected.plan().hash());
      assertThat(onChain.groups()).extracting("spec").isEqualTo(expected.plan().groups());
      assertThat(onChain.escrow().funds().getFirst().amount())
          .isEqualByComparingTo(new BigDecimal(5_000_000));
      assertThat(chain.depositGrant(funding, ann.address(), Coin.UACT))
          .isEqualTo(Coin.uact(15_000_000));

      // Bids of at least two providers.
      Answer bids =
          until(() -> ann.api().get("/v1/bids/" + dseq), found -> found.data().size() >= 2);
      Set<String> providers = new HashSet<>();
      bids.data().forEach(bid -> providers.add(bid.at("/bid/id/provider").asString()));
      assertThat(providers).hasSizeGreaterThanOrEqualTo(2);
      JsonNode bid = bids.data().get(0).get("bid");
      assertThat(bid.get("state").asString()).isEqualTo("open");
      assertThat(ann.api().get("/v1/bids?dseq=" + dseq).data()).isEqualTo(bids.data());

      // Lease: on the chain, and the provider verified and took the manifest.
      Answer leased =
          ann.api().post("/v1/leases", Map.of("leases", List.of(choice(bid.get("id")))));
      assertThat(leased.status()).isEqualTo(200);
      assertThat(leased.data().at("/leases/0/state").asString()).isEqualTo("active");
      assertThat(leased.data().at("/leases/0/id/provider"))
          .isEqualTo(bid.get("id").get("provider"));

      // It runs: URIs, ready replicas, and rent flowing out of the escrow.
      Answer running =
          until(
              () -> ann.api().get("/v1/deployments/" + dseq),
              answer -> readyReplicas(answer, "web") == 2 && readyReplicas(answer, "cache") == 1);
      assertThat(running.data().at("/leases/0/status/services/web/uris").size()).isPositive();
      assertThat(running.data().at("/leases/0/status/forwarded_ports/web/0/port").asInt())
          .isEqualTo(9100);
      assertThat(running.data().at("/escrow_account/state/state").asString()).isEqualTo("open");

      // The list shows it.
      Answer listed = ann.api().get("/v1/deployments");
      assertThat(listed.data().at("/deployments/0/deployment/id/dseq").asString()).isEqualTo(dseq);
      assertThat(listed.data().at("/pagination/total").asInt()).isEqualTo(1);

      // Close: gone from the list, and the rest of the deposit is back; only rent is missing.
      Answer closed = ann.api().delete("/v1/deployments/" + dseq);
      assertThat(closed.status()).isEqualTo(200);
      assertThat(closed.data().get("success").asBoolean()).isTrue();
      assertThat(ann.api().delete("/v1/deployments/" + dseq).status()).isEqualTo(200);
      assertThat(ann.api().get("/v1/deployments").data().get("deployments")).isEmpty();
      Answer after = ann.api().get("/v1/deployments/" + dseq);
      assertThat(after.data().at("/deployment/state").asString()).isEqualTo("closed");
      BigDecimal rent =
          new BigDecimal(after.data().at("/escrow_account/state/transferred/0/amount").asString());
      assertThat(rent).isPositive();
      assertThat(new BigDecimal(chain.depositGrant(funding, ann.address(), Coin.UACT).amount()))
          .isEqualByComparingTo(new BigDecimal(20_000_000).subtract(rent));
    }
  }

  @Test
  void takesAep63sArrayOfLeasesToo(RunningBerth.Town town) {
    User ann = town.user();
    String dseq =
        ann.api()
            .post("/v1/deployments", Sdls.create(Sdls.small(), 1))
            .data()
            .get("dseq")
            .asString();
    Answer bids = until(() -> ann.api().get("/v1/bids/" + dseq), found -> !found.data().isEmpty());
    JsonNode id = bids.data().get(0).at("/bid/id");

    Answer leased =
        ann.api()
            .post(
                "/v1/leases",
                List.of(
                    Map.of(
                        "sdl",
                        Sdls.small(),
                        "dseq",
                        dseq,
                        "gseq",
                        1,
                        "provider",
                        id.get("provider").asString())));
    assertThat(leased.status()).isEqualTo(200);

    // The same call again hires nobody twice.
    Answer again = ann.api().post("/v1/leases", Map.of("leases", List.of(choice(id))));
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.data().get("leases")).hasSize(1);
    assertThat(ann.api().delete("/v1/deployments/" + dseq).status()).isEqualTo(200);
  }

  @Test
  void updatesTheManifestOfARunningDeploymentAndAddsToItsEscrow(RunningBerth.Town town) {
    User ann = town.user();
    String dseq =
        ann.api()
            .post("/v1/deployments", Sdls.create(Sdls.small(), 1))
            .data()
            .get("dseq")
            .asString();
    Answer bids = until(() -> ann.api().get("/v1/bids/" + dseq), found -> !found.data().isEmpty());
    ann.api()
        .post("/v1/leases", Map.of("leases", List.of(choice(bids.data().get(0).at("/bid/id")))));

    String renewed = Sdls.small().replace("nginx:1.27", "nginx:1.28");
    Answer updated =
        ann.api().send("PUT", "/v1/deployments/" + dseq, Map.of("data", Map.of("sdl", renewed)));
    assertThat(updated.status()).isEqualTo(200);
    SdlResult.Valid plan = (SdlResult.Valid) Sdl.plan(renewed, SdlOptions.asWritten(Layout.GO));
    assertThat(updated.data().at("/deployment/hash").asString())
        .isEqualTo(io.berth.domain.Bytes.ofHex(plan.plan().hash()).base64());

    Answer back =
        ann.api()
            .send("PUT", "/v1/deployments/" + dseq, Map.of("data", Map.of("sdl", Sdls.small())));
    assertThat(back.status()).isEqualTo(200);
    assertThat(back.data().at("/deployment/hash"))
        .isNotEqualTo(updated.data().at("/deployment/hash"));

    Answer deposited =
        ann.api()
            .post("/v1/deposit-deployment", Map.of("data", Map.of("dseq", dseq, "deposit", 0.5)));
    assertThat(deposited.status()).isEqualTo(200);
    assertThat(deposited.data().at("/escrow_account/state/deposits").size()).isEqualTo(2);
    assertThat(ann.api().delete("/v1/deployments/" + dseq).status()).isEqualTo(200);
  }

  private static int readyReplicas(Answer deployment, String service) {
    return deployment
        .data()
        .at("/leases/0/status/services/" + service + "/ready_replicas")
        .asInt(0);
  }
}
