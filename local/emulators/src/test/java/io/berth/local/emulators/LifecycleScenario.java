package io.berth.local.emulators;

import io.berth.domain.lifecycle.DeploymentRefusedException;
import io.berth.domain.lifecycle.LeaseLostException;
import io.berth.domain.lifecycle.LeasesRefusedAgainException;
import io.berth.domain.lifecycle.LeasesRefusedException;
import io.berth.domain.lifecycle.LifecycleException;
import io.berth.domain.lifecycle.ManifestRefusedAgainException;
import io.berth.domain.lifecycle.ManifestRefusedException;
import io.berth.domain.lifecycle.NoAcceptableBidException;
import io.berth.domain.lifecycle.OperationCancelledException;
import io.berth.domain.lifecycle.StepTimedOutException;
import io.berth.local.emulators.LifecycleScenario.Answer.Fails;
import io.berth.local.emulators.LifecycleScenario.Answer.Returns;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the functions of the lifecycle's state machine answer in one execution, and how it ends.
 *
 * @param name of the test case in the mock configuration
 * @param ownerChooses among the bids; otherwise rules choose
 * @param answers by state, in the order of its calls, the last for all later calls too. A state
 *     that is not named is done at its first call.
 * @param end the status of the execution, and the error of one that failed
 */
record LifecycleScenario(
    String name, boolean ownerChooses, Map<String, List<Answer>> answers, String end) {

  /** What a mocked function answers. */
  sealed interface Answer {
    /** It returns this JSON; of a task with a token, this is what is reported with the token. */
    record Returns(String json) implements Answer {}

    /** It fails with this error. */
    record Fails(String error) implements Answer {}

    /** It does not answer within the task's time. */
    record TimesOut() implements Answer {}
  }

  private static final Answer DONE = new Returns("{\"done\":true,\"waitSeconds\":0}");
  private static final Answer NOT_YET = new Returns("{\"done\":false,\"waitSeconds\":0}");
  private static final Answer TIMES_OUT = new Answer.TimesOut();

  private static final String SUCCEEDED = "SUCCEEDED";
  private static final String CLOSED = "FAILED DeploymentClosed";
  private static final String ATTENTION = "FAILED AttentionNeeded";

  private static final String CREATE = "Create deployment";
  private static final String CHOOSE = "Choose bids";
  private static final String AWAIT_CHOICE = "Await owner's choice";
  private static final String LEASE = "Create leases";
  private static final String SEND = "Send manifests";
  private static final String RELEASE = "Release leases";
  private static final String CHECK = "Check readiness";
  private static final String REPEAT = "Repeat manifests";
  private static final String CLOSE = "Close deployment";

  /** Those whose functions answer, or fail with an error that nothing retries. */
  static List<LifecycleScenario> decided() {
    return List.of(
        rules("everyStepIsDoneAtOnce", SUCCEEDED),
        rules("everyStepTakesTwoCalls", SUCCEEDED)
            .with(CREATE, NOT_YET, DONE)
            .with(CHOOSE, NOT_YET, DONE)
            .with(LEASE, NOT_YET, DONE)
            .with(SEND, NOT_YET, DONE)
            .with(CHECK, NOT_YET, DONE),
        owner("theOwnerChooses", SUCCEEDED),
        owner("theOwnerCancels", CLOSED)
            .with(AWAIT_CHOICE, fails(OperationCancelledException.class)),
        rules("theChainRefusesTheDeployment", CLOSED)
            .with(CREATE, fails(DeploymentRefusedException.class)),
        rules("noBidIsAcceptable", CLOSED)
            .with(CHOOSE, NOT_YET, fails(NoAcceptableBidException.class)),
        rules("otherBidsAreChosenOnce", SUCCEEDED)
            .with(LEASE, fails(LeasesRefusedException.class), DONE),
        owner("theOwnerChoosesOtherBids", SUCCEEDED)
            .with(LEASE, fails(LeasesRefusedException.class), DONE),
        rules("leasesAreRefusedAgain", CLOSED)
            .with(
                LEASE,
                fails(LeasesRefusedException.class),
                fails(LeasesRefusedAgainException.class)),
        rules("aProviderRefusesTheManifest", SUCCEEDED)
            .with(SEND, fails(ManifestRefusedException.class), DONE)
            .with(RELEASE, NOT_YET, DONE),
        rules("anotherProviderRefusesTheManifest", CLOSED)
            .with(
                SEND,
                fails(ManifestRefusedException.class),
                fails(ManifestRefusedAgainException.class)),
        rules("aLeaseIsLost", CLOSED)
            .with(CHECK, NOT_YET, fails(LeaseLostException.class))
            .with(CLOSE, NOT_YET, DONE),
        rules("theDeploymentCannotBeClosed", ATTENTION)
            .with(CREATE, fails(StepTimedOutException.class))
            .with(CLOSE, fails(StepTimedOutException.class)));
  }

  /** Those in which a call that failed is retried. */
  static List<LifecycleScenario> retried() {
    return List.of(
        rules("aFunctionBreaksOffOnce", SUCCEEDED)
            .with(CREATE, new Fails("java.lang.IllegalStateException"), DONE),
        rules("lambdaIsBusyOnce", SUCCEEDED)
            .with(REPEAT, new Fails("Lambda.TooManyRequestsException"), DONE));
  }

  /** Those in which a task takes longer than it may. */
  static List<LifecycleScenario> timedOut() {
    return List.of(
        owner("theOwnerDoesNotChooseInTime", CLOSED)
            .with(AWAIT_CHOICE, TIMES_OUT)
            .with(LEASE, fails(StepTimedOutException.class)),
        owner("theOwnerChoosesAtTheLastMoment", SUCCEEDED).with(AWAIT_CHOICE, TIMES_OUT));
  }

  static List<LifecycleScenario> all() {
    return Stream.of(decided(), retried(), timedOut()).flatMap(List::stream).toList();
  }

  private static LifecycleScenario rules(String name, String end) {
    return new LifecycleScenario(name, false, Map.of(), end);
  }

  private static LifecycleScenario owner(String name, String end) {
    return new LifecycleScenario(name, true, Map.of(), end);
  }

  private static Answer fails(Class<? extends LifecycleException> error) {
    return new Fails(error.getName());
  }

  private LifecycleScenario with(String state, Answer... inOrder) {
    Map<String, List<Answer>> more = new HashMap<>(answers);
    more.put(state, List.of(inOrder));
    return new LifecycleScenario(name, ownerChooses, Map.copyOf(more), end);
  }

  /** The answers of a state's function. */
  List<Answer> answersOf(String state) {
    return answers.getOrDefault(state, List.of(DONE));
  }

  /** The execution's input. */
  String input() {
    return "{\"operationId\":\"" + name + "\",\"ownerChooses\":" + ownerChooses + "}";
  }

  @Override
  public String toString() {
    return name;
  }
}
