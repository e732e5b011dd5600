package io.berth.local.crashtests;

import io.berth.local.crashtests.Tripwire.Side;
import io.berth.local.devnet.Faults;
import java.time.Duration;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.Transformer;

/**
 * The intent ledger as a state machine: whatever is wanted, stopped, wanted again and asked after,
 * in whatever weather and for however long, every effect happens at most once, exactly once if it
 * was reported, and nothing is stuck when the weather clears. A failure prints its seed; the
 * property with that {@code seed} runs the same histories again. {@code make crash-tests} runs many
 * more.
 */
class LedgerPropertiesTest {
  private static final int LONGEST = 14;

  /** More than a process makes on its way in clear weather, so that some do not stop. */
  private static final int MOST_CALLS = 25;

  private static World world;
  private static int sessions;

  @BeforeContainer
  static void start() {
    world = new World();
  }

  @AfterContainer
  static void stop() {
    world.close();
  }

  @Property
  void everyEffectHappensAtMostOnceAndInTheEndExactlyOnce(
      @ForAll("histories") ActionChain<LedgerSession> history) {
    history.withInvariant("at most once", LedgerSession::check).run().settleAll();
  }

  @Provide
  Arbitrary<ActionChain<LedgerSession>> histories() {
    return Arbitraries.of(false, true)
        .flatMap(
            ordered ->
                ActionChain.startWith(() -> session(ordered))
                    .withAction(4, independent(submissions()))
                    .withAction(6, independent(stoppedSubmissions()))
                    .withAction(2, independent(questions()))
                    .withAction(4, independent(changesOfWeather()))
                    .withAction(3, independent(waits()))
                    .withMaxTransformations(LONGEST));
  }

  private static LedgerSession session(boolean ordered) {
    return new LedgerSession(world, "user-" + ++sessions, ordered, sessions);
  }

  private static Action.Independent<LedgerSession> independent(
      Arbitrary<Transformer<LedgerSession>> transformers) {
    return () -> transformers;
  }

  private static Transformer<LedgerSession> step(
      String description, Consumer<LedgerSession> change) {
    return Transformer.mutate(description, change);
  }

  private static Arbitrary<Integer> effects() {
    return Arbitraries.integers()
        .between(0, LedgerSession.WALLETS * LedgerSession.EFFECTS_PER_WALLET - 1);
  }

  private static Arbitrary<Transformer<LedgerSession>> submissions() {
    return effects().map(effect -> step("submit " + effect, session -> session.submit(effect)));
  }

  private static Arbitrary<Transformer<LedgerSession>> stoppedSubmissions() {
    return Combinators.combine(
            effects(), Arbitraries.integers().between(0, MOST_CALLS), Arbitraries.of(Side.class))
        .as(
            (effect, call, side) ->
                step(
                    "submit " + effect + " and stop " + side + " call " + call,
                    session -> session.submitAndStop(effect, call, side)));
  }

  private static Arbitrary<Transformer<LedgerSession>> questions() {
    return effects().map(effect -> step("settle " + effect, session -> session.settle(effect)));
  }

  /** What the node does from now on, on top of what it does already. */
  private enum Change {
    CLEARS,
    DROPS_ANSWERS,
    LAGS,
    HIDES_TRANSACTIONS,
    HALTS,
    GOES_ON,
    IS_DOWN,
    SYNCS;

    void happen(Faults faults) {
      switch (this) {
        case CLEARS -> faults.clear();
        case DROPS_ANSWERS -> faults.dropAnswersAfterAccept(2);
        case LAGS -> faults.lag(2);
        case HIDES_TRANSACTIONS -> faults.indexLag(1_000);
        case HALTS -> faults.halt(true);
        case GOES_ON -> faults.halt(false);
        case IS_DOWN -> faults.down(true);
        case SYNCS -> faults.syncing(true);
      }
    }
  }

  private static Arbitrary<Transformer<LedgerSession>> changesOfWeather() {
    return Arbitraries.of(Change.class)
        .map(change -> step("node " + change, session -> change.happen(session.weather())));
  }

  private static Arbitrary<Transformer<LedgerSession>> waits() {
    return Arbitraries.integers()
        .between(1, 100)
        .map(
            seconds ->
                step("wait " + seconds, session -> session.pass(Duration.ofSeconds(seconds))));
  }
}
