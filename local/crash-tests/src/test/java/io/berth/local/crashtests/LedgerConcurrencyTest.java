package io.berth.local.crashtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.akash.Coin;
import io.berth.domain.akash.Deployment;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.ledger.ChainFault;
import io.berth.domain.ledger.Intent;
import io.berth.domain.ledger.IntentState;
import io.berth.domain.ledger.Outcome;
import io.berth.domain.ledger.Submission;
import io.berth.domain.ledger.TransactionResult;
import io.berth.domain.request.RequestId;
import io.berth.domain.wallet.Wallet;
import io.berth.store.DynamoIntents;
import io.berth.store.DynamoWallets;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many transactions at once: none twice, none lost, none in another's way. */
class LedgerConcurrencyTest {
  private static final int MANY = 200;
  private static final int DEPLOYMENTS = 25;
  private static final long FIRST_DEPOSIT = 1_000_000;
  private static final int MOST_REPETITIONS = 5;

  /** The first two hundred are all the funding wallet's. */
  @Test
  void twoHundredIntentsOfOneWalletAndTwoHundredWalletsAllTakeEffectOnce() {
    try (World world = new World()) {
      Instant start = world.now();
      atOnce(world, MANY, i -> Flows.activate(process(world, i), "user-" + i));
      assertThat(world.now()).as("no queue").isBefore(start.plus(World.BLOCK.multipliedBy(4)));
      assertThat(committedOnceWithKeysOfTheirOwn(world, i -> "grants/user-" + i + "/1"))
          .as("attempts")
          .isEqualTo(MANY);

      atOnce(world, MANY, i -> Flows.deployment(process(world, i), "user-" + i));
      DynamoWallets wallets = new DynamoWallets(world.dynamoDb, "Wallets");
      for (int i = 0; i < MANY; i++) {
        String address = wallets.find("user-" + i).orElseThrow().address();
        assertThat(world.node.deployments(address, Optional.empty())).hasSize(1);
        assertThat(world.moneyOf(address)).isEqualByComparingTo(new BigDecimal(World.CREDIT_UACT));
        assertThat(world.node.depositGrant(world.funding(), address, Coin.UACT))
            .isEqualTo(Coin.uact(World.CREDIT_UACT - 5_000_000));
      }
    }
  }

  /**
   * Each signature counts towards the wallet's daily caps, and none may wait for another. A deposit
   * makes its escrow account larger, and so the next one's gas more than was simulated; hence not
   * too many into each.
   */
  @Test
  void twoHundredIntentsOfOneUsersWalletAllTakeEffectOnce() {
    try (World world = new World()) {
      Wallet wallet = Flows.activate(process(world, 0), "ann");
      List<Deposits> deposits =
          IntStream.range(0, DEPLOYMENTS)
              .mapToObj(i -> new Deposits(world.funding(), wallet, deployment(world, "ann", i)))
              .toList();
      Instant start = world.now();

      atOnce(
          world, MANY, i -> commit(process(world, i), deposits.get(i % DEPLOYMENTS).submission(i)));

      assertThat(world.now()).as("no queue").isBefore(start.plus(World.BLOCK.multipliedBy(4)));
      for (Deposits each : deposits) {
        Deployment funded = world.node.deployment(each.deployment()).orElseThrow();
        assertThat(World.moneyIn(funded))
            .isEqualByComparingTo(BigDecimal.valueOf(FIRST_DEPOSIT + MANY / DEPLOYMENTS));
      }
      assertThat(committedOnceWithKeysOfTheirOwn(world, deposits.getFirst()::purpose))
          .as("attempts")
          .isEqualTo(MANY);
    }
  }

  /** How many attempts it took; every one but a purpose's last ran out of gas. */
  private static int committedOnceWithKeysOfTheirOwn(World world, IntFunction<String> purpose) {
    DynamoIntents intents = new DynamoIntents(world.dynamoDb, "Intents");
    Set<Instant> timeouts = new HashSet<>();
    int attempts = 0;
    for (int i = 0; i < MANY; i++) {
      List<Intent> made = attemptsAt(intents, purpose.apply(i));
      attempts += made.size();
      made.forEach(intent -> timeouts.add(intent.timeout()));
      assertThat(made.removeLast().state()).isInstanceOf(IntentState.Committed.class);
      assertThat(made).allMatch(intent -> ranOutOfGas(intent.state()));
    }
    assertThat(timeouts).as("replay keys").hasSize(attempts);
    return attempts;
  }

  private static boolean ranOutOfGas(IntentState state) {
    return state instanceof IntentState.Failed(TransactionResult result)
        && result.error().filter(error -> error.is(ChainFault.OUT_OF_GAS)).isPresent();
  }

  private static List<Intent> attemptsAt(DynamoIntents intents, String purpose) {
    List<Intent> attempts = new ArrayList<>();
    Optional<Intent> next = intents.find(purpose + "#1");
    while (next.isPresent()) {
      attempts.add(next.get());
      next = intents.find(purpose + "#" + (attempts.size() + 1));
    }
    return attempts;
  }

  private static DeploymentId deployment(World world, String user, int number) {
    BerthProcess process = process(world, number);
    RequestId request = new RequestId(user + "-" + number, world.now());
    return process
        .writer
        .commit(process.writer.request(request, user, Sdls.web("1.27"), Coin.uact(FIRST_DEPOSIT)))
        .record()
        .id();
  }

  private static void commit(BerthProcess process, Submission submission) {
    for (int i = 0; i < MOST_REPETITIONS; i++) {
      if (process.ledger.submit(submission) instanceof Outcome.Committed) {
        return;
      }
    }
    throw new AssertionError(submission.purpose() + " is stuck");
  }

  private static BerthProcess process(World world, int seed) {
    return new BerthProcess(world, Tripwire.none(), Flows.provider(world), false, seed);
  }

  private static void atOnce(World world, int count, IntConsumer work) {
    List<Runnable> all =
        IntStream.range(0, count).<Runnable>mapToObj(i -> () -> work.accept(i)).toList();
    world.atOnce(all);
  }
}
