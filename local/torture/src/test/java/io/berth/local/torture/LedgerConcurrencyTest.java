package io.berth.local.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.akash.Coin;
import io.berth.domain.akash.Deployment;
import io.berth.domain.akash.DeploymentId;
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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many transactions at once: none twice, none lost, none in another's way. */
class LedgerConcurrencyTest {
  private static final int MANY = 200;
  private static final int MOST_REPETITIONS = 5;

  @Test
  void twoHundredIntentsOfOneWalletAllTakeEffectOnce() {
    try (World world = new World()) {
      DeploymentId deployment = Flows.deployment(process(world, 0), "ann");
      Wallet wallet = new DynamoWallets(world.dynamoDb, "Wallets").find("ann").orElseThrow();
      Deposits deposits = new Deposits(world.funding(), wallet, deployment);
      Instant start = world.now();

      atOnce(world, i -> commit(process(world, i), deposits, i));

      Deployment funded = world.node.deployment(deployment).orElseThrow();
      assertThat(World.moneyIn(funded)).isEqualByComparingTo(BigDecimal.valueOf(5_000_000 + MANY));
      DynamoIntents intents = new DynamoIntents(world.dynamoDb, "Intents");
      Set<Instant> timeouts = new HashSet<>();
      for (int i = 0; i < MANY; i++) {
        timeouts.add(intents.find(deposits.purpose(i) + "#1").orElseThrow().timeout());
        assertThat(intents.find(deposits.purpose(i) + "#2")).as("a second attempt").isEmpty();
      }
      assertThat(timeouts).as("replay keys").hasSize(MANY);
      assertThat(world.now()).as("no queue").isBefore(start.plus(World.BLOCK.multipliedBy(4)));
    }
  }

  /** All of their grants are the funding wallet's transactions. */
  @Test
  void twoHundredWalletsAtOnceAreGrantedAndSpendWhatIsTheirs() {
    try (World world = new World()) {
      atOnce(world, i -> Flows.deployment(process(world, i), "user-" + i));

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

  private static void atOnce(World world, IntConsumer work) {
    List<Runnable> all =
        IntStream.range(0, MANY).<Runnable>mapToObj(i -> () -> work.accept(i)).toList();
    world.atOnce(all);
  }
}
