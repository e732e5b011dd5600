package io.berth.sdl;

import io.berth.sdl.group.Attribute;
import io.berth.sdl.group.Endpoint;
import io.berth.sdl.group.GroupSpec;
import io.berth.sdl.group.ResourceUnit;
import io.berth.sdl.group.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The official SDKs' cases, and our groups in the shape in which those write theirs. */
final class Fixtures {
  static final JsonMapper JSON = JsonMapper.builder().build();

  private Fixtures() {}

  static Stream<Path> cases(String folder) {
    try (Stream<Path> found = Files.list(path(folder))) {
      return found.filter(Files::isDirectory).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path path(String folder) {
    try {
      return Path.of(Fixtures.class.getResource("/fixtures/" + folder).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static String text(Path folder, String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode resource(String file) {
    return json(path(file).getParent(), file);
  }

  static JsonNode json(Path folder, String file) {
    return JSON.readTree(text(folder, file));
  }

  /** Groups as Go's encoding/json writes them (fixtures/sdl/README.md). */
  static JsonNode goGroups(List<GroupSpec> groups) {
    return JSON.valueToTree(groups.stream().map(group -> group(group, true)).toList());
  }

  /** Groups as the TypeScript SDK writes them. */
  static JsonNode consoleGroups(List<GroupSpec> groups) {
    return JSON.valueToTree(groups.stream().map(group -> group(group, false)).toList());
  }

  /** Prices as plain decimals: the chain gets a number, whatever zeros the SDL wrote. */
  static JsonNode withPlainAmounts(JsonNode groups) {
    for (JsonNode group : groups) {
      for (JsonNode unit : group.get("resources")) {
        ObjectNode price = (ObjectNode) unit.get("price");
        BigDecimal amount = new BigDecimal(price.get("amount").asString()).stripTrailingZeros();
        price.put("amount", amount.toPlainString());
      }
    }
    return groups;
  }

  private static Map<String, Object> group(GroupSpec group, boolean go) {
    Map<String, Object> requirements = new LinkedHashMap<>();
    Map<String, Object> signedBy = new LinkedHashMap<>();
    List<String> allOf = group.requirements().signedBy().allOf();
    List<String> anyOf = group.requirements().signedBy().anyOf();
    signedBy.put(go ? "all_of" : "allOf", go && allOf.isEmpty() ? null : allOf);
    signedBy.put(go ? "any_of" : "anyOf", go && anyOf.isEmpty() ? null : anyOf);
    requirements.put(go ? "signed_by" : "signedBy", signedBy);
    List<Attribute> attributes = group.requirements().attributes();
    if (go || !attributes.isEmpty()) {
      requirements.put("attributes", attributes.isEmpty() ? null : attributes);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", group.name());
    json.put("requirements", requirements);
    json.put("resources", group.resources().stream().map(unit -> unit(unit, go)).toList());
    return json;
  }

  private static Map<String, Object> unit(ResourceUnit unit, boolean go) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("resource", resources(unit.resources()));
    json.put("count", unit.count());
    json.put(
        "price",
        Map.of(
            "denom",
            unit.price().denom(),
            "amount",
            go
                ? unit.price().amount().setScale(18).toPlainString()
                : unit.price().amount().toPlainString()));
    return json;
  }

  private static Map<String, Object> resources(Resources resources) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", resources.id());
    json.put("cpu", quantity("units", resources.cpu().milliUnits(), resources.cpu().attributes()));
    json.put("memory", quantity("size", resources.memory().bytes(), List.of()));
    json.put(
        "storage",
        resources.storage().stream()
            .map(
                volume -> {
                  Map<String, Object> storage =
                      quantity("size", volume.bytes(), volume.attributes());
                  storage.put("name", volume.name());
                  return storage;
                })
            .toList());
    json.put("gpu", quantity("units", resources.gpu().units(), resources.gpu().attributes()));
    json.put(
        "endpoints",
        resources.endpoints().stream()
            .map(
                endpoint -> {
                  Map<String, Object> entry = new LinkedHashMap<>();
                  if (endpoint.kind() != Endpoint.Kind.SHARED_HTTP) {
                    entry.put("kind", endpoint.kind() == Endpoint.Kind.RANDOM_PORT ? 1 : 2);
                  }
                  entry.put("sequence_number", endpoint.sequenceNumber());
                  return entry;
                })
            .toList());
    return json;
  }

  private static Map<String, Object> quantity(
      String name, Object value, List<Attribute> attributes) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(name, Map.of("val", value.toString()));
    if (!attributes.isEmpty()) {
      json.put("attributes", attributes);
    }
    return json;
  }
}
