package io.berth.local.providers.cluster;

import io.berth.domain.akash.BidId;
import io.berth.local.providers.cluster.Workload.PortUse;
import io.berth.local.providers.cluster.Workload.Stage;
import io.berth.local.providers.manifest.Manifest.Expose;
import io.berth.local.providers.manifest.Manifest.Group;
import io.berth.local.providers.manifest.Manifest.Service;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Everything that runs at a provider. Time passes by blocks. Safe for many threads. */
public final class Workloads {
  private static final int FIRST_NODE_PORT = 30_000;
  private static final int LAST_NODE_PORT = 32_767;

  private final int readyAfterBlocks;
  private final WorkloadStore store;
  private final UnaryOperator<Stage> fate;
  private final Map<BidId, Workload> workloads = new LinkedHashMap<>();
  private final Set<Runnable> followers = new CopyOnWriteArraySet<>();
  private long height;

  /**
   * Continues with what the store holds.
   *
   * @param readyAfterBlocks how many blocks after its manifest a service is ready
   * @param fate what becomes of workloads, given the stage that they should have reached
   */
  public Workloads(int readyAfterBlocks, WorkloadStore store, UnaryOperator<Stage> fate) {
    this.readyAfterBlocks = readyAfterBlocks;
    this.store = store;
    this.fate = fate;
    store.load().forEach(workload -> workloads.put(workload.lease(), workload));
  }

  /** Goes on to a block, and tells those who follow. */
  public void onBlock(long newHeight) {
    synchronized (this) {
      height = newHeight;
    }
    followers.forEach(Runnable::run);
  }

  /** Runs this after every block, until {@link #unfollow}. */
  public void follow(Runnable follower) {
    followers.add(follower);
  }

  /** Ends a {@link #follow}. */
  public void unfollow(Runnable follower) {
    followers.remove(follower);
  }

  /** Starts a lease's services, or changes them. The same group again changes nothing. */
  public synchronized void deploy(BidId lease, Group group) {
    Workload old = workloads.get(lease);
    if (old != null && old.group().equals(group)) {
      return;
    }
    Workload workload =
        new Workload(
            lease,
            group,
            old == null ? height : old.since(),
            old == null ? 1 : old.generation() + 1,
            nodePorts(group, old),
            ips(group, old));
    workloads.put(lease, workload);
    store.save(workload);
  }

  /** Stops a lease's services and forgets them. */
  public synchronized void remove(BidId lease) {
    if (workloads.remove(lease) != null) {
      store.delete(lease);
    }
  }

  public synchronized Optional<Workload> find(BidId lease) {
    return Optional.ofNullable(workloads.get(lease));
  }

  public synchronized List<Workload> all() {
    return List.copyOf(workloads.values());
  }

  /** How far a workload is at the present height. */
  public synchronized Stage stage(Workload workload) {
    return fate.apply(workload.stage(height, readyAfterBlocks));
  }

  /** For how many blocks a workload has been ready. */
  public synchronized long blocksReady(Workload workload) {
    return stage(workload) == Stage.READY ? height - workload.since() - readyAfterBlocks : 0;
  }

  /** Whether a host name belongs to a workload of another owner. */
  public synchronized boolean isTaken(String host, String owner) {
    return workloads.values().stream()
        .filter(workload -> !workload.lease().order().owner().equals(owner))
        .flatMap(workload -> workload.group().services().stream())
        .flatMap(service -> Workload.exposes(service).stream())
        .map(Expose::hosts)
        .filter(Objects::nonNull)
        .anyMatch(hosts -> hosts.contains(host));
  }

  private Map<PortUse, Integer> nodePorts(Group group, Workload old) {
    Map<PortUse, Integer> ports = new HashMap<>();
    Set<Integer> taken = new HashSet<>();
    all().forEach(workload -> taken.addAll(workload.nodePorts().values()));
    for (Service service : group.services()) {
      for (Expose expose : Workload.exposes(service)) {
        if (expose.global() && !expose.isIngress()) {
          PortUse use = new PortUse(service.name(), expose.port(), expose.proto());
          Integer kept = old == null ? null : old.nodePorts().get(use);
          int port = kept != null ? kept : freePort(taken);
          taken.add(port);
          ports.put(use, port);
        }
      }
    }
    return ports;
  }

  private static int freePort(Set<Integer> taken) {
    return IntStream.rangeClosed(FIRST_NODE_PORT, LAST_NODE_PORT)
        .filter(port -> !taken.contains(port))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no node port is free"));
  }

  private Map<String, String> ips(Group group, Workload old) {
    Map<String, String> ips = new HashMap<>();
    Set<String> taken = new HashSet<>();
    all().forEach(workload -> taken.addAll(workload.ips().values()));
    group.services().stream()
        .map(Workload::exposes)
        .flatMap(Collection::stream)
        .filter(expose -> expose.global() && !expose.ip().isEmpty())
        .map(Expose::ip)
        .distinct()
        .forEach(
            name -> {
              String kept = old == null ? null : old.ips().get(name);
              String ip = kept != null ? kept : freeIp(taken);
              taken.add(ip);
              ips.put(name, ip);
            });
    return ips;
  }

  /** From the block for documentation (RFC 5737). */
  private static String freeIp(Set<String> taken) {
    return IntStream.rangeClosed(1, 254)
        .mapToObj(host -> "203.0.113." + host)
        .filter(ip -> !taken.contains(ip))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no address is free"));
  }
}
