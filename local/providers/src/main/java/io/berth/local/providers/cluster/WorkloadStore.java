package io.berth.local.providers.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.berth.domain.akash.BidId;
import io.berth.domain.akash.OrderId;
import io.berth.local.providers.cluster.Workload.PortUse;
import io.berth.local.providers.manifest.Manifest;
import io.berth.local.providers.manifest.ManifestJson;
import io.berth.local.providers.manifest.ManifestRefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Keeps workloads over restarts, one file each, or not at all. */
public final class WorkloadStore {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private final Optional<Path> folder;

  /**
   * A store in a folder, which is made if need be.
   *
   * @param folder empty to keep nothing
   */
  public WorkloadStore(Optional<Path> folder) {
    this.folder = folder;
  }

  List<Workload> load() {
    if (folder.isEmpty() || !Files.isDirectory(folder.get())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder.get())) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .map(WorkloadStore::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void save(Workload workload) {
    if (folder.isEmpty()) {
      return;
    }
    try {
      Files.createDirectories(folder.get());
      Files.write(file(workload.lease()), write(workload));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete(BidId lease) {
    if (folder.isEmpty()) {
      return;
    }
    try {
      Files.deleteIfExists(file(lease));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(BidId lease) {
    return folder.orElseThrow().resolve(Names.namespace(lease) + ".json");
  }

  private static byte[] write(Workload workload) {
    OrderId order = workload.lease().order();
    ObjectNode json = MAPPER.createObjectNode();
    json.put("owner", order.owner())
        .put("dseq", order.dseq())
        .put("gseq", order.gseq())
        .put("oseq", order.oseq())
        .put("provider", workload.lease().provider())
        .put("since", workload.since())
        .put("generation", workload.generation())
        .put(
            "manifest",
            new String(ManifestJson.encode(new Manifest(List.of(workload.group()))), UTF_8));
    for (Map.Entry<PortUse, Integer> port : workload.nodePorts().entrySet()) {
      json.withArray("ports")
          .addObject()
          .put("service", port.getKey().service())
          .put("port", port.getKey().port())
          .put("proto", port.getKey().proto())
          .put("nodePort", port.getValue());
    }
    ObjectNode ips = json.putObject("ips");
    workload.ips().forEach(ips::put);
    return MAPPER.writeValueAsBytes(json);
  }

  private static Workload read(Path file) {
    JsonNode json = MAPPER.readTree(file.toFile());
    Map<PortUse, Integer> ports = new HashMap<>();
    for (JsonNode port : json.path("ports")) {
      ports.put(
          new PortUse(
              port.get("service").stringValue(),
              port.get("port").longValue(),
              port.get("proto").stringValue()),
          port.get("nodePort").intValue());
    }
    Map<String, String> ips = new HashMap<>();
    json.get("ips").properties().forEach(ip -> ips.put(ip.getKey(), ip.getValue().stringValue()));
    OrderId order =
        new OrderId(
            json.get("owner").stringValue(),
            json.get("dseq").longValue(),
            json.get("gseq").intValue(),
            json.get("oseq").intValue());
    return new Workload(
        new BidId(order, json.get("provider").stringValue(), 0),
        group(json.get("manifest").stringValue()),
        json.get("since").longValue(),
        json.get("generation").longValue(),
        ports,
        ips);
  }

  private static Manifest.Group group(String manifest) {
    try {
      return ManifestJson.decode(manifest.getBytes(UTF_8)).groups().getFirst();
    } catch (ManifestRefusedException e) {
      throw new IllegalStateException(e);
    }
  }
}
