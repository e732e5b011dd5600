package io.berth.local.crashtests;

import io.berth.domain.lifecycle.Step;
import io.berth.domain.provider.ManifestOutcome;
import io.berth.local.crashtests.Tripwire.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Stories drawn at random: providers of all sorts, owners who choose, close or do nothing, a chain
 * that stands still, lags behind or hides things, functions that break off, processes that stop,
 * executions that operators stop. However they end, it is over, and the deployment is closed or its
 * leases are active, and the money that was reserved is spent or back. A failure names its seed;
 * {@code -Dchaos.seed=N} plays that one alone.
 */
class LifecycleChaosTest {
  private static final int DRAWN = 20;
  private static final int MANY = 500;

  /** All but the closing, which has an alarm of its own and people for what it cannot. */
  private static final List<String> FUNCTIONS =
      List.of(
          "PutOnChain",
          "ChooseBids",
          "AskOwner",
          "TakeBids",
          "OfferManifests",
          "ReleaseLeases",
          "CheckReadiness",
          "RecordSuccess",
          "RepeatManifests");

  private static World world;
  private static Machine machine;

  @BeforeAll
  static void start() {
    world = new World();
    machine = new Machine(world);
  }

  @AfterAll
  static void stop() {
    machine.close();
    world.close();
  }

  @TestFactory
  Stream<DynamicTest> leavesNothingHalfDoneAndNoMoneyMissing() {
    Long one = Long.getLong("chaos.seed");
    LongStream seeds =
        one == null
            ? LongStream.range(LongRun.SEED, LongRun.SEED + (LongRun.ALL ? MANY : DRAWN))
            : LongStream.of(one);
    return seeds.mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> play(seed)));
  }

  private static void play(long seed) {
    Random random = new Random(seed);
    Story story = new Story(world, machine, "user-" + seed, seed);
    drawDeployment(random, story);
    drawProviders(random, story);
    for (int i = random.nextInt(4); i > 0; i--) {
      drawDisturbance(random, story);
    }
    if (random.nextInt(3) == 0) {
      story.stoppedBy(Tripwire.at(random.nextInt(250), draw(random, List.of(Side.values()))));
    }
    boolean operatorStops = random.nextInt(8) == 0;
    String inState = draw(random, List.of("Choose bids", "Create leases", "Send manifests"));
    try {
      story.request();
      if (operatorStops && story.playUntil(inState)) {
        story.stopMachine();
      }
      story.play();
    } finally {
      world.devnet.faults().clear();
    }
    story.checkTheEnd();
  }

  private static <T> T draw(Random random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private static void drawDeployment(Random random, Story story) {
    if (random.nextBoolean()) {
      story.deploys(Sdls.twoGroups());
    }
    if (random.nextInt(3) > 0) {
      story.byRules(
          Story.cheapest(1 + random.nextInt(2), Duration.ofSeconds(10 + random.nextInt(280))));
    } else {
      story.ownerChooses();
      if (random.nextInt(5) > 0) {
        story.ownerTakesCheapestWhenAsked();
      }
    }
  }

  private static void drawProviders(Random random, Story story) {
    for (String provider : List.of(world.provider.address(), world.rival.address())) {
      for (int gseq = 1; gseq <= 2; gseq++) {
        if (random.nextInt(4) > 0 && (gseq == 1 || story.hasTwoGroups())) {
          story.company.bids(provider, gseq, 1 + random.nextInt(20));
        }
      }
      if (random.nextInt(3) == 0) {
        story.company.answers(provider, answers(random));
      }
    }
    if (random.nextInt(4) == 0) {
      story.company.workloadsNeverComeUp();
    }
  }

  private static Supplier<ManifestOutcome> answers(Random random) {
    ManifestOutcome outcome =
        draw(
            random,
            List.of(
                new ManifestOutcome.Rejected("no image"),
                new ManifestOutcome.Untrusted("self-signed"),
                new ManifestOutcome.Unreachable("timed out"),
                new ManifestOutcome.NotYetVisible(),
                new ManifestOutcome.StaleVersion("old"),
                new ManifestOutcome.Unauthorized("no"),
                new ManifestOutcome.ProviderFailed(500, "oops")));
    AtomicInteger left =
        new AtomicInteger(random.nextBoolean() ? 1 + random.nextInt(4) : Integer.MAX_VALUE);
    return () -> left.getAndDecrement() > 0 ? outcome : null;
  }

  private static void drawDisturbance(Random random, Story story) {
    Step step = draw(random, List.of(Step.values()));
    Duration time = Duration.ofSeconds(10 + random.nextInt(600));
    switch (random.nextInt(9)) {
      case 0 -> story.during(step, story::ownerCloses);
      case 1 -> story.during(step, story::providersLeave);
      case 2 -> story.during(step, story::providersTakeBidsBack);
      case 3 -> weather(story, step, time, () -> world.devnet.faults().halt(true));
      case 4 -> weather(story, step, time, () -> world.devnet.faults().lag(2));
      case 5 -> weather(story, step, time, () -> world.devnet.faults().indexLag(1_000));
      case 6 -> weather(story, step, time, () -> world.devnet.faults().down(true));
      case 7 -> story.during(step, () -> world.devnet.faults().dropAnswersAfterAccept(3));
      default -> story.breaks(draw(random, FUNCTIONS), 1 + random.nextInt(8));
    }
  }

  private static void weather(Story story, Step step, Duration time, Runnable begins) {
    story.during(
        step,
        () -> {
          begins.run();
          Instant over = world.now().plus(time);
          story.when(_ -> !world.now().isBefore(over), () -> world.devnet.faults().clear());
        });
  }
}
