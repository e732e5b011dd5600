package io.berth.domain.deployment;

import io.berth.domain.akash.BidId;
import io.berth.sdl.Layout;
import io.berth.sdl.SdlResult;
import java.util.List;

/** Tells which services of an SDL each lease runs. */
final class DeploymentServices {
  private final DeploymentRecords records;
  private final SdlPolicy sdls;

  DeploymentServices(DeploymentRecords records, SdlPolicy sdls) {
    this.records = records;
    this.sdls = sdls;
  }

  /** The services of a deployment's groups. */
  ByGroup of(String userId, long dseq) {
    return records
        .find(userId, dseq)
        .map(record -> sdls.check(record.sdl(), Layout.GO))
        .filter(SdlResult.Valid.class::isInstance)
        .map(SdlResult.Valid.class::cast)
        .map(valid -> valid.plan().services().stream().map(ServiceNames::new).toList())
        .map(ByGroup::new)
        .orElse(new ByGroup(List.of()));
  }

  /**
   * Services by group.
   *
   * @param groups by gseq, from 1; none if Berth did not make the deployment
   */
  record ByGroup(List<ServiceNames> groups) {
    ServiceNames of(BidId lease) {
      int group = lease.order().gseq() - 1;
      return group < groups.size() ? groups.get(group) : new ServiceNames(List.of());
    }

    boolean contains(String service) {
      return groups.stream().anyMatch(group -> group.contains(service));
    }
  }
}
