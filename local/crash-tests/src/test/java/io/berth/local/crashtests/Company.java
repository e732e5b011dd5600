package io.berth.local.crashtests;

import io.berth.domain.akash.BidId;
import io.berth.domain.akash.Deployment;
import io.berth.domain.akash.Lease;
import io.berth.domain.akash.OrderId;
import io.berth.domain.akash.Provider;
import io.berth.domain.deployment.DeploymentRecord;
import io.berth.domain.provider.LeaseStatus;
import io.berth.domain.provider.ManifestOutcome;
import io.berth.domain.provider.ProviderGateway;
import io.berth.domain.provider.StatusOutcome;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The providers of one story: what they bid, and how they behave. */
final class Company implements ProviderGateway {
  /** Up to how many bids a provider makes on one group, one after the other. */
  private static final int MOST_BIDS = 4;

  private final World world;
  private final ProviderGateway good;
  private final Map<String, Map<Integer, Long>> prices = new HashMap<>();
  private final Map<String, Supplier<ManifestOutcome>> refusals = new HashMap<>();
  private final Set<BidId> bids = new HashSet<>();
  private boolean workloadsComeUp = true;

  Company(World world) {
    this.world = world;
    this.good = Flows.provider(world);
  }

  /** The provider bids so many uact per block on a group's orders. */
  Company bids(String provider, int gseq, long price) {
    prices.computeIfAbsent(provider, _ -> new HashMap<>()).put(gseq, price);
    return this;
  }

  /** From now on the provider bids no more. */
  void bidsNoMore(String provider) {
    prices.remove(provider);
  }

  /** What the provider says to a manifest, whatever it is; an outcome that is null is as usual. */
  Company answers(String provider, Supplier<ManifestOutcome> outcome) {
    refusals.put(provider, outcome);
    return this;
  }

  Company workloadsNeverComeUp() {
    workloadsComeUp = false;
    return this;
  }

  /** Bids on the open orders of a deployment that is on the chain. */
  void bidOn(DeploymentRecord record) {
    boolean isOpen =
        !prices.isEmpty()
            && world
                .node
                .deployment(record.id())
                .filter(deployment -> deployment.state() == Deployment.State.ACTIVE)
                .isPresent();
    if (!isOpen) {
      return;
    }
    List<Lease> leases = world.node.leases(record.id());
    prices.forEach(
        (provider, ofGroups) ->
            ofGroups.forEach((gseq, price) -> bid(record, leases, provider, gseq, price)));
  }

  private void bid(
      DeploymentRecord record, List<Lease> leases, String provider, int gseq, long price) {
    List<Lease> ofGroup =
        leases.stream().filter(lease -> lease.id().order().gseq() == gseq).toList();
    if (ofGroup.stream().anyMatch(Lease::isActive) || ofGroup.size() >= MOST_BIDS) {
      return;
    }
    OrderId order = new OrderId(record.owner(), record.dseq(), gseq, ofGroup.size() + 1);
    BidId id = new BidId(order, provider, 0);
    if (bids.add(id)) {
      world.bid(id, price);
    }
  }

  @Override
  public ManifestOutcome putManifest(String userId, Provider provider, long dseq, String manifest) {
    return Optional.ofNullable(refusals.get(provider.owner()))
        .map(Supplier::get)
        .orElseGet(() -> good.putManifest(userId, provider, dseq, manifest));
  }

  @Override
  public StatusOutcome leaseStatus(String userId, Provider provider, BidId lease) {
    int ready = workloadsComeUp ? 1 : 0;
    return new StatusOutcome.Known(
        new LeaseStatus(
            Map.of(
                "web",
                new LeaseStatus.ServiceStatus("web", ready, 1, List.of(), 1, 1, 1, ready, ready)),
            Map.of(),
            Map.of()));
  }
}
