package io.berth.provider;

import io.berth.domain.provider.LeaseStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a gateway's lease status. Go writes an empty map or list as {@code null}, leased addresses
 * with capital keys, and one camel-case key among snake-case ones (provider-gateway.md §1.4).
 */
final class LeaseStatusJson {
  private static final JsonMapper JSON = JsonMapper.shared();

  private LeaseStatusJson() {}

  /** The status; empty if this is not one. */
  static Optional<LeaseStatus> read(String body) {
    try {
      JsonNode root = JSON.readTree(body);
      if (!root.isObject() || !root.has("services")) {
        return Optional.empty();
      }
      return Optional.of(
          new LeaseStatus(
              mapOf(root.get("services"), LeaseStatusJson::service),
              mapOf(root.path("forwarded_ports"), (name, list) -> ports(list)),
              mapOf(root.path("ips"), (name, list) -> ips(list))));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static <T> Map<String, T> mapOf(JsonNode node, BiFunction<String, JsonNode, T> read) {
    Map<String, T> map = new LinkedHashMap<>();
    if (node.isObject()) {
      node.properties()
          .forEach(entry -> map.put(entry.getKey(), read.apply(entry.getKey(), entry.getValue())));
    }
    return map;
  }

  private static LeaseStatus.ServiceStatus service(String name, JsonNode node) {
    return new LeaseStatus.ServiceStatus(
        node.path("name").asString(name),
        integer(node, "available"),
        integer(node, "total"),
        node.path("uris").valueStream().filter(JsonNode::isString).map(JsonNode::asString).toList(),
        node.path("observed_generation").asLong(0),
        integer(node, "replicas"),
        integer(node, "updated_replicas"),
        integer(node, "ready_replicas"),
        integer(node, "available_replicas"));
  }

  private static List<LeaseStatus.ForwardedPort> ports(JsonNode list) {
    return list.valueStream()
        .filter(JsonNode::isObject)
        .map(
            port ->
                new LeaseStatus.ForwardedPort(
                    text(port, "host"),
                    integer(port, "port"),
                    integer(port, "externalPort"),
                    text(port, "proto"),
                    text(port, "name")))
        .toList();
  }

  private static List<LeaseStatus.LeasedIp> ips(JsonNode list) {
    return list.valueStream()
        .filter(JsonNode::isObject)
        .map(
            ip ->
                new LeaseStatus.LeasedIp(
                    text(ip, "IP"),
                    integer(ip, "Port"),
                    integer(ip, "ExternalPort"),
                    text(ip, "Protocol")))
        .toList();
  }

  private static int integer(JsonNode parent, String name) {
    return parent.path(name).asInt(0);
  }

  private static String text(JsonNode parent, String name) {
    return parent.path(name).asString("");
  }
}
