package io.berth.local.crashtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.akash.Bid;
import io.berth.domain.akash.BidId;
import io.berth.domain.akash.Coin;
import io.berth.domain.akash.Deployment;
import io.berth.domain.akash.Lease;
import io.berth.domain.bidding.BidSelection;
import io.berth.domain.deployment.DeploymentRecord;
import io.berth.domain.deployment.Leasing.Choice;
import io.berth.domain.ledger.ChainUnavailableException;
import io.berth.domain.lifecycle.LifecycleException;
import io.berth.domain.lifecycle.Operation;
import io.berth.domain.lifecycle.PatientStep;
import io.berth.domain.lifecycle.Step;
import io.berth.domain.lifecycle.StepRun;
import io.berth.domain.problem.Refusal;
import io.berth.domain.request.RequestId;
import io.berth.local.aws.InvocationResult;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One deployment from its request to its end, as the state machine drives it: a fresh user, a
 * company of providers, and whatever happens meanwhile.
 */
final class Story {
  static final long DEPOSIT_UACT = 5_000_000;
  private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(5);
  private static final int MOST_SWEEPS = 20;
  private static final JsonMapper JSON = JsonMapper.shared();

  private record Event(Predicate<Operation> moment, Runnable what) {}

  final World world;
  final String user;
  final Company company;
  private final Machine machine;
  private final long seed;
  private final List<Event> events = new ArrayList<>();
  private final Map<String, Integer> breaks = new HashMap<>();
  private final List<RuntimeException> surprises = new ArrayList<>();
  private Tripwire tripwire = Tripwire.none();
  private boolean wasStopped;
  private String sdl = Sdls.web("1.27");
  private Optional<BidSelection> selection = Optional.of(cheapest(1, Duration.ofSeconds(60)));
  private DeploymentRecord record;

  Story(World world, Machine machine, String user, long seed) {
    this.world = world;
    this.machine = machine;
    this.user = user;
    this.seed = seed;
    this.company = new Company(world);
  }

  static BidSelection cheapest(int minBids, Duration patience) {
    return new BidSelection(
        BidSelection.Strategy.CHEAPEST,
        Optional.empty(),
        Set.of(),
        Set.of(),
        Map.of(),
        false,
        minBids,
        patience);
  }

  Story deploys(String text) {
    sdl = text;
    return this;
  }

  boolean hasTwoGroups() {
    return sdl.equals(Sdls.twoGroups());
  }

  Story byRules(BidSelection rules) {
    selection = Optional.of(rules);
    return this;
  }

  Story ownerChooses() {
    selection = Optional.empty();
    return this;
  }

  /** What happens once, as soon as the operation is as described. */
  Story when(Predicate<Operation> moment, Runnable what) {
    events.add(new Event(moment, what));
    return this;
  }

  Story during(Step step, Runnable what) {
    return when(isIn(step), what);
  }

  static Predicate<Operation> isIn(Step step) {
    return operation ->
        operation
            .current()
            .filter(run -> run.step() == step && run.endedAt().isEmpty())
            .isPresent();
  }

  /** The function breaks off so many times. */
  Story breaks(String function, int times) {
    breaks.put(function, times);
    return this;
  }

  /** The process stops where the tripwire says; those after it are whole. */
  Story stoppedBy(Tripwire wire) {
    tripwire = wire;
    return this;
  }

  /** As long as nobody chose yet, the owner takes the cheapest bid on each group. */
  Story ownerTakesCheapestWhenAsked() {
    return when(operation -> operation.taskToken().isPresent() && everyGroupHasBid(), this::choose);
  }

  private boolean everyGroupHasBid() {
    return !world.devnet.faults().isDown()
        && openBids().stream().map(bid -> bid.id().order().gseq()).distinct().count() == groups();
  }

  private int groups() {
    return world.node.deployment(record.id()).map(known -> known.groups().size()).orElse(-1);
  }

  List<Bid> openBids() {
    return world.node.bids(record.id()).stream()
        .filter(bid -> bid.state() == Bid.State.OPEN)
        .toList();
  }

