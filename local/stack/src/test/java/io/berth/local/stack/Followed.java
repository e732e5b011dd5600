package io.berth.local.stack;

import static io.berth.local.stack.RunningBerth.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.chain.NodeClient;
import io.berth.domain.akash.Coin;
import io.berth.domain.akash.DecCoin;
import io.berth.domain.akash.Deployment;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.akash.Lease;
import io.berth.local.stack.ApiClient.Answer;
import io.berth.local.stack.RunningBerth.User;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** A deployment on its way, as its operation tells it, and what the chain says of it. */
record Followed(LocalBerth berth, User user, String dseq, String operationId) {

  /** A deployment of a dollar that its owner chooses bids for. */
  static Followed byOwner(RunningBerth.Town town, User user, String sdl) {
    return begun(town, user, Map.of("sdl", sdl, "deposit", 1));
  }

  /** A deployment of a dollar whose bids are chosen by rules. */
  static Followed byRules(
      RunningBerth.Town town, User user, String sdl, Map<String, Object> bidSelection) {
    return begun(town, user, Map.of("sdl", sdl, "deposit", 1, "bidSelection", bidSelection));
  }

  private static Followed begun(RunningBerth.Town town, User user, Map<String, Object> data) {
    return of(town, user, user.api().post("/v1/deployments", Map.of("data", data)));
  }

  /** The deployment that was answered. */
  static Followed of(RunningBerth.Town town, User user, Answer begun) {
    assertThat(begun.status()).as(begun.toString()).isIn(201, 202);
    return new Followed(
        town.berth(),
        user,
        begun.data().get("dseq").asString(),
        begun.data().at("/operation/id").asString());
  }

  Answer operation() {
    return operation("");
  }

  /**
   * @param query with its question mark
   */
  Answer operation(String query) {
    return user.api().get("/v1/operations/" + operationId + query);
  }

  /** The operation once it is over. */
  Answer end() {
    return until(() -> operation("?wait=20"), answer -> !state(answer).equals("running"));
  }

  static String state(Answer operation) {
    return operation.data().get("state").asString();
  }

  /** The steps so far, in order; one that was begun twice is there twice. */
  static List<String> steps(Answer operation) {
    return StreamSupport.stream(operation.data().get("steps").spliterator(), false)
        .map(step -> step.get("step").asString())
        .toList();
  }

  Answer deployment() {
    return user.api().get("/v1/deployments/" + dseq);
  }

  void close() {
    assertThat(user.api().delete("/v1/deployments/" + dseq).status()).isEqualTo(200);
  }

  Deployment onChain() {
    try (NodeClient chain = Chain.of(berth)) {
      return chain.deployment(id()).orElseThrow();
    }
  }

  List<Lease> leases() {
    try (NodeClient chain = Chain.of(berth)) {
      return chain.leases(id());
    }
  }

  /** Paid to providers so far, in uact. */
  BigDecimal rent() {
    return onChain().escrow().transferred().stream()
        .map(DecCoin::amount)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** What the user may still spend on deployments, in uact. */
  BigDecimal credit() {
    try (NodeClient chain = Chain.of(berth)) {
      return new BigDecimal(
          chain.depositGrant(berth.fundingAddress(), user.address(), Coin.UACT).amount());
    }
  }

  private DeploymentId id() {
    return new DeploymentId(user.address(), Long.parseLong(dseq));
  }
}
