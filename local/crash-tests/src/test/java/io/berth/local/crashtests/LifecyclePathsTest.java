package io.berth.local.crashtests;

import static io.berth.domain.lifecycle.Step.AWAIT_READY;
import static io.berth.domain.lifecycle.Step.CHOOSE_BIDS;
import static io.berth.domain.lifecycle.Step.CLOSE_DEPLOYMENT;
import static io.berth.domain.lifecycle.Step.CREATE_DEPLOYMENT;
import static io.berth.domain.lifecycle.Step.CREATE_LEASES;
import static io.berth.domain.lifecycle.Step.RELEASE_LEASES;
import static io.berth.domain.lifecycle.Step.SEND_MANIFESTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.akash.Coin;
import io.berth.domain.bidding.BidSelection;
import io.berth.domain.lifecycle.Decision;
import io.berth.domain.lifecycle.Fault;
import io.berth.domain.lifecycle.Operation;
import io.berth.domain.lifecycle.Operation.State;
import io.berth.domain.lifecycle.Step;
import io.berth.domain.provider.ManifestOutcome;
import io.berth.domain.request.RequestId;
import io.berth.local.crashtests.Story.Left;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every path of the state machine: who fails where, how the operation ends, by which steps, what is
 * on the chain then, and that the rest of the money is back. The machine is the file that is
 * deployed; the chain is the devnet; time is the world's.
 */
class LifecyclePathsTest {
  /** The steps of a deployment that meets no trouble. */
  private static final List<Step> WHOLE =
      List.of(CREATE_DEPLOYMENT, CHOOSE_BIDS, CREATE_LEASES, SEND_MANIFESTS, AWAIT_READY);

  private static World world;
  private static Machine machine;

  private final String provider = world.provider.address();
  private final String rival = world.rival.address();

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

  /**
   * A row of the table.
   *
   * @param fault its code; empty if nothing failed
   */
  private record Path(
      String name, Consumer<Story> plot, State end, String fault, Left left, List<Step> way) {}

  @TestFactory
  Stream<DynamicTest> endsAsTheTableSays() {
    return Stream.of(whenAllGoesWell(), whenBidsFail(), whenProvidersFail(), whenOthersFail())
        .flatMap(List::stream)
        .map(path -> DynamicTest.dynamicTest(path.name(), () -> check(path)));
  }

  private static void check(Path path) {
    Story story = new Story(world, machine, path.name().replace(' ', '-'), path.name().length());
    try {
      path.plot().accept(story);
      if (story.record() == null) {
        story.request();
      }
      story.play();
    } finally {
      world.devnet.faults().clear();
    }
    assertThat(story.surprises()).isEmpty();
    Operation operation = story.operation();
    assertThat(operation.state()).as("%s", operation).isEqualTo(path.end());
    assertThat(operation.fault().map(Fault::code).orElse("")).isEqualTo(path.fault());
    assertThat(story.left()).isEqualTo(path.left());
    assertThat(story.way()).isEqualTo(path.way());
    if (path.end() != State.NEEDS_ATTENTION) {
      story.checkTheEnd();
    }
  }

  private List<Path> whenAllGoesWell() {
    return List.of(
        new Path(
            "the cheapest bid is taken",
            story -> story.company.bids(provider, 1, 9).bids(rival, 1, 7),
            State.SUCCEEDED,
            "",
            Left.LEASED,
            WHOLE),
        new Path(
            "the owner chooses",
            story -> {
              story.ownerChooses().ownerTakesCheapestWhenAsked();
              story.company.bids(provider, 1, 9);
            },
            State.SUCCEEDED,
            "",
            Left.LEASED,
            WHOLE),
        new Path(
            "two groups go to two providers",
            story -> {
              story.deploys(Sdls.twoGroups());
              story.company.bids(provider, 1, 9).bids(rival, 2, 7);
            },
            State.SUCCEEDED,
            "",
            Left.LEASED,
            WHOLE),
        new Path(
            "a provider sees its lease late",
            story ->
                story
                    .company
                    .bids(provider, 1, 9)
                    .answers(provider, first(3, new ManifestOutcome.NotYetVisible())),
            State.SUCCEEDED,
            "",
            Left.LEASED,
            WHOLE),
        new Path(
            "a workload that never comes up is reported and stays",
            story -> story.company.bids(provider, 1, 9).workloadsNeverComeUp(),
            State.SUCCEEDED,
            "",
            Left.LEASED,
            WHOLE));
  }

