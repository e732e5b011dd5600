package io.berth.local.providers.cluster;

import io.berth.domain.akash.BidId;
import io.berth.local.providers.manifest.Manifest;
import io.berth.local.providers.manifest.Manifest.Group;
import io.berth.local.providers.manifest.Manifest.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * What a provider runs for one lease.
 *
 * @param group the services, as the manifest has them
 * @param since the height at which the first manifest was taken
 * @param generation counts changes of the manifest, from 1
 * @param nodePorts the ports that the cluster chose, by use
 * @param ips the leased addresses, by endpoint name
 */
public record Workload(
    BidId lease,
    Group group,
    long since,
    long generation,
    Map<PortUse, Integer> nodePorts,
    Map<String, String> ips) {
  public Workload {
    nodePorts = Map.copyOf(nodePorts);
    ips = Map.copyOf(ips);
  }

  /** A port of a service that others reach through a port of the cluster's nodes. */
  public record PortUse(String service, long port, String proto) {}

  /** How far Kubernetes has come. */
  public enum Stage {
    /** The manifest waits; the API server knows nothing yet. */
    QUEUED,
    /** The name space is there, and nothing in it. */
    CREATED,
    /** Containers are being pulled and started. */
    STARTING,
    /** Containers have started and ended, again and again. */
    CRASHING,
    READY
  }

  /** The stage at a height, if everything is ready so many blocks after the manifest was taken. */
  Stage stage(long height, int readyAfterBlocks) {
    long blocksToGo = readyAfterBlocks - (height - since);
    if (blocksToGo <= 0) {
      return Stage.READY;
    }
    return blocksToGo == 1 ? Stage.STARTING : blocksToGo == 2 ? Stage.CREATED : Stage.QUEUED;
  }

  /** The names of a service's replicas, in order. */
  List<String> pods(Service service) {
    return LongStream.range(0, service.count())
        .mapToObj(
            replica ->
                service.stateful()
                    ? service.name() + "-" + replica
                    : Names.pod(lease, service.name(), generation, replica))
        .toList();
  }

  /** The host names under which a service answers on port 80, sorted. */
  List<String> hosts(Service service, String ingressDomain) {
    List<String> hosts = new ArrayList<>();
    for (Manifest.Expose expose : exposes(service)) {
      if (expose.isIngress()) {
        hosts.add(Names.ingressHost(lease, service.name()) + "." + ingressDomain);
        if (expose.hosts() != null) {
          hosts.addAll(expose.hosts());
        }
      }
    }
    return hosts.stream().distinct().sorted().toList();
  }

  static List<Manifest.Expose> exposes(Service service) {
    return service.expose() == null ? List.of() : service.expose();
  }
}
