package io.berth.domain.lifecycle;

import io.berth.domain.Durations;
import io.berth.domain.akash.AkashReader;
import io.berth.domain.akash.Lease;
import io.berth.domain.deployment.DeploymentRecord;
import io.berth.domain.deployment.DeploymentRecords;
import io.berth.domain.ledger.ChainUnavailableException;
import io.berth.domain.provider.LeaseStatus;
import io.berth.domain.provider.ProviderGateway;
import io.berth.domain.provider.StatusOutcome;
import java.time.Duration;
import java.util.List;

/** Watches the workload come up. One that never does is reported; its lease stays. */
public final class ReadinessStep implements StepWork {
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

  private final Journal journal;
  private final DeploymentRecords records;
  private final AkashReader chain;
  private final ProviderGateway gateway;
  private final BlockClock blocks;
  private final LifecycleTimes times;

  public ReadinessStep(
      Journal journal,
      DeploymentRecords records,
      AkashReader chain,
      ProviderGateway gateway,
      BlockClock blocks,
      LifecycleTimes times) {
    this.journal = journal;
    this.records = records;
    this.chain = chain;
    this.gateway = gateway;
    this.blocks = blocks;
    this.times = times;
  }

  /**
   * Looks once.
   *
   * @throws LifecycleException if no lease is left
   */
  @Override
  public Progress run(String id) {
    Operation operation = journal.enter(id, Step.AWAIT_READY, times.readiness());
    boolean ready = isReady(operation);
    if (ready || journal.isOverdue(operation)) {
      Operation _ = journal.change(id, known -> known.ready(ready));
      return journal.leave(id);
    }
    return new Progress.Wait(BlockClock.wholeSeconds(pause(journal.sinceStart(operation))));
  }

  /** What cannot be seen does not count as ready; it is no reason to close anything either. */
  private boolean isReady(Operation operation) {
    try {
      DeploymentRecord record = records.require(operation.userId(), operation.dseq());
      List<Lease> leases = chain.leases(record.id()).stream().filter(Lease::isActive).toList();
      if (leases.isEmpty()) {
        throw LeaseLostException.on(journal, operation.id());
      }
      return leases.stream().allMatch(lease -> isReady(operation.userId(), lease));
    } catch (ChainUnavailableException e) {
      return false;
    }
  }

  /** Ready replicas count, not available ones (provider-gateway.md §1.4). */
  private boolean isReady(String userId, Lease lease) {
    return chain
        .provider(lease.id().provider())
        .map(provider -> gateway.leaseStatus(userId, provider, lease.id()))
        .filter(
            outcome ->
                outcome instanceof StatusOutcome.Known(LeaseStatus status)
                    && !status.services().isEmpty()
                    && status.services().values().stream().allMatch(ReadinessStep::isReady))
        .isPresent();
  }

  private static boolean isReady(LeaseStatus.ServiceStatus service) {
    return service.replicas() > 0 && service.readyReplicas() >= service.replicas();
  }

  private Duration pause(Duration passed) {
    return Durations.within(passed.dividedBy(4), blocks.interval().dividedBy(2), LONGEST_PAUSE);
  }
}
