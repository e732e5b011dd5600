package io.berth.local.stack;

import static io.berth.local.stack.Followed.state;
import static io.berth.local.stack.Followed.steps;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.akash.Deployment;
import io.berth.domain.akash.Lease;
import io.berth.local.providers.Persona;
import io.berth.local.providers.ProviderSimulator;
import io.berth.local.stack.ApiClient.Answer;
import io.berth.local.stack.RunningBerth.User;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From an SDL to a running workload by rules, in one call; and what is left when that fails. */
@ExtendWith(RunningBerth.class)
class OneCallDeployTest {
  private static final long CREDIT = 20_000_000;

  /** Both providers are waited for, but not for long. */
  private static final Map<String, Object> CHEAPEST =
      Map.of("strategy", "cheapest", "minBids", 2, "waitSeconds", 5);

  private RunningBerth.Town town;
  private User ann;
  private ProviderSimulator alder;
  private ProviderSimulator birch;

  @BeforeEach
  void meet(RunningBerth.Town running) {
    town = running;
    ann = town.user(CREDIT);
    alder = town.berth().providers().getFirst();
    birch = town.berth().providers().getLast();
  }

  @AfterEach
  void behave() {
    town.berth().providers().forEach(provider -> provider.persona(Persona.NORMAL));
  }

  @Test
  void takesAnSdlToARunningWorkloadInOneCall() {
    Answer begun = create(ann.api(), CHEAPEST);

    assertThat(begun.status()).as(begun.toString()).isEqualTo(201);
    assertThat(begun.data().at("/signTx/code").asInt()).isZero();
    assertThat(begun.data().at("/operation/state").asString()).isEqualTo("running");
    Followed deployment = Followed.of(town, ann, begun);
    Answer operation = deployment.end();
    assertThat(state(operation)).as(operation.toString()).isEqualTo("succeeded");
    assertThat(operation.data().at("/result/ready").asBoolean()).isTrue();
    assertThat(operation.data().get("warnings")).isEmpty();
    assertThat(operation.data().has("problem")).isFalse();
    assertThat(steps(operation))
        .containsExactly(
            "create_deployment", "choose_bids", "create_leases", "send_manifests", "await_ready");
    assertThat(operation.data().get("steps"))
        .allSatisfy(step -> assertThat(step.get("endedAt").asString()).isNotEmpty());
    // Alder asks less, and shows what only a provider with the manifest can.
    Answer shown = deployment.deployment();
    assertThat(shown.data().at("/operation/state").asString()).isEqualTo("succeeded");
    assertThat(shown.data().at("/leases/0/state").asString()).isEqualTo("active");
    assertThat(shown.data().at("/leases/0/id/provider").asString()).isEqualTo(alder.address());
    assertThat(shown.data().at("/leases/0/status/services/web/ready_replicas").asInt())
        .isEqualTo(1);
    deployment.close();
    assertThat(state(deployment.operation())).isEqualTo("succeeded");
  }

  @Test
  void answersAtOnceWhoeverPrefersNotToWait() {
    ApiClient hurried =
        ann.api().withHeader("Prefer", "respond-async").withHeader("Idempotency-Key", "hurried");
    Answer begun = create(hurried, CHEAPEST);

    assertThat(begun.status()).as(begun.toString()).isEqualTo(202);
    assertThat(begun.headers()).containsEntry("preference-applied", "respond-async");
    assertThat(begun.data().at("/operation/state").asString()).isEqualTo("running");
    assertThat(begun.data().has("signTx")).isFalse();
    Followed deployment = Followed.of(town, ann, begun);
    assertThat(begun.headers())
        .containsEntry("location", "/v1/operations/" + deployment.operationId());
    assertThat(state(deployment.end())).isEqualTo("succeeded");
    Answer again = create(hurried, CHEAPEST);
    assertThat(again.status()).as("it is over: nothing to wait for").isEqualTo(201);
    assertThat(again.data().at("/operation/state").asString()).isEqualTo("succeeded");
    deployment.close();
  }

  @Test
  void theSameCallAgainIsTheSameDeployment() {
    ApiClient client = ann.api().withHeader("Idempotency-Key", "once");

    Followed first = Followed.of(town, ann, create(client, CHEAPEST));
    Followed second = Followed.of(town, ann, create(client, CHEAPEST));

    assertThat(second).isEqualTo(first);
    assertThat(state(first.end())).isEqualTo("succeeded");
    assertThat(first.leases()).hasSize(1);
    first.close();
  }

  @Test
  void oneSdlEndsInLeasesOfTwoProviders() {
    Followed deployment =
        Followed.byRules(town, ann, westBy("birch"), Map.of("strategy", "first", "waitSeconds", 5));

    Answer operation = deployment.end();

    assertThat(state(operation)).as(operation.toString()).isEqualTo("succeeded");
    Answer shown = deployment.deployment();
    assertThat(shown.data().get("leases"))
        .hasSize(2)
        .allSatisfy(lease -> assertThat(lease.get("state").asString()).isEqualTo("active"));
    assertThat(deployment.leases())
        .filteredOn(lease -> lease.id().order().gseq() == 2)
        .extracting(lease -> lease.id().provider())
        .containsExactly(birch.address());
    assertThat(deployment.onChain().state()).isEqualTo(Deployment.State.ACTIVE);
    deployment.close();
  }

