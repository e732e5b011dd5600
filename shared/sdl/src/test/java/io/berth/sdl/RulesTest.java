package io.berth.sdl;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.sdl.group.Attribute;
import io.berth.sdl.group.Resources;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Rows of upstream's table tests: fixtures/sdl/rules. */
class RulesTest {

  private static Stream<JsonNode> rows(String file, String list) {
    return Fixtures.cases("sdl")
        .filter(folder -> folder.endsWith("rules"))
        .map(folder -> Fixtures.json(folder, file))
        .flatMap(json -> json.get(list).valueStream());
  }

  static Stream<JsonNode> gpus() {
    return rows("gpu.json", "cases");
  }

  static Stream<JsonNode> volumes() {
    return rows("storage.json", "cases");
  }

  static Stream<JsonNode> endpoints() {
    return rows("endpoint-names.json", "cases");
  }

  /** A document whose one service has these resources; JSON is YAML too. */
  private static Optional<Resources> resources(
      String gpu, Object storage, Map<String, Object> mounts) {
    String text =
        """
        version: "2.0"
        services:
          web:
            image: nginx
            params: %s
            expose: [{port: 80, to: [{global: true}]}]
        profiles:
          compute:
            web:
              resources: {cpu: {units: 1}, memory: {size: 1Gi}, storage: %s, gpu: %s}
          placement:
            p: {pricing: {web: {denom: uact, amount: 1}}}
        deployment:
          web: {p: {profile: web, count: 1}}
        """
            .formatted(
                Fixtures.JSON.writeValueAsString(Map.of("storage", mounts)),
                Fixtures.JSON.writeValueAsString(storage),
                gpu);
    return switch (Sdl.plan(text, SdlOptions.asWritten(Layout.GO))) {
      case SdlResult.Invalid invalid -> Optional.empty();
      case SdlResult.Valid valid ->
          Optional.of(valid.plan().groups().getFirst().resources().getFirst().resources());
    };
  }

  @ParameterizedTest
  @MethodSource("gpus")
  void asksForGpusAsGoDoes(JsonNode row) {
    String gpu = "{units: 1, attributes: {vendor: {nvidia: " + row.get("nvidia") + "}}}";

    Optional<Resources> resources = resources(gpu, List.of(Map.of("size", "1Gi")), Map.of());

    if (row.has("error")) {
      assertThat(resources).isEmpty();
    } else {
      List<String> keys = row.get("attributeKeys").valueStream().map(JsonNode::asString).toList();
      assertThat(resources.orElseThrow().gpu().attributes())
          .extracting(Attribute::key)
          .containsExactlyElementsOf(keys);
    }
  }

  /** Strict where Go fills in: a persistent volume must name its class. */
  @ParameterizedTest
  @MethodSource("volumes")
  void describesVolumesAsGoDoes(JsonNode row) {
    boolean strictOnly = row.get("name").asString().equals("persistent default class");

    Optional<Resources> resources = resources("{units: 0}", row.get("volumes"), Map.of());

    if (row.has("error") || strictOnly) {
      assertThat(resources).isEmpty();
    } else {
      assertThat(resources.orElseThrow().storage().getFirst().attributes())
          .extracting(attribute -> List.of(attribute.key(), attribute.value()))
          .containsExactlyElementsOf(
              row.get("attributes")
                  .valueStream()
                  .map(pair -> List.of(pair.get(0).asString(), pair.get(1).asString()))
                  .toList());
    }
  }

  @ParameterizedTest
  @MethodSource("endpoints")
  void namesEndpointsAsGoDoes(JsonNode row) {
    String name = row.get("name").asString();
    String text =
        """
        version: "2.0"
        endpoints: {%1$s: {kind: ip}}
        services:
          web:
            image: nginx
            expose: [{port: 80, to: [{global: true, ip: %1$s}]}]
        profiles:
          compute:
            web: {resources: {cpu: {units: 1}, memory: {size: 1Gi}, storage: {size: 1Gi}}}
          placement:
            p: {pricing: {web: {denom: uact, amount: 1}}}
        deployment:
          web: {p: {profile: web, count: 1}}
        """
            .formatted(Fixtures.JSON.writeValueAsString(name));

    assertThat(Sdl.plan(text, SdlOptions.asWritten(Layout.GO)) instanceof SdlResult.Valid)
        .isEqualTo(row.get("valid").asBoolean());
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1000",
    "0.5, 500",
    "'\"100m\"', 100",
    "384, 384000",
    "'\"2.75\"', 2750",
    "0.01, 10"
  })
  void countsCpuInThousandths(String units, int milli) {
    assertThat(cpu(units).orElseThrow().cpu().milliUnits()).isEqualTo(milli);
  }

  @ParameterizedTest
  @CsvSource({"-1", "0", "'\"\"'", "385", "0.009", "0.0105", "'\"3x\"'", "'\"1.5m\"'", "true"})
  void refusesCpuThatIsNone(String units) {
    assertThat(cpu(units)).isEmpty();
  }

  private static Optional<Resources> cpu(String units) {
    return sized("cpu: {units: " + units + "}, memory: {size: 1Gi}");
  }

  @ParameterizedTest
  @CsvSource({
    "2M, 2000000",
    "1.5M, 1500000",
    "3G, 3000000000",
    "1049k, 1049000",
    "2048Ki, 2097152",
    "1Mi, 1048576",
    "0.5Gi, 536870912",
    "2Ti, 2199023255552",
    "1.0485767M, 1048576"
  })
  void countsMemoryInBytesAndDropsFractions(String size, long bytes) {
    assertThat(memory(size).orElseThrow().memory().bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({"512", "'\"\"'", "-1M", "1Zi", "1gi", "1KI", "1 Gi", "3Ti", "1e3M", "0x10M", "1Mi1"})
  void refusesSizesThatAreNone(String size) {
    assertThat(memory(size)).isEmpty();
  }

  private static Optional<Resources> memory(String size) {
    return sized("cpu: {units: 1}, memory: {size: " + size + "}");
  }

  private static Optional<Resources> sized(String cpuAndMemory) {
    String text =
        """
        version: "2.0"
        services:
          web:
            image: nginx
            expose: [{port: 80, to: [{global: true}]}]
        profiles:
          compute:
            web: {resources: {%s, storage: {size: 1Gi}}}
          placement:
            p: {pricing: {web: {denom: uact, amount: 1}}}
        deployment:
          web: {p: {profile: web, count: 1}}
        """
            .formatted(cpuAndMemory);
    return switch (Sdl.plan(text, SdlOptions.asWritten(Layout.GO))) {
      case SdlResult.Invalid invalid -> Optional.empty();
      case SdlResult.Valid valid ->
          Optional.of(valid.plan().groups().getFirst().resources().getFirst().resources());
    };
  }
}
