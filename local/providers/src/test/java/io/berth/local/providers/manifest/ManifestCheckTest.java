package io.berth.local.providers.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.berth.local.providers.manifest.ManifestRefusedException.Fault;
import io.berth.proto.akash.base.resources.v1beta4.Endpoint;
import io.berth.proto.akash.deployment.v1beta4.GroupSpec;
import io.berth.proto.akash.deployment.v1beta4.ResourceUnit;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ManifestCheckTest {
  private static final String CASE = "simple";

  @ParameterizedTest
  @MethodSource("io.berth.local.providers.manifest.SdlFixtures#cases")
  void takesEveryOfficialManifestForItsOwnGroups(String name) throws Exception {
    ManifestCheck.check(
        ManifestJson.decode(SdlFixtures.manifest(name)),
        SdlFixtures.version(name),
        SdlFixtures.groups(name));
  }

  @Test
  void refusesAnotherDeploymentsManifest() throws Exception {
    ManifestRefusedException refused =
        refusal(
            ManifestJson.decode(SdlFixtures.manifest("legacy-v2-nodeport")),
            SdlFixtures.version(CASE),
            SdlFixtures.groups(CASE));

    assertThat(refused.fault()).isEqualTo(Fault.VERSION);
    assertThat(refused).hasMessage("manifest version validation failed");
    assertThat(refused.fault().status()).isEqualTo(422);
    assertThat(refused.fault().statusOfOldVersions()).isEqualTo(500);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "name":"web"         | "name":"Web"        | invalid manifest: service "Web" name is invalid
          "name":"web"         | "name":""           | invalid manifest: service name is empty
          "image":"nginx"      | "image":""          | invalid manifest: service "web" has empty image name
          "port":80            | "port":70000        | invalid manifest: service "web": port value must be 0 < value <= 65535
          "proto":"TCP"        | "proto":"SCTP"      | invalid manifest: service "web": protocol "SCTP" unknown
          "hosts":["a.test"]   | "hosts":["A.test"]  | invalid manifest: service "web": has invalid hostname "A.test"
          "hosts":["a.test"]   | "hosts":["a.test","a.test"] | invalid manifest: service "web": hostname "a.test" is duplicated, this is not allowed
          "env":["A=1"]        | "env":["1A=1"]      | invalid manifest: service "web" defines an env. var. with an invalid name "1A"
          "global":true        | "global":false      | invalid manifest: zero global services
          "id":1               | "id":0              | error: invalid resources ID (> 0 fails)
          "val":"100"          | "val":"1"           | error: invalid unit CPU (384000 > 1 > 10 fails)
          """)
  void refusesABrokenRuleWithTheProvidersWords(String right, String wrong, String text)
      throws Exception {
    assertThat(refusal(own(json -> json.replace(right, wrong))).getMessage().strip())
        .isEqualTo(text);
  }

  @Test
  void refusesAnEmptyManifestAndOneOutOfOrder() throws Exception {
    assertThat(refusal("[]")).hasMessage("invalid manifest: manifest is empty");
    assertThat(refusal("[{\"name\":\"g\",\"services\":[]}]"))
        .hasMessage("invalid manifest: group \"g\" contains no services");
    String twice =
        own(UnaryOperator.identity())
            .replace("[{\"name\":\"g\",\"services\":[", "")
            .replace("]}]\n", "");
    assertThat(
            refusal(
                own(
                    json ->
                        json.replace(
                            "\"services\":[",
                            "\"services\":[" + twice.replace("\"web\"", "\"zoo\"") + ","))))
        .hasMessage("invalid manifest: group \"g\" services is not sorted");
  }

  @Test
  void refusesOtherResourcesThanTheGroupsHave() throws Exception {
    GroupSpec group = SdlFixtures.groups(CASE).getFirst();

    assertThat(misfit(edit(group, unit -> unit.setCount(unit.getCount() + 1))))
        .matches(
            "manifest cross-validation error: group \".*\": resources ID \\(1\\): under-utilized \\(1\\) resources");
    assertThat(misfit(edit(group, unit -> unit.setCount(0))))
        .contains("over-utilized replicas (2) > group spec resources count (0)");
    assertThat(misfit(edit(group, unit -> unit.getResourceBuilder().setId(9))))
        .contains("not found deployment group resources with ID = 1");
    assertThat(misfit(edit(group, unit -> unit.getResourceBuilder().clearMemory())))
        .contains("Memory resources mismatch for ID 1");
    assertThat(misfit(edit(group, unit -> unit.getResourceBuilder().clearStorage())))
        .contains("Storage resources mismatch for ID 1");
    assertThat(misfit(edit(group, unit -> unit.getResourceBuilder().clearEndpoints())))
        .contains("resource ID 1: over-utilized");
    assertThat(
            misfit(
                edit(
                    group,
                    unit ->
                        unit.getResourceBuilder()
                            .addEndpointsBuilder()
                            .setKind(Endpoint.Kind.LEASED_IP))))
        .contains("resources ID (1): under-utilized (1) IP endpoints");
  }

  @Test
  void refusesOtherGroupsThanTheDeploymentHas() throws Exception {
    Manifest manifest = ManifestJson.decode(SdlFixtures.manifest(CASE));
    GroupSpec group = SdlFixtures.groups(CASE).getFirst();

    assertThat(refusal(manifest, SdlFixtures.version(CASE), List.of(group, group)))
        .hasMessage("invalid manifest: group count mismatch (1 != 2)");
    assertThat(
            refusal(
                manifest,
                SdlFixtures.version(CASE),
                List.of(group.toBuilder().setName("other").build())))
        .hasMessageStartingWith("invalid manifest: unknown deployment group ('");
  }

  private static String misfit(GroupSpec group) throws Exception {
    ManifestRefusedException refused =
        refusal(
            ManifestJson.decode(SdlFixtures.manifest(CASE)),
            SdlFixtures.version(CASE),
            List.of(group));
    assertThat(refused.fault()).isEqualTo(Fault.CROSS_VALIDATION);
    return refused.getMessage();
  }

  private static GroupSpec edit(GroupSpec group, Consumer<ResourceUnit.Builder> change) {
    GroupSpec.Builder edited = group.toBuilder();
    change.accept(edited.getResourcesBuilder(0));
    return edited.build();
  }

  private static String own(UnaryOperator<String> change) {
    return change.apply(
        """
        [{"name":"g","services":[{"name":"web","image":"nginx","env":["A=1"],"count":1,"resources":{"id":1,\
        "cpu":{"units":{"val":"100"}},"memory":{"size":{"val":"1048576"}},"gpu":{"units":{"val":"0"}}},\
        "expose":[{"port":80,"proto":"TCP","global":true,"hosts":["a.test"]}]}]}]
        """);
  }

  private static ManifestRefusedException refusal(String json) throws Exception {
    return refusal(ManifestJson.decode(json.getBytes(UTF_8)), new byte[32], List.of());
  }

  private static ManifestRefusedException refusal(
      Manifest manifest, byte[] hash, List<GroupSpec> groups) {
    return catchThrowableOfType(
        ManifestRefusedException.class, () -> ManifestCheck.check(manifest, hash, groups));
  }
}