  private List<Path> whenBidsFail() {
    return List.of(
        new Path(
            "nobody bids",
            story -> {},
            State.FAILED,
            "no_acceptable_bid",
            Left.CLOSED,
            List.of(CREATE_DEPLOYMENT, CHOOSE_BIDS, CLOSE_DEPLOYMENT)),
        new Path(
            "every bid is refused by a rule",
            story -> {
              story.byRules(atMost(8));
              story.company.bids(provider, 1, 9).bids(rival, 1, 10);
            },
            State.FAILED,
            "no_acceptable_bid",
            Left.CLOSED,
            List.of(CREATE_DEPLOYMENT, CHOOSE_BIDS, CLOSE_DEPLOYMENT)),
        new Path(
            "one of two groups has no bid",
            story -> {
              story.deploys(Sdls.twoGroups());
              story.company.bids(provider, 1, 9);
            },
            State.FAILED,
            "no_acceptable_bid",
            Left.CLOSED,
            List.of(CREATE_DEPLOYMENT, CHOOSE_BIDS, CLOSE_DEPLOYMENT)),
        new Path(
            "the owner chooses nothing",
            story -> {
              story.ownerChooses();
              story.company.bids(provider, 1, 9);
            },
            State.FAILED,
            "nobody_chose",
            Left.CLOSED,
            List.of(CREATE_DEPLOYMENT, CHOOSE_BIDS, CLOSE_DEPLOYMENT)),
        new Path(
            "the owner's bid is gone and he takes another",
            story -> {
              story
                  .ownerChooses()
                  .ownerTakesCheapestWhenAsked()
                  .when(
                      operation -> operation.openDecision().isPresent(),
                      () -> {
                        story.providersTakeBidsBack();
                        story.company.bids(rival, 1, 9);
                      })
                  .when(
                      operation -> isRefused(operation), () -> story.ownerTakesCheapestWhenAsked());
              story.company.bids(provider, 1, 7);
            },
            State.SUCCEEDED,
            "",
            Left.LEASED,
            List.of(
                CREATE_DEPLOYMENT,
                CHOOSE_BIDS,
                CREATE_LEASES,
                CHOOSE_BIDS,
                CREATE_LEASES,
                SEND_MANIFESTS,
                AWAIT_READY)),
        new Path(
            "the chosen bid is gone and rules take the next",
            story -> {
              story.when(
                  operation -> operation.openDecision().isPresent(),
                  () -> {
                    story.providersTakeBidsBack();
                    story.company.bids(rival, 1, 9);
                  });
              story.company.bids(provider, 1, 7);
            },
            State.SUCCEEDED,
            "",
            Left.LEASED,
            List.of(
                CREATE_DEPLOYMENT,
                CHOOSE_BIDS,
                CREATE_LEASES,
                CHOOSE_BIDS,
                CREATE_LEASES,
                SEND_MANIFESTS,
                AWAIT_READY)));
  }

  private static boolean isRefused(Operation operation) {
    return operation
        .decision()
        .filter(decision -> decision.standing() == Decision.Standing.REFUSED)
        .isPresent();
  }

