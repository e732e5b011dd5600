package io.berth.domain.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.domain.bidding.BidSelection;
import io.berth.domain.deployment.DeploymentRecord;
import io.berth.domain.deployment.Leasing.Choice;
import io.berth.domain.deployment.OneRecord;
import io.berth.domain.lifecycle.Decision.Standing;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class OperationDeskTest {
  private static final List<Choice> CHOICE = List.of(new Choice(1, 1, "akash1provider"));
  private static final List<Choice> OTHERS = List.of(new Choice(1, 1, "akash1rival"));
  private static final BidSelection RULES =
      new BidSelection(
          BidSelection.Strategy.CHEAPEST,
          Optional.empty(),
          Set.of(),
          Set.of(),
          Map.of(),
          false,
          1,
          Duration.ofSeconds(60));

  private final MemoryOperations operations = new MemoryOperations();
  private final List<String> machine = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private final DeploymentRecord record =
      OneRecord.OF_TWO_GROUPS.find("ann", OneRecord.DSEQ).orElseThrow();
  private Instant now = Instant.parse("2026-11-25T12:00:00Z");
  private final OperationDesk desk =
      new OperationDesk(
          operations, OneRecord.OF_TWO_GROUPS, new RememberingMachine(), () -> now, this::pause);

  private void pause(Duration time) {
    pauses.add(time);
    now = now.plus(time);
  }

  private Operation begun(Optional<BidSelection> selection) {
    return desk.begin(record, selection);
  }

  private void change(UnaryOperator<Operation> change) {
    Operation from = operations.find("request").orElseThrow();
    assertThat(operations.replace(from, change.apply(from))).isTrue();
  }

  /** The deployment is on the chain, and the machine waits for the owner. */
  private void onTheChain() {
    Operation _ = begun(Optional.empty());
    change(
        operation -> operation.enter(Step.CREATE_DEPLOYMENT, now, now.plusSeconds(9)).leave(now));
    change(operation -> operation.awaitChoice(Optional.of("token")));
  }

  private static void assertConflict(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal ->
                assertThat(refusal.problem())
                    .isInstanceOfSatisfying(
                        Problem.Conflict.class,
                        conflict -> assertThat(conflict.code()).isEqualTo(code)));
  }

  @Test
  void startsAMachineForTheSameRequestAsOftenAsItComesAndOneOperation() {
    Operation first = begun(Optional.empty());
    Operation again = begun(Optional.of(RULES));

    assertThat(again).isEqualTo(first);
    // Starting is starting once: executions have the operation's name.
    assertThat(machine).containsExactly("start request", "start request");
  }

  @Test
  void startsNothingForWhatIsOver() {
    Operation _ = begun(Optional.empty());
    change(operation -> operation.end(Operation.State.FAILED, now));
    machine.clear();

    assertThat(begun(Optional.empty()).isOver()).isTrue();
    assertThat(machine).isEmpty();
  }

  @Test
  void makesTheMachineGoOnWithTheOwnersChoice() {
    onTheChain();
    machine.clear();

    Operation chosen = desk.choose("ann", record.dseq(), CHOICE).orElseThrow();

    assertThat(chosen.openDecision().orElseThrow().choices()).isEqualTo(CHOICE);
    assertThat(machine).containsExactly("goOn token");
  }

  @Test
  void takesTheSameChoiceTwiceAndNoOtherMeanwhile() {
    onTheChain();
    Operation first = desk.choose("ann", record.dseq(), CHOICE).orElseThrow();

    assertThat(desk.choose("ann", record.dseq(), CHOICE)).contains(first);
    assertConflict(
        "leases_under_way", () -> desk.choose("ann", record.dseq(), OTHERS).orElseThrow());
  }

  @Test
  void takesAnotherChoiceOnceTheFirstCameToNothing() {
    onTheChain();
    Operation _ = desk.choose("ann", record.dseq(), CHOICE).orElseThrow();
    Fault fault = new Fault(Fault.Kind.CONFLICT, "gone", "The bid is gone");
    change(operation -> operation.decide(operation.decision().orElseThrow().refuse(fault, now)));

    Operation chosen = desk.choose("ann", record.dseq(), OTHERS).orElseThrow();

    assertThat(chosen.openDecision().orElseThrow().choices()).isEqualTo(OTHERS);
  }

  @Test
  void leavesTheChoiceToTheRulesThatCameWithTheRequest() {
    Operation _ = begun(Optional.of(RULES));

    assertConflict(
        "bids_being_chosen", () -> desk.choose("ann", record.dseq(), CHOICE).orElseThrow());
  }

  @Test
  void takesNoChoiceBeforeTheDeploymentIsOnTheChain() {
    Operation _ = begun(Optional.empty());

    assertConflict(
        "deployment_under_way", () -> desk.choose("ann", record.dseq(), CHOICE).orElseThrow());
    assertThat(operations.find("request").orElseThrow().decision()).isEmpty();
  }

  @Test
  void hasNothingToDoWithLeasesOnceProvidersTookTheManifest() {
    onTheChain();
    Operation _ = desk.choose("ann", record.dseq(), CHOICE).orElseThrow();
    change(
        operation ->
            operation.decide(operation.decision().orElseThrow().reach(Standing.ACCEPTED, now)));

    assertThat(desk.choose("ann", record.dseq(), OTHERS)).isEmpty();
  }

  @Test
  void wakesTheMachineThatWaitsForAnOwnerWhoClosesInstead() {
    onTheChain();
    machine.clear();

    desk.cancel("ann", record.dseq());

    assertThat(operations.find("request").orElseThrow().cancelled()).isTrue();
    assertThat(machine).containsExactly("goOn token");
  }

  @Test
  void showsAnOperationToItsOwnerOnly() {
    Operation begun = begun(Optional.empty());

    assertThat(desk.require("ann", "request")).isEqualTo(begun);
    assertThatThrownBy(() -> desk.require("eve", "request"))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.problem()).isInstanceOf(Problem.NotFound.class));
  }

  @Test
  void waitsNoLongerThanAskedFor() {
    Operation begun = begun(Optional.empty());
    Instant start = now;

    assertThat(desk.await("request", _ -> false, Duration.ofSeconds(2))).isEqualTo(begun);
    assertThat(Duration.between(start, now)).isLessThanOrEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void readsLessOftenTheLongerItWaits() {
    Operation _ = begun(Optional.empty());

    Operation _ = desk.await("request", _ -> false, Duration.ofSeconds(22));

    assertThat(pauses)
        .isSorted()
        .hasSizeLessThan(55)
        .startsWith(Duration.ofMillis(100))
        .endsWith(Duration.ofMillis(500));
  }

  @Test
  void doesNotReadAnOperationThatItJustCreated() {
    Operations unread =
        new Operations() {
          @Override
          public boolean create(Operation operation) {
            return operations.create(operation);
          }

          @Override
          public Optional<Operation> find(String id) {
            throw new AssertionError("read " + id);
          }

          @Override
          public boolean replace(Operation from, Operation next) {
            throw new AssertionError("not asked for");
          }

          @Override
          public List<Operation> unfinished(Instant before, int most) {
            throw new AssertionError("not asked for");
          }
        };
    OperationDesk fresh =
        new OperationDesk(
            unread, OneRecord.OF_TWO_GROUPS, new RememberingMachine(), () -> now, this::pause);

    assertThat(fresh.begin(record, Optional.empty()))
        .isEqualTo(operations.find("request").orElseThrow());
    assertThat(machine).containsExactly("start request");
  }

  @Test
  void answersOnceTheDeploymentIsOnTheChain() {
    onTheChain();
    Instant start = now;

    Operation _ = desk.awaitCreation("request", Duration.ofSeconds(2));

    assertThat(now).isEqualTo(start);
  }

  @Test
  void doesNotTakeADeploymentThatIsBeingClosedForCreated() {
    Operation _ = begun(Optional.empty());
    change(
        operation ->
            operation
                .enter(Step.CREATE_DEPLOYMENT, now, now.plusSeconds(9))
                .fail(new Fault(Fault.Kind.IMPOSSIBLE, "deployment_refused", "no"))
                .enter(Step.CLOSE_DEPLOYMENT, now, now.plusSeconds(9)));
    Instant start = now;

    Operation _ = desk.awaitCreation("request", Duration.ofSeconds(2));

    assertThat(now).isAfter(start);
  }

  private final class RememberingMachine implements StateMachine {
    @Override
    public void start(Operation operation) {
      machine.add("start " + operation.id());
    }

    @Override
    public void goOn(String taskToken) {
      machine.add("goOn " + taskToken);
    }

    @Override
    public Run runOf(Operation operation) {
      throw new AssertionError("not asked for");
    }
  }
}
