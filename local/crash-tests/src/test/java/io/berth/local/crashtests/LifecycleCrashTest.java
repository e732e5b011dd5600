package io.berth.local.crashtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.lifecycle.Operation;
import io.berth.domain.lifecycle.Operation.State;
import io.berth.domain.provider.ManifestOutcome;
import io.berth.local.crashtests.Story.Left;
import io.berth.local.crashtests.Tripwire.Side;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The lifecycle stopped wherever it can be: a process at any of its external calls, an execution in
 * any of its states, a call of a function that comes long after the end. {@code make test} draws
 * some of the calls by the seed, {@code make crash-tests} takes them all.
 */
class LifecycleCrashTest {
  private static final int DRAWN = 15;

  private static World world;
  private static Machine machine;
  private static int users;

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

  private static Story story() {
    Story story = new Story(world, machine, "user-" + ++users, users);
    story.company.bids(world.provider.address(), 1, 7).bids(world.rival.address(), 1, 9);
    return story;
  }

  /** Rules choose; the first provider does not see its lease, then refuses the manifest. */
  private static Story refusedOnce() {
    AtomicBoolean asked = new AtomicBoolean();
    Story story = story();
    story.company.answers(
        world.provider.address(),
        () ->
            asked.getAndSet(true)
                ? new ManifestOutcome.Rejected("no image")
                : new ManifestOutcome.NotYetVisible());
    return story;
  }

  private static Story chosenByOwner() {
    return story().ownerChooses().ownerTakesCheapestWhenAsked();
  }

  /** Nothing but what comes to nothing: every step of undoing. */
  private static Story refusedTwice() {
    Story story = refusedOnce();
    story.company.answers(world.rival.address(), () -> new ManifestOutcome.Rejected("no image"));
    return story;
  }

  @TestFactory
  Stream<DynamicTest> takesEffectOnceWhereverAProcessStops() {
    return Stream.of(
            stops("rules choose", LifecycleCrashTest::refusedOnce, State.SUCCEEDED),
            stops("the owner chooses", LifecycleCrashTest::chosenByOwner, State.SUCCEEDED),
            stops("nobody takes it", LifecycleCrashTest::refusedTwice, State.FAILED))
        .flatMap(tests -> tests);
  }

  private Stream<DynamicTest> stops(String name, Supplier<Story> stories, State end) {
    Tripwire counter = Tripwire.none();
    var _ = stories.get().stoppedBy(counter).request().play();
    List<String> calls = counter.calls();
    List<DynamicTest> tests = new ArrayList<>();
    for (int call = 0; call < calls.size(); call++) {
      for (Side side : Side.values()) {
        int at = call;
        tests.add(
            DynamicTest.dynamicTest(
                "%s, stopped %s %s (call %d)".formatted(name, side, calls.get(call), call),
                () -> stopped(stories.get(), Tripwire.at(at, side), end)));
      }
    }
    if (!LongRun.ALL) {
      Collections.shuffle(tests, new Random(LongRun.SEED));
    }
    return tests.stream().limit(LongRun.ALL ? tests.size() : DRAWN);
  }

  private static void stopped(Story story, Tripwire tripwire, State end) {
    story.stoppedBy(tripwire).request().play();
    assertThat(story.wasStopped()).isTrue();
    assertThat(story.surprises()).isEmpty();
    assertThat(story.operation().state()).isEqualTo(end);
    story.checkTheEnd();
    // Neither twice the deposit nor twice the leases.
    assertThat(world.node.deployments(story.record().owner(), Optional.empty())).hasSize(1);
  }

  /** Operators may stop executions, and Step Functions gives up on those that take too long. */
  @TestFactory
  Stream<DynamicTest> leavesNothingHalfDoneWhereverAnExecutionIsStopped() {
    return inEveryState(
        story -> {
          story.stopMachine();
          story.play().checkTheEnd();
        });
  }

  /** As a redrive does, each state begins again, whatever its task has done already. */
  @TestFactory
  Stream<DynamicTest> goesOnWhereverTheStateMachineItselfBreaksOff() {
    return inEveryState(
        story -> {
          machine.restart();
          story.play().checkTheEnd();
          assertThat(story.surprises()).isEmpty();
          assertThat(story.operation().state()).isEqualTo(State.SUCCEEDED);
        });
  }

  private static Stream<DynamicTest> inEveryState(Consumer<Story> rest) {
    return Stream.concat(
        Stream.of(
                "Create deployment",
                "Wait for creation",
                "Choose bids",
                "Wait for bids",
                "Create leases",
                "Wait for leases",
                "Send manifests",
                "Wait for providers",
                "Release leases",
                "Check readiness",
                "Record success",
                "Wait before repeating manifests",
                "Repeat manifests")
            .map(state -> inState(state, LifecycleCrashTest::refusedOnce, rest)),
        Stream.of("Await owner's choice", "Create leases")
            .map(state -> inState(state, LifecycleCrashTest::chosenByOwner, rest)));
  }

  private static DynamicTest inState(String state, Supplier<Story> stories, Consumer<Story> rest) {
    return DynamicTest.dynamicTest(
        state,
        () -> {
          Story story = stories.get().request();
          assertThat(story.playUntil(state)).as("it came to " + state).isTrue();
          rest.accept(story);
        });
  }

  @TestFactory
  Stream<DynamicTest> changesNothingWhenAFunctionIsCalledLongAfter() {
    return Stream.of(
            "PutOnChain",
            "ChooseBids",
            "AskOwner",
            "TakeBids",
            "OfferManifests",
            "ReleaseLeases",
            "CheckReadiness",
            "RecordSuccess",
            "RepeatManifests",
            "CloseFailed",
            "RaiseAttention")
        .flatMap(
            function ->
                Stream.of(
                    calledAgain(function, "a success", chosenByOwner(), Left.LEASED),
                    calledAgain(function, "a failure", refusedTwice(), Left.CLOSED),
                    calledAgain(function, "a cancellation", cancelled(), Left.CLOSED)));
  }

  private static Story cancelled() {
    Story story = story().ownerChooses();
    return story.when(operation -> operation.taskToken().isPresent(), story::ownerCloses);
  }

  private static DynamicTest calledAgain(String function, String after, Story story, Left left) {
    return DynamicTest.dynamicTest(
        function + " after " + after,
        () -> {
          story.request().play();
          Operation before = story.operation();
          story.callAgain(function);
          world.pass(World.BLOCK);
          assertThat(story.operation()).isEqualTo(before);
          assertThat(story.left()).isEqualTo(left);
          story.checkTheEnd();
        });
  }

  /** The machine was never started: its process stopped after the operation was recorded. */
  @Test
  void startsWhatWasNeverStarted() {
    Story story = story();
    Tripwire counter = Tripwire.none();
    story.stoppedBy(counter).request();
    int start = counter.calls().indexOf("StateMachine.start");
    story.play();

    Story lost = story();
    lost.stoppedBy(Tripwire.at(start, Side.BEFORE)).requestOnce();
    assertThat(machine.exists(lost.operationId())).isFalse();
    lost.sweep();
    assertThat(machine.isRunning(lost.operationId())).isTrue();
    lost.play();

    assertThat(lost.operation().state()).isEqualTo(State.SUCCEEDED);
    lost.checkTheEnd();
  }
}
