package io.berth.local.stack;

import static io.berth.local.stack.RunningBerth.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.local.stack.ApiClient.Answer;
import io.berth.local.stack.RunningBerth.User;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Wallets, balances, costs and lists of deployments (console-contract.md §1.4, §1.7). */
@ExtendWith(RunningBerth.class)
class AccountTest {

  @Test
  void showsTheWalletToItsOwnerOnly(RunningBerth.Town town) {
    User ann = town.user(7_000_000);
    User bob = town.user();

    JsonNode wallet = ann.api().get("/v1/wallets?userId=" + ann.id()).data().get(0);
    assertThat(wallet.get("address").asString()).isEqualTo(ann.address());
    assertThat(wallet.get("creditAmount").asLong()).isEqualTo(7_000_000);
    assertThat(wallet.get("denom").asString()).isEqualTo("uact");
    assertThat(bob.api().get("/v1/wallets?userId=" + ann.id()).data()).isEmpty();
    Answer nobodys = bob.api().get("/v1/wallets");
    assertThat(nobodys.status()).isEqualTo(400);
    assertThat(nobodys.body().get("data").get(0).get("path").get(0).asString()).isEqualTo("userId");
  }

  @Test
  void showsAUserToThemselvesOnly(RunningBerth.Town town) {
    User ann = town.user();

    JsonNode me = ann.api().get("/v1/user/me").data();

    assertThat(me.propertyNames())
        .containsExactlyInAnyOrder(
            "id", "userId", "username", "email", "emailVerified", "subscribedToNewsletter");
    assertThat(me.get("id").asString()).isEqualTo(ann.id());
    assertThat(town.user().api().get("/v1/user/me").data().get("id").asString())
        .isNotEqualTo(ann.id());
  }

  @Test
  void balancesAddUpToTheUactAndNoOneElseSeesThem(RunningBerth.Town town) {
    User ann = town.user(7_000_000);
    User bob = town.user();
    String dseq = create(ann, 2);

    JsonNode balance = ann.api().get("/v1/balances").data();
    assertThat(balance.get("balance").asLong()).isEqualTo(5_000_000);
    assertThat(balance.get("deployments").asLong()).isEqualTo(2_000_000);
    assertThat(balance.get("total").asLong()).isEqualTo(7_000_000);
    assertThat(balance.get("usd").get("total").asString()).isEqualTo("7");
    assertThat(ann.api().get("/v1/balances?address=" + ann.address()).data()).isEqualTo(balance);

    Answer foreign = bob.api().get("/v1/balances?address=" + ann.address());
    assertThat(foreign.status()).isEqualTo(404);
    assertThat(foreign.body().get("message").asString()).isEqualTo("UserWallet Not Found");
    assertThat(
            town.stranger(Optional.empty()).get("/v1/balances?address=" + ann.address()).status())
        .isEqualTo(401);
    for (String bad : List.of("2b8a5c1e-93a4-4a4e-8a0d-6e1f5a7c9d20", "cosmos1qqqq")) {
      assertThat(ann.api().get("/v1/balances?address=" + bad).status()).isEqualTo(400);
    }
    assertThat(ann.api().delete("/v1/deployments/" + dseq).status()).isEqualTo(200);
  }

  @Test
  void weeklyCostIsWhatTheActiveLeasesCostInSevenDays(RunningBerth.Town town) {
    User ann = town.user();
    assertThat(cost(ann)).isEqualByComparingTo("0");
    String dseq = create(ann, 5);
    Answer bids = until(() -> ann.api().get("/v1/bids/" + dseq), found -> !found.data().isEmpty());
    JsonNode bid = bids.data().get(0).get("bid");
    ann.api()
        .post(
            "/v1/leases",
            Map.of(
                "leases",
                List.of(
                    Map.of(
                        "dseq",
                        dseq,
                        "gseq",
                        1,
                        "oseq",
                        1,
                        "provider",
                        bid.at("/id/provider").asString()))));

    // Blocks come every 300 ms here.
    BigDecimal blocks = BigDecimal.valueOf(7L * 24 * 3600 * 10 / 3);
    BigDecimal perBlock = new BigDecimal(bid.at("/price/amount").asString());
    assertThat(cost(ann))
        .isEqualByComparingTo(
            perBlock.multiply(blocks).movePointLeft(6).setScale(2, java.math.RoundingMode.HALF_UP));
    assertThat(ann.api().delete("/v1/deployments/" + dseq).status()).isEqualTo(200);
    assertThat(cost(ann)).isEqualByComparingTo("0");
  }

  @Test
  void listsByStateAndDirectionAndPage(RunningBerth.Town town) {
    User ann = town.user();
    String first = create(ann, 1);
    String second = create(ann, 1);
    String third = create(ann, 1);
    assertThat(ann.api().delete("/v1/deployments/" + second).status()).isEqualTo(200);

    assertThat(dseqs(ann, "")).containsExactly(first, third);
    assertThat(dseqs(ann, "?status=active")).containsExactly(first, third);
    assertThat(dseqs(ann, "?state=closed")).containsExactly(second);
    assertThat(dseqs(ann, "?state=all&reverse=true")).containsExactly(third, second, first);

    JsonNode page = ann.api().get("/v1/deployments?skip=0&limit=1").data();
    assertThat(page.get("deployments")).hasSize(1);
    assertThat(page.at("/pagination/limit").asInt()).isEqualTo(1);
    assertThat(page.at("/pagination/total").asInt()).isEqualTo(2);
    assertThat(page.at("/pagination/hasMore").asBoolean()).isTrue();
    String cursor = page.at("/pagination/nextCursor").asString();
    JsonNode last = ann.api().get("/v1/deployments?limit=1&cursor=" + cursor).data();
    assertThat(last.at("/deployments/0/deployment/id/dseq").asString()).isEqualTo(third);
    assertThat(last.at("/pagination/hasMore").asBoolean()).isFalse();
    assertThat(last.at("/pagination/nextCursor").isNull()).isTrue();

    for (String bad :
        List.of(
            "skip=-1",
            "limit=0",
            "limit=x",
            "state=open",
            "reverse=yes",
            "cursor=x",
            "skip=1&cursor=" + cursor)) {
      assertThat(ann.api().get("/v1/deployments?" + bad).status()).as(bad).isEqualTo(400);
    }
    ann.api().delete("/v1/deployments/" + first);
    ann.api().delete("/v1/deployments/" + third);
  }

  private static List<String> dseqs(User user, String query) {
    return user.api()
        .get("/v1/deployments" + query)
        .data()
        .get("deployments")
        .valueStream()
        .map(each -> each.at("/deployment/id/dseq").asString())
        .toList();
  }

  private static BigDecimal cost(User user) {
    return user.api().get("/v1/weekly-cost").data().get("weeklyCost").decimalValue();
  }

  private static String create(User user, int depositUsd) {
    return user.api()
        .post("/v1/deployments", Sdls.create(Sdls.small(), depositUsd))
        .data()
        .get("dseq")
        .asString();
  }
}
