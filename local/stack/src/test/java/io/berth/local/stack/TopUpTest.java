package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.chain.NodeClient;
import io.berth.domain.akash.Coin;
import io.berth.local.gateway.InvocationResult;
import io.berth.local.stack.ApiClient.Answer;
import io.berth.local.stack.RunningBerth.User;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/** An operator's functions for users' money, on the running system. */
@ExtendWith(RunningBerth.class)
class TopUpTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static InvocationResult invoke(
      RunningBerth.Town town, String function, Map<String, String> event) {
    return town.berth().lambda().invoke(function, JSON.writeValueAsBytes(event));
  }

  private static Map<String, String> payment(User user, String uact) {
    return Map.of("userId", user.id(), "amountUact", uact, "reference", "payment-1");
  }

  private static Coin balance(RunningBerth.Town town, User user) {
    try (NodeClient chain = Chain.of(town.berth())) {
      return chain.depositGrant(town.berth().fundingAddress(), user.address(), Coin.UACT);
    }
  }

  @Test
  void aPaymentCountsOnceAndCanBeSpent(RunningBerth.Town town) {
    User ann = town.user(1_000_000);
    assertThat(ann.api().post("/v1/deployments", Sdls.create(Sdls.small(), 3)).status())
        .isEqualTo(402);

    InvocationResult first = invoke(town, "TopUpFunction", payment(ann, "4000000"));
    InvocationResult again = invoke(town, "TopUpFunction", payment(ann, "4000000"));

    assertThat(first.functionError()).isEmpty();
    assertThat(again.payload()).isEqualTo(first.payload());
    assertThat(balance(town, ann)).isEqualTo(Coin.uact(5_000_000));
    Answer created = ann.api().post("/v1/deployments", Sdls.create(Sdls.small(), 3));
    assertThat(created.status()).isEqualTo(201);
    String dseq = created.data().get("dseq").asString();
    assertThat(ann.api().delete("/v1/deployments/" + dseq).status()).isEqualTo(200);
    assertThat(balance(town, ann)).isEqualTo(Coin.uact(5_000_000));
  }

  @Test
  void anotherAmountUnderTheSameReferenceIsRefused(RunningBerth.Town town) {
    User ann = town.user();
    invoke(town, "TopUpFunction", payment(ann, "4000000"));

    InvocationResult refused = invoke(town, "TopUpFunction", payment(ann, "5000000"));

    assertThat(refused.functionError()).isPresent();
    assertThat(new String(refused.payload(), StandardCharsets.UTF_8)).contains("another amount");
    assertThat(balance(town, ann)).isEqualTo(Coin.uact(24_000_000));
  }

  /** Its errors are what the alarm counts. */
  @Test
  void theScheduleFailsAsLongAsSomebodysGrantsAreNotSettled(RunningBerth.Town town)
      throws IOException {
    User ann = town.user();
    HaltTest.Command halt = HaltTest.Command.thatSets("halted");
    InvocationResult settled;
    halt.run(town, ann.id(), true);
    try {
      InvocationResult paid = invoke(town, "TopUpFunction", payment(ann, "4000000"));
      assertThat(paid.functionError()).isPresent();
      settled = invoke(town, "SettleGrantsFunction", Map.of());
    } finally {
      halt.run(town, ann.id(), false);
    }

    assertThat(settled.functionError()).isPresent();
    assertThat(new String(settled.payload(), StandardCharsets.UTF_8))
        .contains("the grants of 1 users are not settled");
    assertThat(invoke(town, "SettleGrantsFunction", Map.of()).functionError()).isEmpty();
    assertThat(balance(town, ann)).isEqualTo(Coin.uact(24_000_000));
  }

  @Test
  void theScheduleSettlesAllUsersAndOthersOne(RunningBerth.Town town) {
    User ann = town.user();

    for (Map<String, String> event :
        List.of(Map.<String, String>of(), Map.of("userId", ann.id()))) {
      InvocationResult settled = invoke(town, "SettleGrantsFunction", event);
      assertThat(settled.functionError()).isEmpty();
    }
  }
}
