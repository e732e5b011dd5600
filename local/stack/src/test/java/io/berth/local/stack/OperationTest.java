package io.berth.local.stack;

import static io.berth.local.stack.Followed.state;
import static io.berth.local.stack.Followed.steps;
import static io.berth.local.stack.Leased.choice;
import static io.berth.local.stack.RunningBerth.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.akash.Deployment;
import io.berth.local.gateway.InvocationResult;
import io.berth.local.stack.ApiClient.Answer;
import io.berth.runtime.Settings;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.sfn.SfnClient;
import tools.jackson.databind.JsonNode;

/** Operations as users follow them and operators see them. */
@ExtendWith(RunningBerth.class)
class OperationTest {
  private static final long CREDIT = 20_000_000;

  @Test
  void tellsEveryStepOfADeploymentWhoseOwnerChooses(RunningBerth.Town town) {
    Followed deployment = Followed.byOwner(town, town.user(CREDIT), Sdls.small());
    ApiClient api = deployment.user().api();

    Answer asking =
        until(
            deployment::operation,
            answer -> answer.data().path("step").asString("").equals("choose_bids"));
    assertThat(state(asking)).isEqualTo("running");
    assertThat(asking.data().get("dseq").asString()).isEqualTo(deployment.dseq());
    assertThat(asking.data().get("deadline").asString()).isNotEmpty();
    assertThat(deployment.deployment().data().at("/operation/step").asString())
        .isEqualTo("choose_bids");

    JsonNode bid =
        until(() -> api.get("/v1/bids/" + deployment.dseq()), found -> !found.data().isEmpty())
            .data()
            .get(0)
            .at("/bid/id");
    Answer leased = api.post("/v1/leases", Map.of("leases", List.of(choice(bid))));
    assertThat(leased.status()).as(leased.toString()).isEqualTo(200);

    Answer operation = deployment.end();
    assertThat(state(operation)).isEqualTo("succeeded");
    assertThat(operation.data().has("deadline")).isFalse();
    assertThat(steps(operation))
        .containsExactly(
            "create_deployment", "choose_bids", "create_leases", "send_manifests", "await_ready");
    deployment.close();
  }

  @Test
  void closingTheDeploymentCancelsIt(RunningBerth.Town town) {
    Followed deployment = Followed.byOwner(town, town.user(CREDIT), Sdls.small());

    deployment.close();

    Answer operation = deployment.end();
    assertThat(state(operation)).isEqualTo("cancelled");
    assertThat(operation.data().has("problem")).isFalse();
    assertThat(deployment.onChain().state()).isEqualTo(Deployment.State.CLOSED);
    assertThat(deployment.leases()).isEmpty();
    assertThat(deployment.credit()).isEqualByComparingTo(new BigDecimal(CREDIT));
  }

  @Test
  void answersWhoeverWaitsOnceItEnds(RunningBerth.Town town) {
    Followed deployment = Followed.byOwner(town, town.user(CREDIT), Sdls.small());
    assertThat(state(deployment.operation("?wait=1"))).isEqualTo("running");

    long begun = System.nanoTime();
    CompletableFuture<Answer> waiting =
        CompletableFuture.supplyAsync(() -> deployment.operation("?wait=20"));
    deployment.close();

    assertThat(state(waiting.join())).isEqualTo("cancelled");
    assertThat(System.nanoTime() - begun).isLessThan(15_000_000_000L);
  }

  @Test
  void refusesToWaitLongerThanAnAnswerMayTake(RunningBerth.Town town) {
    Answer refused = town.shared().api().get("/v1/operations/any?wait=21");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().toString()).contains("wait");
  }

  @Test
  void nobodySeesAnothersOperationOrOneThatIsNot(RunningBerth.Town town) {
    Followed deployment = Followed.byOwner(town, town.user(CREDIT), Sdls.small());
    ApiClient other = town.user().api();

    Answer others = other.get("/v1/operations/" + deployment.operationId());
    Answer none = other.get("/v1/operations/" + UUID.randomUUID());

    assertThat(others.status()).isEqualTo(404);
    assertThat(none.status()).isEqualTo(404);
    assertThat(others.body().get("message")).isEqualTo(none.body().get("message"));
    deployment.close();
  }

  @Test
  void operatorsSeeWhereItIs(RunningBerth.Town town) {
    Followed deployment = Followed.byOwner(town, town.user(CREDIT), Sdls.small());
    ApiClient browser = new ApiClient(town.berth().url(), Optional.empty());

    Answer list = browser.get("/_local/executions");
    Answer page = browser.get("/_local/executions/" + deployment.operationId());

    assertThat(list.status()).isEqualTo(200);
    assertThat(list.body().asString()).contains(deployment.operationId());
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body().asString())
        .contains(deployment.operationId(), "Await owner's choice".replace("'", "&#39;"), "<svg")
        .doesNotContain(Sdls.small(), deployment.user().apiKey());
    deployment.close();
  }

  /** As when an operator stops one in the console: nothing is left half done. */
  @Test
  void theSweeperClosesWhatAStoppedExecutionLeaves(RunningBerth.Town town) {
    Followed deployment = Followed.byOwner(town, town.user(CREDIT), Sdls.small());
    stop(town, deployment);
    assertThat(state(deployment.operation())).isEqualTo("running");

    Answer operation =
        until(() -> swept(town, deployment), answer -> !state(answer).equals("running"));

    assertThat(state(operation)).isEqualTo("failed");
    assertThat(operation.data().at("/problem/code").asString()).isEqualTo("internal_error");
    assertThat(deployment.onChain().state()).isEqualTo(Deployment.State.CLOSED);
    assertThat(deployment.credit()).isEqualByComparingTo(new BigDecimal(CREDIT));
  }

  private static void stop(RunningBerth.Town town, Followed deployment) {
    String execution =
        Settings.require("BERTH_STATE_MACHINE")
                .replace(":stateMachine:", ":execution:")
                .replaceFirst("live$", "")
            + deployment.operationId();
    try (SfnClient sfn =
        SfnClient.builder().endpointOverride(town.berth().aws().endpoint()).build()) {
      sfn.stopExecution(stop -> stop.executionArn(execution));
    }
  }

  /** The operation after the sweeper heard, as EventBridge tells it, that its execution ended. */
  private static Answer swept(RunningBerth.Town town, Followed deployment) {
    String event =
        """
        {"source": "aws.states", "detail": {"name": "%s", "status": "ABORTED"}}
        """
            .formatted(deployment.operationId());
    InvocationResult result =
        town.berth().lambda().invoke("SweepFunction", event.getBytes(StandardCharsets.UTF_8));
    assertThat(result.functionError()).isEmpty();
    return deployment.operation();
  }
}