  private List<Path> whenProvidersFail() {
    List<Step> second =
        List.of(
            CREATE_DEPLOYMENT,
            CHOOSE_BIDS,
            CREATE_LEASES,
            SEND_MANIFESTS,
            RELEASE_LEASES,
            CHOOSE_BIDS,
            CREATE_LEASES,
            SEND_MANIFESTS);
    return List.of(
        new Path(
            "a provider refuses the manifest and the next takes it",
            story ->
                story
                    .company
                    .bids(provider, 1, 7)
                    .bids(rival, 1, 9)
                    .answers(provider, () -> new ManifestOutcome.Rejected("no such image")),
            State.SUCCEEDED,
            "",
            Left.LEASED,
            and(second, AWAIT_READY)),
        new Path(
            "a provider that shows a wrong certificate is left",
            story ->
                story
                    .company
                    .bids(provider, 1, 7)
                    .bids(rival, 1, 9)
                    .answers(provider, () -> new ManifestOutcome.Untrusted("self-signed")),
            State.SUCCEEDED,
            "",
            Left.LEASED,
            and(second, AWAIT_READY)),
        new Path(
            "a provider that does not answer for four minutes is left",
            story ->
                story
                    .company
                    .bids(provider, 1, 7)
                    .bids(rival, 1, 9)
                    .answers(provider, () -> new ManifestOutcome.Unreachable("timed out")),
            State.SUCCEEDED,
            "",
            Left.LEASED,
            and(second, AWAIT_READY)),
        new Path(
            "two providers refuse the manifest",
            story ->
                story
                    .company
                    .bids(provider, 1, 7)
                    .bids(rival, 1, 9)
                    .answers(provider, () -> new ManifestOutcome.Rejected("no such image"))
                    .answers(rival, () -> new ManifestOutcome.Rejected("no such image")),
            State.FAILED,
            "manifest_refused",
            Left.CLOSED,
            and(second, CLOSE_DEPLOYMENT)),
        new Path(
            "the only provider refuses the manifest",
            story ->
                story
                    .company
                    .bids(provider, 1, 7)
                    .answers(provider, () -> new ManifestOutcome.Rejected("no such image")),
            State.FAILED,
            "no_acceptable_bid",
            Left.CLOSED,
            List.of(
                CREATE_DEPLOYMENT,
                CHOOSE_BIDS,
                CREATE_LEASES,
                SEND_MANIFESTS,
                RELEASE_LEASES,
                CHOOSE_BIDS,
                CLOSE_DEPLOYMENT)),
        new Path(
            "one of two groups' providers refuses twice",
            story -> {
              story.deploys(Sdls.twoGroups());
              story
                  .company
                  .bids(provider, 1, 7)
                  .bids(provider, 2, 7)
                  .bids(rival, 1, 9)
                  .answers(provider, () -> new ManifestOutcome.Rejected("no such image"));
            },
            State.FAILED,
            "no_acceptable_bid",
            Left.CLOSED,
            List.of(
                CREATE_DEPLOYMENT,
                CHOOSE_BIDS,
                CREATE_LEASES,
                SEND_MANIFESTS,
                RELEASE_LEASES,
                CHOOSE_BIDS,
                CLOSE_DEPLOYMENT)),
        new Path(
            "the lease ends before the manifest is taken",
            story -> {
              story.during(SEND_MANIFESTS, story::providersLeave);
              story
                  .company
                  .bids(provider, 1, 7)
                  .answers(provider, first(1, new ManifestOutcome.NotYetVisible()));
            },
            State.FAILED,
            "lease_lost",
            Left.CLOSED,
            and(WHOLE.subList(0, 4), CLOSE_DEPLOYMENT)),
        new Path(
            "the lease ends while the workload comes up",
            story -> {
              story.during(AWAIT_READY, story::providersLeave);
              story.company.bids(provider, 1, 7).workloadsNeverComeUp();
            },
            State.FAILED,
            "lease_lost",
            Left.CLOSED,
            and(WHOLE, CLOSE_DEPLOYMENT)));
  }

  private List<Path> whenOthersFail() {
    return Stream.of(theChainFails(), theOwnerCloses(), functionsBreak())
        .flatMap(List::stream)
        .toList();
  }

