package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.chain.Messages;
import io.berth.domain.Bytes;
import io.berth.domain.akash.ChainMessage;
import io.berth.domain.akash.Coin;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.deployment.SdlPolicy;
import io.berth.local.stack.ApiClient.Answer;
import io.berth.local.stack.RunningBerth.User;
import io.berth.sdl.DeploymentPlan;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Messages that clients put together themselves (console-contract.md §1.7, §8). */
@ExtendWith(RunningBerth.class)
class OwnTransactionTest {

  @Test
  void createsDepositsAndClosesWithTheUsersOwnMessages(RunningBerth.Town town) {
    User ann = town.user(10_000_000);
    DeploymentId id = new DeploymentId(ann.address(), 7);
    Answer created = submit(ann, ann.id(), creation(id, 1_000_000), deposit(ann, id, 500_000));

    assertThat(created.status()).as(created.toString()).isEqualTo(200);
    assertThat(created.data().get("code").asInt()).isZero();
    assertThat(created.data().get("transactionHash").asString()).matches("[0-9A-F]{64}");
    JsonNode view = ann.api().get("/v1/deployments/7").data();
    assertThat(view.at("/deployment/state").asString()).isEqualTo("active");
    assertThat(balance(ann)).isEqualTo(8_500_000);
    assertThat(submit(ann, ann.id(), new ChainMessage.CloseDeployment(id)).status()).isEqualTo(200);
    assertThat(balance(ann)).isEqualTo(10_000_000);
  }

  @Test
  void sendsOnceHoweverOftenItIsRepeatedUnderOneKey(RunningBerth.Town town) {
    User ann = town.user(10_000_000);
    DeploymentId id = new DeploymentId(ann.address(), 8);
    submit(ann, ann.id(), creation(id, 1_000_000));
    User keyed =
        new User(
            ann.id(), ann.address(), ann.apiKey(), ann.api().withHeader("Idempotency-Key", "k"));

    Answer first = submit(keyed, ann.id(), deposit(ann, id, 500_000));
    Answer second = submit(keyed, ann.id(), deposit(ann, id, 500_000));
    assertThat(second.data()).isEqualTo(first.data());
    assertThat(second.headers()).containsEntry("idempotent-replayed", "true");
    assertThat(balance(ann)).isEqualTo(8_500_000);
    assertThat(submit(keyed, ann.id(), deposit(ann, id, 600_000)).status()).isEqualTo(422);
    submit(ann, ann.id(), new ChainMessage.CloseDeployment(id));
  }

  @Test
  void saysBeforehandThatTheBalanceDoesNotCoverTheDeposits(RunningBerth.Town town) {
    User ann = town.user(10_000_000);
    DeploymentId id = new DeploymentId(ann.address(), 9);
    Answer answer = submit(ann, ann.id(), creation(id, 9_000_000), deposit(ann, id, 1_000_001));

    assertThat(answer.status()).isEqualTo(402);
    assertThat(answer.body().get("message").asString())
        .isEqualTo(
            "Not enough balance to cover the deployment deposit. Add credits or turn on auto"
                + " recharge to continue.");
    assertThat(balance(ann)).isEqualTo(10_000_000);
  }

  @Test
  void neitherActsForOthersNorSendsWhatItDoesNotKnow(RunningBerth.Town town) {
    User ann = town.user();
    User bob = town.user();
    DeploymentId anns = new DeploymentId(ann.address(), 10);

    Answer foreignActor = submit(bob, bob.id(), new ChainMessage.CloseDeployment(anns));
    assertThat(foreignActor.status()).isEqualTo(403);
    Answer foreignDeployment = submit(bob, bob.id(), deposit(bob, anns, 500_000));
    assertThat(foreignDeployment.status()).isEqualTo(403);
    Answer foreignUser = submit(bob, ann.id(), new ChainMessage.CloseDeployment(anns));
    assertThat(foreignUser.status()).isEqualTo(404);
    assertThat(foreignUser.body().get("message").asString()).isEqualTo("UserWallet Not Found");

    for (ChainMessage never :
        List.<ChainMessage>of(
            new ChainMessage.GrantDeposits(
                bob.address(), ann.address(), Coin.uact(1), Optional.empty()),
            new ChainMessage.RevokeCertificate(bob.address(), "1"))) {
      Answer refused = submit(bob, bob.id(), never);
      assertThat(refused.status()).as(never.toString()).isEqualTo(400);
      assertThat(refused.body().at("/data/0/pointer").asString())
          .isEqualTo("/data/messages/0/typeUrl");
    }
    Answer nonsense =
        bob.api()
            .post(
                "/v1/tx",
                Map.of(
                    "data",
                    Map.of(
                        "userId",
                        bob.id(),
                        "messages",
                        List.of(
                            Map.of(
                                "typeUrl",
                                "/akash.market.v1beta5.MsgCreateLease",
                                "value",
                                "bm9uc2Vuc2U=")))));
    assertThat(nonsense.status()).isEqualTo(400);
    assertThat(nonsense.body().at("/data/0/message").asString())
        .contains("Message 0")
        .contains("MsgCreateLease");
    assertThat(
            bob.api()
                .post("/v1/tx", Map.of("data", Map.of("userId", bob.id(), "messages", List.of())))
                .status())
        .isEqualTo(400);
  }

  static Answer submit(User user, String userId, ChainMessage... messages) {
    List<Map<String, String>> encoded =
        Arrays.stream(messages)
            .map(Messages::encode)
            .map(
                any ->
                    Map.of(
                        "typeUrl",
                        any.getTypeUrl(),
                        "value",
                        Base64.getEncoder().encodeToString(any.getValue().toByteArray())))
            .toList();
    return user.api().post("/v1/tx", Map.of("data", Map.of("userId", userId, "messages", encoded)));
  }

  static ChainMessage creation(DeploymentId id, long depositUact) {
    DeploymentPlan plan = new SdlPolicy(List.of()).plan(Sdls.small());
    return new ChainMessage.CreateDeployment(
        id,
        plan.groups(),
        Bytes.ofHex(plan.hash()),
        Coin.uact(depositUact),
        plan.reclamationWindow());
  }

  private static ChainMessage deposit(User user, DeploymentId id, long uact) {
    return new ChainMessage.AccountDeposit(user.address(), id, Coin.uact(uact));
  }

  private static long balance(User user) {
    return user.api().get("/v1/balances").data().get("balance").asLong();
  }
}
