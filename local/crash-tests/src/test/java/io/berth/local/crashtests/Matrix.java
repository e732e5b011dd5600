package io.berth.local.crashtests;

import io.berth.domain.ledger.ChainUnavailableException;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.local.aws.faults.DynamoDbFault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs single cases of the matrix in one world. */
final class Matrix implements AutoCloseable {
  private static final int MOST_REPETITIONS = 60;

  private final World world;
  private int users;

  Matrix() {
    this(Optional.empty());
  }

  /**
   * @param fault how DynamoDB fails now and then
   */
  Matrix(Optional<DynamoDbFault> fault) {
    this.world = new World(fault);
  }

  /** Who takes an interrupted flow up again. */
  enum Recovery {
    USER,
    WORKFLOW,
    BOTH
  }

  /** One case. */
  record Case(
      Flows flow,
      int call,
      Tripwire.Side side,
      Recovery recovery,
      Weather weather,
      boolean ordered) {}

  /** The external calls of a flow that nothing stops, in order. */
  List<String> callsOf(Flows flow, boolean ordered) {
    Flow prepared = prepare(flow, ordered);
    Tripwire tripwire = Tripwire.none();
    prepared.byUser(process(tripwire, ordered));
    prepared.checkOnce();
    return tripwire.calls();
  }

  /**
   * Stops a flow, takes it up again, and counts.
   *
   * @throws AssertionError if it took effect more or less than once, money is missing, or it is
   *     stuck
   */
  void run(Case one) {
    try {
      check(one);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(one + ": " + e.getMessage(), e);
    }
  }

  private void check(Case one) {
    Flow flow = prepare(one.flow(), one.ordered());
    stop(flow, process(Tripwire.at(one.call(), one.side()), one.ordered()));
    one.weather().begin(world.devnet.faults());
    Instant clearsUp = world.now().plus(Weather.LASTS);
    switch (one.recovery()) {
      case USER -> repeat(flow::byUser, one.ordered(), clearsUp);
      case WORKFLOW -> {
        repeat(flow::byWorkflow, one.ordered(), clearsUp);
        // A workflow that had not begun leaves it to the user.
        repeat(flow::byUser, one.ordered(), clearsUp);
      }
      case BOTH -> atOnce(flow, one.ordered(), clearsUp);
    }
    world.devnet.faults().clear();
    world.pass(World.BLOCK.multipliedBy(3));
    flow.checkOnce();
  }

  private Flow prepare(Flows flow, boolean ordered) {
    world.devnet.faults().clear();
    return flow.prepare(world, process(Tripwire.none(), ordered), "user-" + ++users);
  }

  World world() {
    return world;
  }

  BerthProcess process(Tripwire tripwire, boolean ordered) {
    return new BerthProcess(world, tripwire, Flows.provider(world), ordered, users);
  }

  private static void stop(Flow flow, BerthProcess process) {
    try {
      flow.byUser(process);
    } catch (Crash expected) {
      return;
    }
    throw new AssertionError("the flow ended before the call that should stop it");
  }

  /** Repeats until it succeeds, as a patient client does; a final refusal is a failure here. */
  private void repeat(Consumer<BerthProcess> attempt, boolean ordered, Instant clearsUp) {
    List<String> refusals = new ArrayList<>();
    for (int i = 0; i < MOST_REPETITIONS; i++) {
      if (!world.now().isBefore(clearsUp)) {
        world.devnet.faults().clear();
      }
      try {
        attempt.accept(process(Tripwire.none(), ordered));
        return;
      } catch (Refusal refusal) {
        refusals.add(refusal.problem() + " " + refusal.detail());
        world.pass(waitAfter(refusal));
      } catch (ChainUnavailableException e) {
        refusals.add(e.getMessage());
        world.pass(Duration.ofSeconds(1));
      }
    }
    throw new AssertionError("stuck: " + refusals);
  }

  private static Duration waitAfter(Refusal refusal) {
    return switch (refusal.problem()) {
      case Problem.Conflict(String code, String message, Duration retryAfter) -> retryAfter;
      case Problem.Unavailable unavailable -> Duration.ofSeconds(1);
      case Problem.OutcomeUnknown unknown -> Duration.ofSeconds(1);
      // A node that lags behind may not show the user's credit yet.
      case Problem.PaymentRequired payment -> Duration.ofSeconds(1);
      default -> throw new AssertionError("refused for good: " + refusal.problem(), refusal);
    };
  }

  private void atOnce(Flow flow, boolean ordered, Instant clearsUp) {
    atOnce(List.of(flow::byUser, flow::byWorkflow), ordered, clearsUp);
  }

  private void atOnce(List<Consumer<BerthProcess>> attempts, boolean ordered, Instant clearsUp) {
    world.atOnce(
        attempts.stream()
            .<Runnable>map(attempt -> () -> repeat(attempt, ordered, clearsUp))
            .toList());
  }

  /** A flow that several ask for at once, with nobody stopped; then the money is counted. */
  void race(Flows flow, int users, int workflows) {
    Flow prepared = prepare(flow, false);
    List<Consumer<BerthProcess>> attempts = new ArrayList<>();
    attempts.addAll(Collections.nCopies(users, prepared::byUser));
    attempts.addAll(Collections.nCopies(workflows, prepared::byWorkflow));
    atOnce(attempts, false, world.now());
    world.pass(World.BLOCK.multipliedBy(3));
    prepared.checkOnce();
  }

  @Override
  public void close() {
    world.close();
  }
}
