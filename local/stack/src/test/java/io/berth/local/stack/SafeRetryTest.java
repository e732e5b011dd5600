package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.chain.NodeClient;
import io.berth.domain.akash.Coin;
import io.berth.local.stack.ApiClient.Answer;
import io.berth.local.stack.RunningBerth.User;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requests repeated under one Idempotency-Key, as clients do that lost an answer. */
@ExtendWith(RunningBerth.class)
class SafeRetryTest {

  @Test
  void createsOneDeploymentHoweverOftenItIsAsked(RunningBerth.Town town) {
    User ann = town.user();
    ApiClient keyed = ann.api().withHeader("Idempotency-Key", "create-1");

    Answer first = keyed.post("/v1/deployments", Sdls.create(Sdls.small(), 1));
    Answer again = keyed.post("/v1/deployments", Sdls.create(Sdls.small(), 1));

    assertThat(first.status()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(first.headers()).doesNotContainKey("idempotent-replayed");
    assertThat(again.headers()).containsEntry("idempotent-replayed", "true");
    assertThat(ann.api().get("/v1/deployments").data().at("/pagination/total").asInt())
        .isEqualTo(1);
  }

  @Test
  void createsOneDeploymentForManyRequestsAtOnce(RunningBerth.Town town) throws Exception {
    User ann = town.user();
    ApiClient keyed = ann.api().withHeader("Idempotency-Key", "create-1");

    List<Answer> answers;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Answer>> requests =
          Collections.nCopies(8, () -> keyed.post("/v1/deployments", Sdls.create(Sdls.small(), 1)));
      answers = threads.invokeAll(requests).stream().map(Future::resultNow).toList();
    }

    assertThat(answers).extracting(Answer::status).containsOnly(201, 409);
    assertThat(ann.api().get("/v1/deployments").data().at("/pagination/total").asInt())
        .isEqualTo(1);
  }

  @Test
  void depositsOnceUnderOneKeyAndTwiceUnderTwo(RunningBerth.Town town) {
    User ann = town.user(20_000_000);
    String dseq =
        ann.api()
            .post("/v1/deployments", Sdls.create(Sdls.small(), 1))
            .data()
            .get("dseq")
            .asString();
    Map<String, Object> deposit = Map.of("data", Map.of("dseq", dseq, "deposit", 2));

    for (String key : List.of("one", "one", "two")) {
      Answer answer =
          ann.api().withHeader("Idempotency-Key", key).post("/v1/deposit-deployment", deposit);
      assertThat(answer.status()).isEqualTo(200);
    }

    try (NodeClient chain = Chain.of(town.berth())) {
      assertThat(chain.depositGrant(town.berth().fundingAddress(), ann.address(), Coin.UACT))
          .isEqualTo(Coin.uact(15_000_000));
    }
  }

  @Test
  void refusesAKeyThatWasUsedForSomethingElse(RunningBerth.Town town) {
    User ann = town.user();
    ApiClient keyed = ann.api().withHeader("Idempotency-Key", "create-1");
    keyed.post("/v1/deployments", Sdls.create(Sdls.small(), 1));

    Answer other = keyed.post("/v1/deployments", Sdls.create(Sdls.small(), 2));

    assertThat(other.status()).isEqualTo(422);
    assertThat(other.body().get("code").asString()).isEqualTo("idempotency_key_reused");
    User ben = town.user();
    assertThat(
            ben.api()
                .withHeader("Idempotency-Key", "create-1")
                .post("/v1/deployments", Sdls.create(Sdls.small(), 2))
                .status())
        .isEqualTo(201);
  }
}