  private List<Path> theChainFails() {
    return List.of(
        new Path(
            "the money was spent elsewhere meanwhile",
            story -> {
              story.request();
              spendElsewhere(story);
            },
            State.FAILED,
            "deployment_refused",
            Left.NOTHING,
            List.of(CREATE_DEPLOYMENT, CLOSE_DEPLOYMENT)),
        new Path(
            "the chain stands still for twelve minutes before the creation",
            story -> {
              story.request();
              world.devnet.faults().halt(true);
              goesOnAfter(story, Duration.ofMinutes(12));
            },
            State.FAILED,
            "timed_out",
            Left.NOTHING,
            List.of(CREATE_DEPLOYMENT, CLOSE_DEPLOYMENT)),
        new Path(
            "the chain stands still for two minutes before the leases",
            story -> {
              story.company.bids(provider, 1, 7);
              story.when(
                  operation -> operation.openDecision().isPresent(),
                  () -> {
                    world.devnet.faults().halt(true);
                    goesOnAfter(story, Duration.ofMinutes(2));
                  });
            },
            State.SUCCEEDED,
            "",
            Left.LEASED,
            WHOLE),
        new Path(
            "the node is down for the whole bid window",
            story -> {
              story.company.bids(provider, 1, 7);
              story.byRules(Story.cheapest(2, Duration.ofSeconds(60)));
              story.during(
                  CHOOSE_BIDS,
                  () -> {
                    world.devnet.faults().down(true);
                    goesOnAfter(story, Duration.ofMinutes(6));
                  });
            },
            State.FAILED,
            "timed_out",
            Left.CLOSED,
            List.of(CREATE_DEPLOYMENT, CHOOSE_BIDS, CLOSE_DEPLOYMENT)),
        new Path(
            // The close was sent when the node went down: the operator will find it closed.
            "the node is down for longer than an hour of closing",
            story ->
                story.during(
                    CLOSE_DEPLOYMENT,
                    () -> {
                      world.devnet.faults().down(true);
                      goesOnAfter(story, Duration.ofMinutes(70));
                    }),
            State.NEEDS_ATTENTION,
            "no_acceptable_bid",
            Left.CLOSED,
            List.of(CREATE_DEPLOYMENT, CHOOSE_BIDS, CLOSE_DEPLOYMENT)));
  }

  /** Most of the credit goes into another deployment, between request and creation. */
  private static void spendElsewhere(Story story) {
    BerthProcess berth = new BerthProcess(world, Tripwire.none(), story.company, false, 1);
    var _ =
        berth.writer.commit(
            berth.writer.request(
                new RequestId("elsewhere-" + story.user, world.now().minusSeconds(1)),
                story.user,
                Sdls.web("1.26"),
                Coin.uact(World.CREDIT_UACT - 1)));
  }

  private static void goesOnAfter(Story story, Duration time) {
    var until = world.now().plus(time);
    story.when(_ -> !world.now().isBefore(until), () -> world.devnet.faults().clear());
  }

  private List<Path> theOwnerCloses() {
    return List.of(
        new Path(
            "the owner closes before anything is created",
            story -> story.request().ownerCloses(),
            State.CANCELLED,
            "",
            Left.NOTHING,
            List.of(CREATE_DEPLOYMENT, CLOSE_DEPLOYMENT)),
        new Path(
            "the owner closes while bids come in",
            story -> story.during(CHOOSE_BIDS, story::ownerCloses),
            State.CANCELLED,
            "",
            Left.CLOSED,
            List.of(CREATE_DEPLOYMENT, CHOOSE_BIDS, CLOSE_DEPLOYMENT)),
        new Path(
            "the owner closes instead of choosing",
            story ->
                story
                    .ownerChooses()
                    .when(operation -> operation.taskToken().isPresent(), story::ownerCloses),
            State.CANCELLED,
            "",
            Left.CLOSED,
            List.of(CREATE_DEPLOYMENT, CHOOSE_BIDS, CREATE_LEASES, CLOSE_DEPLOYMENT)),
        new Path(
            "the owner closes before the manifest is taken",
            story -> {
              story.during(SEND_MANIFESTS, story::ownerCloses);
              story
                  .company
                  .bids(provider, 1, 7)
                  .answers(provider, first(1, new ManifestOutcome.NotYetVisible()));
            },
            State.CANCELLED,
            "",
            Left.CLOSED,
            and(WHOLE.subList(0, 4), CLOSE_DEPLOYMENT)),
        new Path(
            "the owner closes what does not come up",
            story -> {
              story.during(AWAIT_READY, story::ownerCloses);
              story.company.bids(provider, 1, 7).workloadsNeverComeUp();
            },
            State.CANCELLED,
            "",
            Left.CLOSED,
            and(WHOLE, CLOSE_DEPLOYMENT)));
  }

