package io.berth.domain.lifecycle;

import io.berth.domain.Durations;
import io.berth.domain.akash.Provider;
import io.berth.domain.deployment.DeploymentRecord;
import io.berth.domain.deployment.DeploymentRecords;
import io.berth.domain.deployment.ManifestSender;
import io.berth.domain.lifecycle.Decision.Standing;
import io.berth.domain.provider.ManifestOutcome;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sends the manifest to the leases' providers: at once, and again at least a block later, since a
 * provider that does not see a lease yet remembers so for 5 seconds (provider-gateway.md §3.3). A
 * provider that sees the lease at once accepts the first attempt; one that does not has forgotten
 * its result by the second.
 */
public final class ManifestStep implements StepWork {
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final int MOST_ROUNDS = 2;

  private final Journal journal;
  private final DeploymentRecords records;
  private final ManifestSender manifests;
  private final BlockClock blocks;
  private final LifecycleTimes times;

  public ManifestStep(
      Journal journal,
      DeploymentRecords records,
      ManifestSender manifests,
      BlockClock blocks,
      LifecycleTimes times) {
    this.journal = journal;
    this.records = records;
    this.manifests = manifests;
    this.blocks = blocks;
    this.times = times;
  }

  /**
   * Goes on with it.
   *
   * @throws LifecycleException if a lease is gone, or a provider does not take the manifest
   */
  @Override
  public Progress run(String id) {
    Operation operation = journal.enter(id, Step.SEND_MANIFESTS, times.manifests());
    Decision decision = operation.decision().orElseThrow();
    if (decision.standing() == Standing.ACCEPTED) {
      return journal.leave(id);
    }
    Map<Provider, ManifestOutcome> outcomes = offer(operation);
    if (!addresses(outcomes.keySet()).containsAll(providersOf(decision))) {
      throw LeaseLostException.on(journal, id);
    }
    Set<Provider> refusing = refusing(outcomes, journal.isOverdue(operation));
    if (!refusing.isEmpty()) {
      throw refused(id, decision, refusing, outcomes);
    }
    if (outcomes.values().stream().allMatch(ManifestOutcome.Accepted.class::isInstance)) {
      journal.decide(id, decision.reach(Standing.ACCEPTED, journal.now()));
      return journal.leave(id);
    }
    journal.decide(id, decision.hindered(hindrance(outcomes)));
    return new Progress.Wait(BlockClock.wholeSeconds(pause(journal.sinceStart(operation))));
  }

  /** For the owner, who may be waiting. */
  private static Fault hindrance(Map<Provider, ManifestOutcome> outcomes) {
    return outcomes.entrySet().stream()
        .filter(entry -> !(entry.getValue() instanceof ManifestOutcome.Accepted))
        .map(entry -> ManifestSender.problem(entry.getValue(), entry.getKey()))
        .map(problem -> Fault.of("manifest_not_accepted_yet", problem))
        .findFirst()
        .orElseThrow();
  }

  /** Sends it once more to whoever holds a lease; what comes of it does not matter. */
  public void repeat(String id) {
    Map<Provider, ManifestOutcome> _ = offer(journal.require(id));
  }

  private Map<Provider, ManifestOutcome> offer(Operation operation) {
    DeploymentRecord record = records.require(operation.userId(), operation.dseq());
    return manifests.offerToLeases(operation.userId(), record.id(), record.manifest());
  }

  private static Set<String> providersOf(Decision decision) {
    return decision.choices().stream().map(choice -> choice.provider()).collect(Collectors.toSet());
  }

  private static Set<String> addresses(Set<Provider> providers) {
    return providers.stream().map(Provider::owner).collect(Collectors.toSet());
  }

  /** Who will not take it: by a clear answer, or because the time is over. */
  private static Set<Provider> refusing(Map<Provider, ManifestOutcome> outcomes, boolean overdue) {
    return outcomes.entrySet().stream()
        .filter(
            entry ->
                switch (entry.getValue()) {
                  case ManifestOutcome.Accepted accepted -> false;
                  case ManifestOutcome.Rejected rejected -> true;
                  case ManifestOutcome.Untrusted untrusted -> true;
                  case ManifestOutcome.NotYetVisible none -> overdue;
                  case ManifestOutcome.StaleVersion stale -> overdue;
                  case ManifestOutcome.Unauthorized unauthorized -> overdue;
                  case ManifestOutcome.Unreachable unreachable -> overdue;
                  case ManifestOutcome.ProviderFailed failed -> overdue;
                })
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** Longer each time: about half of what has passed. */
  private Duration pause(Duration passed) {
    return Durations.within(passed.dividedBy(2), blocks.interval(), LONGEST_PAUSE);
  }

  private LifecycleException refused(
      String id,
      Decision decision,
      Set<Provider> refusing,
      Map<Provider, ManifestOutcome> outcomes) {
    String message =
        refusing.stream()
            .map(provider -> ManifestSender.problem(outcomes.get(provider), provider).message())
            .sorted()
            .collect(Collectors.joining("; "));
    Fault fault = new Fault(Fault.Kind.IMPOSSIBLE, "manifest_refused", message);
    Operation operation =
        journal.change(
            id,
            known ->
                known
                    .refuse(addresses(refusing))
                    .decide(decision.refuse(forOwner(known, fault), journal.now())));
    if (operation.runsOf(Step.SEND_MANIFESTS) < MOST_ROUNDS) {
      return new ManifestRefusedException(message);
    }
    journal.fail(id, fault);
    return new ManifestRefusedAgainException(message);
  }

  /** The owner learns what to do, if it is for him to choose again. */
  private static Fault forOwner(Operation operation, Fault fault) {
    boolean mayChoose =
        operation.selection().isEmpty() && operation.runsOf(Step.SEND_MANIFESTS) < MOST_ROUNDS;
    return mayChoose
        ? new Fault(
            fault.kind(),
            fault.code(),
            fault.message() + ". The lease is given back; choose another bid")
        : fault;
  }
}
