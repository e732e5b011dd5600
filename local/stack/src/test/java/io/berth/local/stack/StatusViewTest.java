package io.berth.local.stack;

import static io.berth.local.stack.OwnTransactionTest.creation;
import static io.berth.local.stack.OwnTransactionTest.submit;
import static io.berth.local.stack.RunningBerth.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.akash.BidId;
import io.berth.domain.akash.ChainMessage;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.akash.OrderId;
import io.berth.local.providers.Persona;
import io.berth.local.providers.ProviderSimulator;
import io.berth.local.stack.ApiClient.Answer;
import io.berth.local.stack.RunningBerth.User;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The status of leases over HTTP, whatever providers do. */
@ExtendWith(RunningBerth.class)
class StatusViewTest {

  @Test
  void showsTheLastStatusAndItsAgeWhileAProviderHangs(RunningBerth.Town town) {
    ProviderSimulator east = town.berth().providers().get(0);
    ProviderSimulator west = town.berth().providers().get(1);
    Leased leased = Leased.with(town.user(), Sdls.twoGroups(), List.of(east, west));
    Answer ready =
        until(
            () -> leased.get(""), answer -> isReady(answer, 0, "web") && isReady(answer, 1, "db"));
    assertThat(ready.data().at("/leases/0").has("statusError")).isFalse();

    west.persona(Persona.SLOW);
    try {
      String last = ready.data().at("/leases/1/statusAt").asString();
      Answer old =
          until(
              () -> quick(leased),
              answer ->
                  answer.data().at("/leases/1/statusAge").asInt() >= 2
                      && answer.data().at("/leases/0/statusAge").asInt() < 2);
      assertThat(old.data().at("/leases/1/status/services/db/ready_replicas").asInt()).isEqualTo(1);
      assertThat(Instant.parse(old.data().at("/leases/1/statusAt").asString()))
          .isAfterOrEqualTo(Instant.parse(last));

      Answer told =
          until(() -> quick(leased), answer -> answer.data().at("/leases/1").has("statusError"));
      assertThat(told.data().at("/leases/1/statusError").asString())
          .isEqualTo("no whole answer in time");
      assertThat(told.data().at("/leases/1/status").isObject()).isTrue();

      Answer listed = leased.user().api().get("/v1/deployments");
      assertThat(
              listed
                  .data()
                  .at("/deployments/0/leases/0/status/services/web/ready_replicas")
                  .asInt())
          .isEqualTo(1);
    } finally {
      west.persona(Persona.NORMAL);
    }
    Answer _ =
        until(() -> leased.get(""), answer -> !answer.data().at("/leases/1").has("statusError"));
    leased.close();
    assertThat(leased.get("").data().at("/leases/0/status").isNull()).isTrue();
  }

  /** Berth itself asks as soon as it can, so the user takes the lease without it. */
  @Test
  void doesNotWaitForAProviderThatHasNeverAnswered(RunningBerth.Town town) {
    User ann = town.user();
    ProviderSimulator provider = town.berth().providers().getFirst();
    DeploymentId id = new DeploymentId(ann.address(), 11);
    Answer created = submit(ann, ann.id(), creation(id, 1_000_000));
    assertThat(created.status()).as(created.toString()).isEqualTo(200);
    Leased leased = new Leased(ann, "11");
    BidId bid = new BidId(new OrderId(ann.address(), 11, 1, 1), provider.address(), 0);
    Answer _ =
        until(
            () -> ann.api().get("/v1/bids/11"),
            bids -> bids.data().toString().contains(provider.address()));
    assertThat(submit(ann, ann.id(), new ChainMessage.CreateLease(bid)).status()).isEqualTo(200);

    provider.persona(Persona.SLOW);
    try {
      Answer answer = quick(leased);

      assertThat(answer.data().at("/leases/0/state").asString()).isEqualTo("active");
      assertThat(answer.data().at("/leases/0/status").isNull()).isTrue();
      assertThat(answer.data().at("/leases/0/statusError").asString())
          .isEqualTo("the provider has not answered yet");
    } finally {
      provider.persona(Persona.NORMAL);
    }
    leased.close();
  }

  private static Answer quick(Leased leased) {
    long start = System.nanoTime();
    Answer answer = leased.get("");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    return answer;
  }

  private static boolean isReady(Answer deployment, int lease, String service) {
    return deployment
            .data()
            .at("/leases/" + lease + "/status/services/" + service + "/ready_replicas")
            .asInt(0)
        == 1;
  }
}
