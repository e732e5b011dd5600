package io.berth.local.crashtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.akash.Coin;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.ledger.ChainFault;
import io.berth.domain.ledger.ChainUnavailableException;
import io.berth.domain.ledger.Intent;
import io.berth.domain.ledger.IntentState;
import io.berth.domain.ledger.Intents;
import io.berth.domain.ledger.Ledger;
import io.berth.domain.ledger.Outcome;
import io.berth.domain.ledger.Submission;
import io.berth.domain.wallet.Wallets;
import io.berth.local.devnet.Faults;
import io.berth.store.DynamoIntents;
import io.berth.store.DynamoWallets;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The ledger, with two fresh wallets, some effects that are wanted of each, and what must hold of
 * them. Every effect is a deposit: the chain would take it as often as it is sent, and the amounts
 * are such that the wallet's escrow tells how often each was.
 */
final class LedgerSession {
  static final int WALLETS = 2;
  static final int EFFECTS_PER_WALLET = 3;

  /** Every effect's own digit in the sum, in uact; so many of one would still be told apart. */
  private static final BigInteger DIGIT = BigInteger.valueOf(100);

  private static final BigInteger FIRST_DEPOSIT = BigInteger.valueOf(5_000_000);
  private static final int MOST_REPETITIONS = 40;

  private final World world;
  private final boolean ordered;
  private final long seed;
  private final Intents intents;
  private final List<Wanted> wanted = new ArrayList<>();
  private final Set<Wanted> submitted = new HashSet<>();
  private final Set<Wanted> reported = new HashSet<>();
  private final Map<String, Intent> seen = new HashMap<>();

  /** One effect: deposits {@code 100^digit} uact. */
  private record Wanted(Deposits of, int digit) {
    String purpose() {
      return of.purpose(digit);
    }

    Submission submission() {
      return of.submission(digit, new Coin(Coin.UACT, DIGIT.pow(digit)));
    }
  }

  /**
   * A session in clear weather.
   *
   * @param name unique in the world
   * @param ordered whether the ledger numbers its transactions
   */
  LedgerSession(World world, String name, boolean ordered, long seed) {
    this.world = world;
    this.ordered = ordered;
    this.seed = seed;
    this.intents = new DynamoIntents(world.dynamoDb, "Intents");
    world.devnet.faults().clear();
    BerthProcess calm = process(Tripwire.none());
    Wallets wallets = new DynamoWallets(world.dynamoDb, "Wallets");
    for (int i = 0; i < WALLETS; i++) {
      String user = name + "-" + i;
      DeploymentId deployment = Flows.deployment(calm, user);
      Deposits deposits =
          new Deposits(world.funding(), wallets.find(user).orElseThrow(), deployment);
      for (int digit = 0; digit < EFFECTS_PER_WALLET; digit++) {
        wanted.add(new Wanted(deposits, digit));
      }
    }
    // Even a node that lags knows the wallets.
    world.pass(World.BLOCK.multipliedBy(4));
  }

  private BerthProcess process(Tripwire tripwire) {
    return new BerthProcess(world, tripwire, Flows.provider(world), ordered, seed);
  }

  /** Wants an effect, now or again. */
  void submit(int effect) {
    submit(wanted.get(effect), Tripwire.none());
  }

  /** Wants an effect in a process that stops on the way, if it gets as far as that call. */
  void submitAndStop(int effect, int call, Tripwire.Side side) {
    try {
      submit(wanted.get(effect), Tripwire.at(call, side));
    } catch (Crash stopped) {
      // Nothing of the process is left.
    }
  }

  private void submit(Wanted one, Tripwire tripwire) {
    submitted.add(one);
    try {
      take(one, ledger(tripwire).submit(one.submission()));
    } catch (ChainUnavailableException e) {
      // Nothing is known, and the submitter was told so.
    }
  }

  /** Asks what has become of an effect, and gives it up if nobody signed it. */
  void settle(int effect) {
    Wanted one = wanted.get(effect);
    try {
      ledger(Tripwire.none()).settle(one.purpose()).ifPresent(outcome -> take(one, outcome));
    } catch (ChainUnavailableException e) {
      // Nothing is known.
    }
  }

