package io.berth.domain.deployment;

import io.berth.domain.akash.Lease;
import io.berth.domain.provider.ClusterEvent;
import io.berth.domain.provider.ReadCaps;
import io.berth.domain.provider.ReadOutcome;
import java.util.List;

/**
 * The events of a deployment, of closed leases too.
 *
 * @param events by the time when Berth got them first
 * @param leases how asking the providers of active leases went
 * @param caps of what is read of providers, all leases together
 */
public record DeploymentEvents(List<NamedEvent> events, List<LeaseEvents> leases, ReadCaps caps) {
  public DeploymentEvents {
    events = List.copyOf(events);
    leases = List.copyOf(leases);
  }

  /**
   * An event.
   *
   * @param service the SDL's name; empty if it is of none of the SDL's services
   */
  public record NamedEvent(KeptEvent event, String service) {}

  /** What the provider of one active lease told. */
  public record LeaseEvents(Lease lease, ReadOutcome<ClusterEvent> outcome) {}
}