  @Test
  void noAcceptableBidEndsWithTheReasonOfEachAndNothingSpent() {
    Followed deployment =
        Followed.byRules(
            town,
            ann,
            Sdls.small(),
            Map.of(
                "strategy",
                "cheapest",
                "waitSeconds",
                3,
                "excludeProviders",
                List.of(alder.address()),
                "maxPricePerBlock",
                0.000001));

    Answer operation = deployment.end();

    assertThat(state(operation)).isEqualTo("failed");
    assertThat(operation.data().at("/problem/code").asString()).isEqualTo("no_acceptable_bid");
    assertThat(operation.data().at("/problem/message").asString())
        .contains("group 1")
        .containsPattern(alder.address() + " for [0-9.]+ uact per block: .* excludeProviders")
        .containsPattern(birch.address() + " for [0-9.]+ uact per block: .* maxPricePerBlock");
    assertThat(steps(operation))
        .containsExactly("create_deployment", "choose_bids", "close_deployment");
    assertNothingSpent(deployment);
  }

  /** Else one group would be paid for alone. */
  @Test
  void aGroupWithoutBidFailsTheWholeAndNothingIsLeased() {
    Followed deployment =
        Followed.byRules(
            town, ann, westBy("nobody"), Map.of("strategy", "first", "waitSeconds", 3));

    Answer operation = deployment.end();

    assertThat(state(operation)).isEqualTo("failed");
    assertThat(operation.data().at("/problem/message").asString())
        .isEqualTo("No acceptable bid on group 2: no provider bid");
    assertNothingSpent(deployment);
  }

  @Test
  void aProviderThatRefusesTheManifestIsReplacedByTheNextBid() {
    alder.persona(Persona.MANIFEST_REFUSING);

    Followed deployment = Followed.byRules(town, ann, Sdls.small(), CHEAPEST);
    Answer operation = deployment.end();

    assertThat(state(operation)).as(operation.toString()).isEqualTo("succeeded");
    assertThat(steps(operation))
        .containsExactly(
            "create_deployment",
            "choose_bids",
            "create_leases",
            "send_manifests",
            "release_leases",
            "choose_bids",
            "create_leases",
            "send_manifests",
            "await_ready");
    assertThat(deployment.leases())
        .filteredOn(Lease::isActive)
        .extracting(lease -> lease.id().provider())
        .containsExactly(birch.address());
    assertThat(deployment.leases()).hasSize(2);
    deployment.close();
  }

  @Test
  void aSecondRefusalClosesTheDeploymentAndOnlyRentIsGone() {
    alder.persona(Persona.MANIFEST_REFUSING);
    birch.persona(Persona.MANIFEST_REFUSING);

    Followed deployment = Followed.byRules(town, ann, Sdls.small(), CHEAPEST);
    Answer operation = deployment.end();

    assertThat(state(operation)).isEqualTo("failed");
    assertThat(operation.data().at("/problem/code").asString()).isEqualTo("manifest_refused");
    assertThat(steps(operation)).endsWith("send_manifests", "close_deployment");
    assertThat(deployment.onChain().state()).isEqualTo(Deployment.State.CLOSED);
    assertThat(deployment.leases()).hasSize(2).noneMatch(Lease::isActive);
    assertThat(deployment.rent()).isPositive();
    assertThat(deployment.credit())
        .isEqualByComparingTo(new BigDecimal(CREDIT).subtract(deployment.rent()));
  }

  private void assertNothingSpent(Followed deployment) {
    assertThat(deployment.onChain().state()).isEqualTo(Deployment.State.CLOSED);
    assertThat(deployment.leases()).isEmpty();
    assertThat(deployment.credit()).isEqualByComparingTo(new BigDecimal(CREDIT));
    Answer shown = deployment.deployment();
    assertThat(shown.data().at("/deployment/state").asString()).isEqualTo("closed");
    assertThat(shown.data().at("/operation/state").asString()).isEqualTo("failed");
  }

  private static Answer create(ApiClient client, Map<String, Object> bidSelection) {
    return client.post(
        "/v1/deployments",
        Map.of("data", Map.of("sdl", Sdls.small(), "deposit", 1, "bidSelection", bidSelection)));
  }

  /** Two groups, of which the second is only for providers of an organization. */
  private static String westBy(String organization) {
    return Sdls.twoGroups()
        .replace(
            "    west: *east\n",
            """
                west:
                  attributes: {organization: %s}
                  pricing:
                    small: {denom: uact, amount: 1000}
            """
                .formatted(organization));
  }
}