  private Ledger ledger(Tripwire tripwire) {
    return process(tripwire).ledger;
  }

  private void take(Wanted one, Outcome outcome) {
    switch (outcome) {
      case Outcome.Committed committed -> reported.add(one);
      case Outcome.Pending pending -> {}
      case Outcome.NotTaken notTaken -> {}
      case Outcome.Expired expired -> {}
      case Outcome.Failed failed ->
          assertThat(failed.error().is(ChainFault.TX_TIMEOUT)).as("came too late").isTrue();
      case Outcome.Waiting waiting -> assertThat(ordered).as("waits for its turn").isTrue();
      default -> throw new AssertionError(one.purpose() + " was refused: " + outcome);
    }
  }

  void pass(Duration time) {
    world.pass(time);
  }

  Faults weather() {
    return world.devnet.faults();
  }

  /** What holds at any time. */
  void check() {
    for (Wanted one : wanted) {
      int times = timesOf(one);
      assertThat(times).as("effects of " + one.purpose()).isLessThanOrEqualTo(1);
      if (reported.contains(one)) {
        assertThat(times).as("reported effects of " + one.purpose()).isEqualTo(1);
      }
      attemptsOf(one).forEach(this::checkHistory);
    }
  }

  /** What is fixed stays, and states go forwards only. */
  private void checkHistory(Intent now) {
    Intent before = seen.put(now.id(), now);
    if (before == null) {
      return;
    }
    assertThat(inState(now, before.state())).as("what was recorded").isEqualTo(before);
    assertThat(mayLeadTo(before.state(), now.state()))
        .as(now.id() + " from " + before.state() + " to " + now.state())
        .isTrue();
  }

  private static Intent inState(Intent intent, IntentState state) {
    return new Intent(
        intent.id(),
        intent.wallet(),
        intent.transaction(),
        intent.timeout(),
        intent.since(),
        intent.createdAt(),
        state);
  }

  /** Over any number of transitions. */
  private static boolean mayLeadTo(IntentState from, IntentState to) {
    return switch (from) {
      case IntentState.New unsigned -> true;
      case IntentState.Live live ->
          to instanceof IntentState.Live next
              ? next.raw().equals(live.raw()) && (from.equals(to) || from.mayBecome(to))
              : from.mayBecome(to);
      case IntentState.Ended ended -> ended.equals(to);
    };
  }

  /** In the end, once the weather is clear: everything wanted comes about, and nothing else. */
  void settleAll() {
    weather().clear();
    for (Wanted one : submitted) {
      for (int i = 0; !reported.contains(one); i++) {
        assertThat(i).as("repetitions of " + one.purpose()).isLessThan(MOST_REPETITIONS);
        submit(one, Tripwire.none());
        pass(World.BLOCK);
      }
    }
    check();
    for (Wanted one : wanted) {
      assertThat(timesOf(one))
          .as("effects of " + one.purpose())
          .isEqualTo(submitted.contains(one) ? 1 : 0);
      assertThat(attemptsOf(one))
          .as("attempts at " + one.purpose())
          .allMatch(intent -> intent.state() instanceof IntentState.Ended)
          .filteredOn(intent -> intent.state() instanceof IntentState.Committed)
          .hasSize(submitted.contains(one) ? 1 : 0);
    }
  }

  private List<Intent> attemptsOf(Wanted one) {
    List<Intent> attempts = new ArrayList<>();
    for (int attempt = 1; ; attempt++) {
      Optional<Intent> found = intents.find(one.purpose() + "#" + attempt);
      if (found.isEmpty()) {
        return attempts;
      }
      attempts.add(found.get());
    }
  }

  /** By the newest block, whatever the weather. */
  private int timesOf(Wanted one) {
    Faults faults = weather();
    int lag = faults.lag();
    boolean down = faults.isDown();
    faults.lag(0);
    faults.down(false);
    try {
      BigInteger sum =
          World.moneyIn(world.node.deployment(one.of().deployment()).orElseThrow())
              .toBigIntegerExact()
              .subtract(FIRST_DEPOSIT);
      return sum.divide(DIGIT.pow(one.digit())).mod(DIGIT).intValueExact();
    } finally {
      faults.lag(lag);
      faults.down(down);
    }
  }
}