  private void choose() {
    Map<Integer, Bid> best = new HashMap<>();
    for (Bid bid : openBids()) {
      best.merge(
          bid.id().order().gseq(),
          bid,
          (a, b) -> a.price().amount().compareTo(b.price().amount()) <= 0 ? a : b);
    }
    List<Choice> choices = best.values().stream().map(bid -> choice(bid.id())).toList();
    var _ = lifecycle(Tripwire.none()).desk.choose(user, record.dseq(), choices);
  }

  private static Choice choice(BidId bid) {
    return new Choice(bid.order().gseq(), bid.order().oseq(), bid.provider());
  }

  /** Providers that hold a lease give it up. */
  void providersLeave() {
    if (world.devnet.faults().isDown()) {
      return;
    }
    company.bidsNoMore(world.provider.address());
    company.bidsNoMore(world.rival.address());
    activeLeases().forEach(lease -> world.takeBack(lease.id()));
  }

  /** All open bids are taken back, behind Berth's back. */
  void providersTakeBidsBack() {
    if (world.devnet.faults().isDown()) {
      return;
    }
    openBids().forEach(bid -> world.takeBack(bid.id()));
  }

  List<Lease> activeLeases() {
    return world.node.leases(record.id()).stream().filter(Lease::isActive).toList();
  }

  /** The owner closes the deployment, as {@code DELETE /v1/deployments/{dseq}} does. */
  void ownerCloses() {
    lifecycle(Tripwire.none()).desk.cancel(user, record.dseq());
    try {
      berth(Tripwire.none()).writer.close(user, record.dseq());
    } catch (Refusal | ChainUnavailableException e) {
      // The owner is told to repeat; the machine closes it without that.
    }
  }

  DeploymentRecord record() {
    return record;
  }

  String operationId() {
    return "operation-of-" + user;
  }

  /** The user asks for the deployment, as {@code POST /v1/deployments} does, until it answers. */
  Story request() {
    RequestId id = activate();
    if (isStopped(id)) {
      request(id);
    }
    return this;
  }

  /** The user asks only once, though the process stops. */
  void requestOnce() {
    assertThat(isStopped(activate())).isTrue();
  }

  /** The sweeper comes by, some minutes later. */
  void sweep() {
    world.pass(BETWEEN_SWEEPS);
    var _ = lifecycle(Tripwire.none()).sweeper.sweep();
  }

  private void hasStopped() {
    wasStopped = true;
    tripwire = Tripwire.none();
  }

  /** Whether a process came to where the tripwire stops it. */
  boolean wasStopped() {
    return wasStopped;
  }

  private RequestId activate() {
    BerthProcess calm = new BerthProcess(world, Tripwire.none(), company, false, seed);
    var _ = calm.activation.activate(user, user + "@example.com", credit());
    world.toNextBlock();
    return new RequestId(operationId(), world.now());
  }

  private boolean isStopped(RequestId id) {
    try {
      request(id);
      return false;
    } catch (Crash e) {
      hasStopped();
      return true;
    }
  }

  private void request(RequestId id) {
    BerthProcess berth = berth(tripwire);
    record = berth.writer.request(id, user, sdl, Coin.uact(DEPOSIT_UACT));
    var _ = lifecycle(berth, tripwire).desk.begin(record, selection);
  }

  /** Lets the machine run to its end, and the sweeper look after what it left. */
  Story play() {
    machine.runUntil(() -> !machine.isRunning(operationId()), this::invoke, this::meanwhile);
    machine.forgetCalls();
    for (int i = 0; !operation().isOver() && i < MOST_SWEEPS; i++) {
      world.devnet.faults().clear();
      sweep();
    }
    return this;
  }

  /** Lets the machine run until it enters a state; false if it ended without. */
  boolean playUntil(String state) {
    machine.runUntil(
        () ->
            !machine.isRunning(operationId())
                || machine.state(operationId()).equals(Optional.of(state)),
        this::invoke,
        this::meanwhile);
    return machine.isRunning(operationId());
  }

  void stopMachine() {
    machine.stop(operationId());
  }

  private void meanwhile() {
    if (!world.devnet.faults().isDown()) {
      company.bidOn(record);
    }
    Operation operation = operation();
    for (Event event : List.copyOf(events)) {
      if (event.moment().test(operation)) {
        events.remove(event);
        event.what().run();
      }
    }
  }

