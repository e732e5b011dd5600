package io.berth.local.providers.manifest;

import com.google.protobuf.ByteString;
import io.berth.proto.akash.base.attributes.v1.Attribute;
import io.berth.proto.akash.base.resources.v1beta4.CPU;
import io.berth.proto.akash.base.resources.v1beta4.Endpoint;
import io.berth.proto.akash.base.resources.v1beta4.GPU;
import io.berth.proto.akash.base.resources.v1beta4.Memory;
import io.berth.proto.akash.base.resources.v1beta4.ResourceValue;
import io.berth.proto.akash.base.resources.v1beta4.Resources;
import io.berth.proto.akash.base.resources.v1beta4.Storage;
import io.berth.proto.akash.deployment.v1beta4.GroupSpec;
import io.berth.proto.akash.deployment.v1beta4.ResourceUnit;
import io.berth.proto.cosmos.base.v1beta1.DecCoin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The official SDL cases: manifests, group specs (without their requirements) and hashes. */
public final class SdlFixtures {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private SdlFixtures() {}

  public static Stream<String> cases() {
    try (Stream<Path> folders = Files.list(root())) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] manifest(String name) {
    return bytes(name, "manifest.json");
  }

  public static byte[] version(String name) {
    return HexFormat.of()
        .parseHex(new String(bytes(name, "version.txt"), StandardCharsets.UTF_8).strip());
  }

  public static List<GroupSpec> groups(String name) {
    List<GroupSpec> groups = new ArrayList<>();
    for (JsonNode group : MAPPER.readTree(bytes(name, "groups.json"))) {
      GroupSpec.Builder spec = GroupSpec.newBuilder().setName(group.get("name").stringValue());
      for (JsonNode unit : group.get("resources")) {
        spec.addResources(unit(unit));
      }
      groups.add(spec.build());
    }
    return groups;
  }

  /** The first service of the first group. */
  public static String serviceName(String name) {
    return MAPPER.readTree(manifest(name)).at("/0/services/0/name").stringValue();
  }

  private static ResourceUnit unit(JsonNode json) {
    JsonNode resource = json.get("resource");
    Resources.Builder resources =
        Resources.newBuilder()
            .setId(resource.get("id").intValue())
            .setCpu(
                CPU.newBuilder()
                    .setUnits(value(resource.get("cpu").get("units")))
                    .addAllAttributes(attributes(resource.get("cpu"))))
            .setMemory(
                Memory.newBuilder()
                    .setQuantity(value(resource.get("memory").get("size")))
                    .addAllAttributes(attributes(resource.get("memory"))))
            .setGpu(
                GPU.newBuilder()
                    .setUnits(value(resource.get("gpu").get("units")))
                    .addAllAttributes(attributes(resource.get("gpu"))));
    for (JsonNode volume : resource.get("storage")) {
      resources.addStorage(
          Storage.newBuilder()
              .setName(volume.get("name").stringValue())
              .setQuantity(value(volume.get("size")))
              .addAllAttributes(attributes(volume)));
    }
    for (JsonNode endpoint : resource.get("endpoints")) {
      resources.addEndpoints(
          Endpoint.newBuilder()
              .setKindValue(endpoint.path("kind").asInt(0))
              .setSequenceNumber(endpoint.get("sequence_number").intValue()));
    }
    return ResourceUnit.newBuilder()
        .setResource(resources)
        .setCount(json.get("count").intValue())
        .setPrice(
            DecCoin.newBuilder()
                .setDenom(json.at("/price/denom").stringValue())
                .setAmount(
                    new BigDecimal(json.at("/price/amount").stringValue())
                        .movePointRight(18)
                        .toBigIntegerExact()
                        .toString()))
        .build();
  }

  private static ResourceValue value(JsonNode json) {
    return ResourceValue.newBuilder()
        .setVal(ByteString.copyFromUtf8(json.get("val").stringValue()))
        .build();
  }

  private static List<Attribute> attributes(JsonNode json) {
    List<Attribute> attributes = new ArrayList<>();
    for (JsonNode attribute : json.path("attributes")) {
      attributes.add(
          Attribute.newBuilder()
              .setKey(attribute.path("key").asString(""))
              .setValue(attribute.path("value").asString(""))
              .build());
    }
    return attributes;
  }

  private static byte[] bytes(String name, String file) {
    try {
      return Files.readAllBytes(root().resolve(name).resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root() {
    try {
      return Path.of(SdlFixtures.class.getResource("/fixtures/sdl/valid").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
