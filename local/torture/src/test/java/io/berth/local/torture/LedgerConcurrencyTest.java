package io.berth.local.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.akash.Coin;
import io.berth.domain.akash.Deployment;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.ledger.Intent;
import io.berth.domain.ledger.IntentState;
import io.berth.domain.ledger.Outcome;
import io.berth.domain.wallet.Wallet;
import io.berth.store.DynamoIntents;
import io.berth.store.DynamoWallets;
import java.math.BigDecimal;
import java.time.Instant;
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
  private static final int SOME = 20;
  private static final int MOST_REPETITIONS = 5;

  /** The first two hundred are all the funding wallet's. */
  @Test
  void twoHundredIntentsOfOneWalletAndTwoHundredWalletsAllTakeEffectOnce() {
    try (World world = new World()) {
      Instant start = world.now();
      atOnce(world, MANY, i -> Flows.activate(process(world, i), "user-" + i));
      assertThat(world.now()).as("no queue").isBefore(start.plus(World.BLOCK.multipliedBy(4)));
      assertFirstAttemptsWithKeysOfTheirOwn(world, MANY, i -> "activate/user-" + i);

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

  /** As many as the signer lets overtake each other at the wallet's daily cap. */
  @Test
  void intentsOfOneUsersWalletAllTakeEffectOnce() {
    try (World world = new World()) {
      DeploymentId deployment = Flows.deployment(process(world, 0), "ann");
      Wallet wallet = new DynamoWallets(world.dynamoDb, "Wallets").find("ann").orElseThrow();
      Deposits deposits = new Deposits(world.funding(), wallet, deployment);

      atOnce(world, SOME, i -> commit(process(world, i), deposits, i));

      Deployment funded = world.node.deployment(deployment).orElseThrow();
      assertThat(World.moneyIn(funded)).isEqualByComparingTo(BigDecimal.valueOf(5_000_000 + SOME));
      assertFirstAttemptsWithKeysOfTheirOwn(world, SOME, deposits::purpose);
    }
  }

  private static void assertFirstAttemptsWithKeysOfTheirOwn(
      World world, int count, IntFunction<String> purpose) {
    DynamoIntents intents = new DynamoIntents(world.dynamoDb, "Intents");
    Set<Instant> timeouts = new HashSet<>();
    for (int i = 0; i < count; i++) {
      Intent first = intents.find(purpose.apply(i) + "#1").orElseThrow();
      assertThat(first.state()).isInstanceOf(IntentState.Committed.class);
      timeouts.add(first.timeout());
      assertThat(intents.find(purpose.apply(i) + "#2")).as("a second attempt").isEmpty();
    }
    assertThat(timeouts).as("replay keys").hasSize(count);
  }

  private static void commit(BerthProcess process, Deposits deposits, int number) {
    for (int i = 0; i < MOST_REPETITIONS; i++) {
      if (process.ledger.submit(deposits.submission(number)) instanceof Outcome.Committed) {
        return;
      }
    }
    throw new AssertionError("deposit " + number + " is stuck");
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