  private InvocationResult invoke(String function, JsonNode event) {
    if (breaks.merge(function, -1, Integer::sum) >= 0) {
      return failed("Runtime.ExitError");
    }
    try {
      return new InvocationResult.Returned(
          lifecycle(tripwire).invoke(function, event).getBytes(StandardCharsets.UTF_8));
    } catch (Crash e) {
      hasStopped();
      return failed("Runtime.ExitError");
    } catch (LifecycleException e) {
      return failed(e.getClass().getName());
    } catch (RuntimeException e) {
      surprises.add(e);
      return failed(e.getClass().getName());
    }
  }

  /** What functions threw that no path is for. */
  List<RuntimeException> surprises() {
    return List.copyOf(surprises);
  }

  private static InvocationResult failed(String type) {
    return new InvocationResult.Failed(
        JSON.writeValueAsBytes(Map.of("errorType", type, "errorMessage", "it failed")));
  }

  /** A call of a function that comes once more, long after. */
  void callAgain(String function) {
    InvocationResult _ =
        invoke(
            function,
            JSON.valueToTree(Map.of("operationId", operationId(), "taskToken", "of-long-ago")));
  }

  Operation operation() {
    return lifecycle(Tripwire.none()).desk.require(user, operationId());
  }

  List<Step> way() {
    return operation().steps().stream().map(StepRun::step).toList();
  }

  private BerthProcess berth(Tripwire wire) {
    return new BerthProcess(world, wire, company, false, seed, PatientStep.PATIENCE);
  }

  private LifecycleProcess lifecycle(Tripwire wire) {
    return lifecycle(berth(wire), wire);
  }

  private LifecycleProcess lifecycle(BerthProcess berth, Tripwire wire) {
    return new LifecycleProcess(world, berth, wire, machine.port());
  }

  /** What is left on the chain of a deployment. */
  enum Left {
    /** Every group has one active lease. */
    LEASED,
    CLOSED,
    /** It never came to be. */
    NOTHING,
    /** Something that costs money without being of use. */
    HALF_DONE
  }

  Left left() {
    Optional<Deployment> deployment = world.node.deployment(record.id());
    if (deployment.isEmpty()) {
      return Left.NOTHING;
    }
    if (deployment.get().state() == Deployment.State.CLOSED) {
      return Left.CLOSED;
    }
    List<Integer> leased =
        activeLeases().stream().map(lease -> lease.id().order().gseq()).sorted().toList();
    List<Integer> groups =
        deployment.get().groups().stream().map(group -> group.gseq()).sorted().toList();
    return leased.equals(groups) ? Left.LEASED : Left.HALF_DONE;
  }

  /**
   * What holds however a story ends: it is over, nothing is half done, and of the money that was
   * reserved everything that was not spent is the user's again.
   */
  void checkTheEnd() {
    Operation operation = operation();
    assertThat(operation.isOver()).isTrue();
    Left expected = operation.state() == Operation.State.SUCCEEDED ? Left.LEASED : Left.CLOSED;
    Left left = left();
    if (expected == Left.CLOSED) {
      assertThat(left).as("left by %s", operation).isIn(Left.CLOSED, Left.NOTHING);
    } else {
      assertThat(left).as("left by %s", operation).isEqualTo(Left.LEASED);
    }
    assertThat(world.moneyOf(record.owner())).isEqualByComparingTo(new BigDecimal(credit()));
    if (left != Left.LEASED) {
      assertThat(unspent()).isEqualByComparingTo(BigDecimal.ZERO);
    }
  }

  /** What lies in the escrow of this deployment. */
  BigDecimal unspent() {
    return world.node.deployment(record.id()).stream()
        .flatMap(deployment -> deployment.escrow().funds().stream())
        .map(coin -> coin.amount())
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** What providers got from this deployment. */
  BigDecimal spent() {
    return world.node.deployment(record.id()).stream()
        .flatMap(deployment -> deployment.escrow().transferred().stream())
        .map(coin -> coin.amount())
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigInteger credit() {
    return BigInteger.valueOf(World.CREDIT_UACT);
  }
}