  private List<Path> functionsBreak() {
    return List.of(
        broken("PutOnChain", State.FAILED, Left.NOTHING, List.of(CLOSE_DEPLOYMENT)),
        broken(
            "ChooseBids", State.FAILED, Left.CLOSED, List.of(CREATE_DEPLOYMENT, CLOSE_DEPLOYMENT)),
        broken("TakeBids", State.FAILED, Left.CLOSED, and(WHOLE.subList(0, 2), CLOSE_DEPLOYMENT)),
        broken(
            "OfferManifests",
            State.FAILED,
            Left.CLOSED,
            and(WHOLE.subList(0, 3), CLOSE_DEPLOYMENT)),
        broken(
            "CheckReadiness",
            State.FAILED,
            Left.CLOSED,
            and(WHOLE.subList(0, 4), CLOSE_DEPLOYMENT)),
        broken("RecordSuccess", State.SUCCEEDED, Left.LEASED, WHOLE),
        broken("RepeatManifests", State.SUCCEEDED, Left.LEASED, WHOLE),
        new Path(
            "AskOwner is broken",
            story -> story.ownerChooses().breaks("AskOwner", 7),
            State.FAILED,
            "internal_error",
            Left.CLOSED,
            List.of(CREATE_DEPLOYMENT, CLOSE_DEPLOYMENT)),
        new Path(
            "CloseFailed is broken",
            story -> story.breaks("CloseFailed", 7),
            State.NEEDS_ATTENTION,
            "no_acceptable_bid",
            Left.HALF_DONE,
            List.of(CREATE_DEPLOYMENT, CHOOSE_BIDS)),
        new Path(
            "CloseFailed and RaiseAttention are broken and the sweeper closes",
            story -> story.breaks("CloseFailed", 7).breaks("RaiseAttention", 7),
            State.FAILED,
            "no_acceptable_bid",
            Left.CLOSED,
            List.of(CREATE_DEPLOYMENT, CHOOSE_BIDS, CLOSE_DEPLOYMENT)),
        new Path(
            "ReleaseLeases is broken",
            story -> {
              story.breaks("ReleaseLeases", 7);
              story
                  .company
                  .bids(provider, 1, 7)
                  .bids(rival, 1, 9)
                  .answers(provider, () -> new ManifestOutcome.Rejected("no such image"));
            },
            State.FAILED,
            "internal_error",
            Left.CLOSED,
            and(WHOLE.subList(0, 4), CLOSE_DEPLOYMENT)),
        new Path(
            "every function breaks off twice and goes on",
            story -> {
              for (String function :
                  List.of(
                      "PutOnChain",
                      "ChooseBids",
                      "TakeBids",
                      "OfferManifests",
                      "CheckReadiness",
                      "RecordSuccess",
                      "RepeatManifests")) {
                story.breaks(function, 2);
              }
              story.company.bids(provider, 1, 7);
            },
            State.SUCCEEDED,
            "",
            Left.LEASED,
            WHOLE));
  }

  private Path broken(String function, State end, Left left, List<Step> way) {
    return new Path(
        function + " is broken",
        story -> {
          story.breaks(function, 7);
          story.company.bids(provider, 1, 7);
        },
        end,
        end == State.SUCCEEDED ? "" : "internal_error",
        left,
        way);
  }

  private static List<Step> and(List<Step> steps, Step last) {
    return Stream.concat(steps.stream(), Stream.of(last)).toList();
  }

  private static BidSelection atMost(long price) {
    return new BidSelection(
        BidSelection.Strategy.CHEAPEST,
        Optional.of(BigDecimal.valueOf(price)),
        Set.of(),
        Set.of(),
        Map.of(),
        false,
        1,
        Duration.ofSeconds(60));
  }

  /** So many times this outcome, then as usual. */
  private static Supplier<ManifestOutcome> first(int times, ManifestOutcome outcome) {
    AtomicInteger left = new AtomicInteger(times);
    return () -> left.getAndDecrement() > 0 ? outcome : null;
  }
}
