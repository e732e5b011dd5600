package io.berth.domain.provider;

import java.util.List;
import java.util.Map;

/**
 * A lease's services as the provider reports them, with nothing null (provider-gateway.md §1.4).
 */
public record LeaseStatus(
    Map<String, ServiceStatus> services,
    Map<String, List<ForwardedPort>> forwardedPorts,
    Map<String, List<LeasedIp>> ips) {
  public LeaseStatus {
    services = Map.copyOf(services);
    forwardedPorts = Map.copyOf(forwardedPorts);
    ips = Map.copyOf(ips);
  }

  /**
   * One service.
   *
   * @param uris host names, without a scheme
   */
  public record ServiceStatus(
      String name,
      int available,
      int total,
      List<String> uris,
      long observedGeneration,
      int replicas,
      int updatedReplicas,
      int readyReplicas,
      int availableReplicas) {
    public ServiceStatus {
      uris = List.copyOf(uris);
    }
  }

  /** A port reachable from outside. */
  public record ForwardedPort(String host, int port, int externalPort, String proto, String name) {}

  /** A leased address. */
  public record LeasedIp(String ip, int port, int externalPort, String protocol) {}
}
