package io.berth.local.providers.cluster;

import io.berth.local.providers.cluster.Workload.PortUse;
import io.berth.local.providers.cluster.Workload.Stage;
import io.berth.local.providers.manifest.Manifest.Expose;
import io.berth.local.providers.manifest.Manifest.Service;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The answers to status questions, as values for JSON. Where Go has nil there is null, though an
 * empty list would be nicer: clients must live with both (provider-gateway.md §1.4).
 */
public final class StatusReport {
  private final Workload workload;
  private final boolean ready;
  private final String publicHost;
  private final String ingressDomain;

  /**
   * A report on a workload.
   *
   * @param publicHost the host name of the forwarded ports
   * @param ingressDomain the parent of the services' own host names
   */
  public StatusReport(Workload workload, Stage stage, String publicHost, String ingressDomain) {
    this.workload = workload;
    this.ready = stage == Stage.READY;
    this.publicHost = publicHost;
    this.ingressDomain = ingressDomain;
  }

  /** The whole lease. */
  public Map<String, Object> lease() {
    Map<String, Object> services = new TreeMap<>();
    for (Service service : workload.group().services()) {
      services.put(
          service.name(), service(service, nullIfEmpty(workload.hosts(service, ingressDomain))));
    }
    Map<String, Object> lease = new LinkedHashMap<>();
    lease.put("services", services);
    lease.put("forwarded_ports", forwardedPorts());
    lease.put("ips", ips());
    return lease;
  }

  /** One service. Providers list the host names of all services here. */
  public Optional<Map<String, Object>> service(String name) {
    List<String> allHosts =
        services().flatMap(each -> workload.hosts(each, ingressDomain).stream()).sorted().toList();
    return services()
        .filter(service -> service.name().equals(name))
        .map(service -> service(service, nullIfEmpty(allHosts)))
        .findFirst();
  }

  private Map<String, Object> service(Service service, List<String> uris) {
    long total = service.count();
    long running = ready ? total : 0;
    // Of a StatefulSet providers report the created replicas as available, ready or not.
    long available = service.stateful() ? total : running;
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("name", service.name());
    status.put("available", available);
    status.put("total", total);
    status.put("uris", uris);
    status.put("observed_generation", workload.generation());
    status.put("replicas", total);
    status.put("updated_replicas", total);
    status.put("ready_replicas", running);
    status.put("available_replicas", available);
    return status;
  }

  private Map<String, Object> forwardedPorts() {
    boolean any =
        services()
            .flatMap(service -> Workload.exposes(service).stream())
            .anyMatch(expose -> expose.global() && expose.externalPort() != 80);
    if (!any) {
      return null;
    }
    Map<String, Object> ports = new TreeMap<>();
    services()
        .forEach(
            service -> {
              List<Object> ofService = new ArrayList<>();
              for (Expose expose : Workload.exposes(service)) {
                Integer nodePort = workload.nodePorts().get(use(service, expose));
                if (nodePort != null && expose.global()) {
                  ofService.add(forwardedPort(service, expose, nodePort));
                }
              }
              if (!ofService.isEmpty()) {
                ports.put(service.name(), ofService);
              }
            });
    return ports;
  }

  private Map<String, Object> forwardedPort(Service service, Expose expose, int nodePort) {
    Map<String, Object> port = new LinkedHashMap<>();
    port.put("host", publicHost);
    port.put("port", expose.port());
    port.put("externalPort", nodePort);
    port.put("proto", expose.proto());
    port.put("name", service.name());
    return port;
  }

  private Map<String, Object> ips() {
    if (workload.ips().isEmpty()) {
      return null;
    }
    Map<String, List<Object>> ips = new TreeMap<>();
    services()
        .forEach(
            service ->
                Workload.exposes(service).stream()
                    .filter(expose -> workload.ips().containsKey(expose.ip()))
                    .forEach(
                        expose ->
                            ips.computeIfAbsent(service.name(), _ -> new ArrayList<>())
                                .add(leasedIp(expose))));
    return new TreeMap<>(ips);
  }

  private Map<String, Object> leasedIp(Expose expose) {
    Map<String, Object> ip = new LinkedHashMap<>();
    ip.put("Port", expose.port());
    ip.put("ExternalPort", expose.outerPort());
    ip.put("Protocol", expose.proto());
    ip.put("IP", workload.ips().get(expose.ip()));
    return ip;
  }

  private Stream<Service> services() {
    return workload.group().services().stream();
  }

  private static PortUse use(Service service, Expose expose) {
    return new PortUse(service.name(), expose.port(), expose.proto());
  }

  private static List<String> nullIfEmpty(List<String> list) {
    return list.isEmpty() ? null : list;
  }
}
