package io.berth.bench.lifecycle;

import io.berth.chain.NodeClient;
import io.berth.domain.akash.Bid;
import io.berth.domain.akash.Block;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.ledger.BlockLookup;
import io.berth.local.stack.ApiClient;
import io.berth.local.stack.ApiClient.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** One user who deploys, in one call or the way that the peer's documentation shows. */
final class Deployer {
  /** What the peer's quickstart waits for bids. */
  private static final Duration PEER_SLEEP = Duration.ofSeconds(30);

  /** How often the peer asks whether a transaction is in a block. */
  private static final Duration PEER_POLL = Duration.ofSeconds(2);

  private final ApiClient api;
  private final String address;
  private final NodeClient chain;
  private final String sdl;

  Deployer(ApiClient api, String address, NodeClient chain, String sdl) {
    this.api = api;
    this.address = address;
    this.chain = chain;
    this.sdl = sdl;
  }

  /** One call, and the cheapest of the two providers' bids. */
  Run inOneCall() throws InterruptedException {
    Start start = start();
    Answer created = create(Map.of("bidSelection", Map.of("strategy", "cheapest", "minBids", 2)));
    String operation = operationOf(created);
    Map<String, Instant> ends = ends(operation);
    return new Run(
        floor(start, idOf(created)),
        start.until(ends.get("create_deployment")),
        start.until(ends.get("choose_bids")),
        start.until(ends.get("create_leases")),
        start.until(ends.get("send_manifests")),
        blocks(start, idOf(created)));
  }

  /**
   * As the peer does it, and its documentation tells to: each transaction is seen at a poll, bids
   * are looked at after a fixed time and the first of the list is taken. In the peer's favour the
   * manifest counts as accepted as soon as the lease is seen.
   */
  Run asDocumentedByThePeer() throws InterruptedException {
    Start start = start();
    Answer created = create(Map.of());
    Instant seen = nextPoll(start.at(), Instant.now());
    sleepUntil(seen.plus(PEER_SLEEP));
    String dseq = created.data().get("dseq").asString();
    JsonNode bid = expect(200, api.get("/v1/bids/" + dseq)).data().get(0).at("/bid/id");
    Instant chosen = Instant.now();
    Answer _ = expect(200, api.post("/v1/leases", Map.of("leases", List.of(choice(bid)))));
    Instant leased = nextPoll(chosen, ends(operationOf(created)).get("create_leases"));
    return new Run(
        floor(start, idOf(created)),
        start.until(seen),
        start.until(chosen),
        start.until(leased),
        start.until(leased),
        blocks(start, idOf(created)));
  }

  private record Start(Instant at, long height) {
    double until(Instant end) {
      return Duration.between(at, end).toMillis() / 1000.0;
    }
  }

  private Start start() {
    Block newest = chain.latestBlock();
    return new Start(Instant.now(), newest.height());
  }

  private Answer create(Map<String, Object> more) {
    Map<String, Object> data = new HashMap<>(more);
    data.put("sdl", sdl);
    data.put("deposit", 1);
    return expect(201, api.post("/v1/deployments", Map.of("data", data)));
  }

  /** When each step ended, once the operation is over. */
  private Map<String, Instant> ends(String operation) {
    Answer answer = expect(200, api.get("/v1/operations/" + operation + "?wait=20"));
    String state = answer.data().get("state").asString();
    if (state.equals("running")) {
      return ends(operation);
    }
    if (!state.equals("succeeded")) {
      throw new IllegalStateException("a deployment came to nothing: " + answer.body());
    }
    Map<String, Instant> ends = new HashMap<>();
    answer
        .data()
        .get("steps")
        .forEach(
            step ->
                ends.put(
                    step.get("step").asString(), Instant.parse(step.get("endedAt").asString())));
    return ends;
  }

  /**
   * What nobody can be faster than: the deployment in the first block after the request, the lease
   * in the block after the first bid. How long providers think is theirs, so it is taken from the
   * same run.
   */
  private double floor(Start start, DeploymentId id) {
    long created = chain.deployment(id).orElseThrow().createdAt();
    long firstBid = chain.bids(id).stream().mapToLong(Bid::createdAt).min().orElseThrow();
    return switch (chain.block(start.height() + 1 + (firstBid - created) + 1)) {
      case BlockLookup.Found(Block block, var _) -> start.until(block.time());
      case BlockLookup.Pruned _, BlockLookup.NotYet _ ->
          throw new IllegalStateException("the node has no block of the floor");
    };
  }

  private long blocks(Start start, DeploymentId id) {
    return chain.leases(id).getFirst().createdAt() - start.height();
  }

  private DeploymentId idOf(Answer created) {
    return new DeploymentId(address, Long.parseLong(created.data().get("dseq").asString()));
  }

  private static String operationOf(Answer created) {
    return created.data().at("/operation/id").asString();
  }

  private static Map<String, Object> choice(JsonNode bid) {
    Map<String, Object> choice = new HashMap<>();
    for (String field : List.of("dseq", "provider")) {
      choice.put(field, bid.get(field).asString());
    }
    for (String field : List.of("gseq", "oseq")) {
      choice.put(field, bid.get(field).asInt());
    }
    return choice;
  }

  /** The first poll at which something is seen. */
  private static Instant nextPoll(Instant first, Instant seen) {
    long polls = -Math.floorDiv(Duration.between(seen, first).toMillis(), PEER_POLL.toMillis());
    return first.plus(PEER_POLL.multipliedBy(polls));
  }

  private static void sleepUntil(Instant moment) throws InterruptedException {
    Thread.sleep(Duration.between(Instant.now(), moment));
  }

  private static Answer expect(int status, Answer answer) {
    if (answer.status() != status) {
      throw new IllegalStateException("answered " + answer.status() + ": " + answer.body());
    }
    return answer;
  }
}
