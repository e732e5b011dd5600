package io.berth.domain.deployment;

import io.berth.domain.akash.Lease;
import io.berth.domain.provider.ReadCaps;
import io.berth.domain.provider.ReadOutcome;
import java.time.Instant;
import java.util.List;

/**
 * The logs of a deployment.
 *
 * @param caps of all leases together
 */
public record DeploymentLogs(List<LeaseLogs> leases, ReadCaps caps) {
  public DeploymentLogs {
    leases = List.copyOf(leases);
  }

  /** What was read of one active lease. */
  public record LeaseLogs(Lease lease, ReadOutcome<LogLine> outcome) {}

  /**
   * One line.
   *
   * @param service the SDL's name; empty if the replica is of none of the SDL's services
   * @param receivedAt when Berth got it; providers tell no time of their own
   */
  public record LogLine(String service, String pod, String message, Instant receivedAt) {}
}
