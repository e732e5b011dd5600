package io.berth.local.providers.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.akash.BidId;
import io.berth.domain.akash.OrderId;
import io.berth.local.providers.cluster.Workload.Stage;
import io.berth.local.providers.manifest.Manifest.Group;
import io.berth.local.providers.manifest.ManifestJson;
import io.berth.local.providers.manifest.ManifestRefusedException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class ClusterTest {
  private static final BidId LEASE =
      new BidId(
          new OrderId("akash1qufa3xzrf34qvwyejkhvnc4psf49fftaw0asmh", 7, 1, 2),
          "akash1365yvmc4s7awdyj3n2sav7xfx76adc6dnmlx63",
          0);
  private static final BidId OTHER =
      new BidId(new OrderId("akash1other", 7, 1, 1), LEASE.provider(), 0);

  private static final String WEB =
      """
      {"name":"web","image":"nginx","count":2,"expose":[
       {"port":8080,"externalPort":80,"proto":"TCP","global":true,"hosts":["b.test","a.test"]}]}""";
  private static final String GAME =
      """
      {"name":"game","image":"quake","count":1,"expose":[
       {"port":27960,"proto":"UDP","global":true,"ip":"lobby"},
       {"port":22,"externalPort":2222,"proto":"TCP","global":true}],
       "params":{"storage":[{"name":"data","mount":"/data"}]}}""";
  private static final String BACKGROUND =
      """
      {"name":"worker","image":"busybox","count":1,"expose":[{"port":1,"proto":"TCP","service":"web"}]}""";

  private final Workloads workloads =
      new Workloads(3, new WorkloadStore(Optional.empty()), UnaryOperator.identity());

  @Test
  void derivesNamesAsProvidersDo() {
    // Made with Python's uuid5, sha224 and b32hexencode.
    assertThat(Names.ingressHost(LEASE, "web")).isEqualTo("sc3qi5t349d5b1qja2c1e3slsc");
    assertThat(Names.namespace(LEASE)).isEqualTo("s5htm3p1up6hqs24p8c16iljjf75e3i00fri68kbv08pu");
  }

  @Test
  void aWorkloadGoesThroughItsStagesBlockByBlock() {
    workloads.onBlock(10);
    workloads.deploy(LEASE, group(WEB));

    assertThat(stageAt(10)).isEqualTo(Stage.QUEUED);
    assertThat(stageAt(11)).isEqualTo(Stage.CREATED);
    assertThat(stageAt(12)).isEqualTo(Stage.STARTING);
    assertThat(stageAt(13)).isEqualTo(Stage.READY);
    assertThat(stageAt(99)).isEqualTo(Stage.READY);
  }

  @Test
  void theSameManifestAgainChangesNothingAndAnotherOneIsANewGeneration() {
    workloads.deploy(LEASE, group(WEB));
    Workload first = workloads.find(LEASE).orElseThrow();
    workloads.onBlock(50);
    workloads.deploy(LEASE, group(WEB));
    assertThat(workloads.find(LEASE)).hasValue(first);

    workloads.deploy(LEASE, group(WEB.replace("nginx", "httpd")));

    Workload second = workloads.find(LEASE).orElseThrow();
    assertThat(second.generation()).isEqualTo(2);
    assertThat(workloads.stage(second)).isEqualTo(Stage.READY);
  }

  @Test
  void reportsReplicasAndHostNamesOfAReadyService() {
    workloads.deploy(LEASE, group(WEB));
    String own = Names.ingressHost(LEASE, "web") + ".ingress.p.localhost";

    assertThat(json(report(Stage.READY).lease()))
        .isEqualTo(
            """
            {"services":{"web":{"name":"web","available":2,"total":2,\
            "uris":["a.test","b.test","%s"],"observed_generation":1,"replicas":2,\
            "updated_replicas":2,"ready_replicas":2,"available_replicas":2}},\
            "forwarded_ports":null,"ips":null}"""
                .formatted(own));
    assertThat(json(report(Stage.STARTING).lease()))
        .contains("\"available\":0,\"total\":2", "\"ready_replicas\":0,\"available_replicas\":0");
  }

  @Test
  void reportsForwardedPortsAndLeasedAddressesWithTheKeysOfGo() {
    workloads.deploy(LEASE, group(GAME));

    assertThat(json(report(Stage.READY).lease()))
        .contains("\"uris\":null")
        .contains(
            "\"forwarded_ports\":{\"game\":[{\"host\":\"p.localhost\",\"port\":27960,"
                + "\"externalPort\":30000,\"proto\":\"UDP\",\"name\":\"game\"},"
                + "{\"host\":\"p.localhost\",\"port\":22,\"externalPort\":30001,"
                + "\"proto\":\"TCP\",\"name\":\"game\"}]}")
        .contains(
            "\"ips\":{\"game\":[{\"Port\":27960,\"ExternalPort\":27960,\"Protocol\":\"UDP\","
                + "\"IP\":\"203.0.113.1\"}]}");
  }

  @Test
  void callsTheReplicasOfAStatefulSetAvailableBeforeTheyAreReady() {
    workloads.deploy(LEASE, group(GAME));

    assertThat(json(report(Stage.STARTING).service("game").orElseThrow()))
        .contains("\"available\":1", "\"ready_replicas\":0");
  }

  @Test
  void listsTheHostNamesOfAllServicesInAServicesOwnStatus() {
    workloads.deploy(LEASE, group(WEB + "," + BACKGROUND));

    assertThat(json(report(Stage.READY).lease()))
        .contains("\"worker\":{\"name\":\"worker\",\"available\":1,\"total\":1,\"uris\":null");
    assertThat(json(report(Stage.READY).service("worker").orElseThrow())).contains("a.test");
    assertThat(report(Stage.READY).service("nobody")).isEmpty();
  }

  @Test
  void givesEveryWorkloadItsOwnPortsAndAddressesAndKeepsThemOverUpdates() {
    workloads.deploy(LEASE, group(GAME));
    workloads.deploy(OTHER, group(GAME));
    workloads.deploy(LEASE, group(GAME.replace("quake", "doom")));

    Workload mine = workloads.find(LEASE).orElseThrow();
    Workload theirs = workloads.find(OTHER).orElseThrow();
    assertThat(mine.nodePorts()).containsValues(30_000, 30_001);
    assertThat(theirs.nodePorts()).containsValues(30_002, 30_003);
    assertThat(mine.ips()).isEqualTo(Map.of("lobby", "203.0.113.1"));
    assertThat(theirs.ips()).isEqualTo(Map.of("lobby", "203.0.113.2"));
  }

  @Test
  void aHostNameIsTakenForOthersUntilItsWorkloadIsGone() {
    workloads.deploy(LEASE, group(WEB));

    assertThat(workloads.isTaken("a.test", OTHER.order().owner())).isTrue();
    assertThat(workloads.isTaken("a.test", LEASE.order().owner())).isFalse();
    assertThat(workloads.isTaken("c.test", OTHER.order().owner())).isFalse();
    workloads.remove(LEASE);
    assertThat(workloads.isTaken("a.test", OTHER.order().owner())).isFalse();
  }

  @Test
  void remembersWorkloadsOverARestart(@TempDir Path folder) {
    WorkloadStore store = new WorkloadStore(Optional.of(folder.resolve("new")));
    Workloads before = new Workloads(3, store, UnaryOperator.identity());
    before.onBlock(5);
    before.deploy(LEASE, group(WEB + "," + GAME));
    before.deploy(OTHER, group(WEB));
    before.remove(OTHER);

    Workloads after = new Workloads(3, store, UnaryOperator.identity());

    assertThat(after.all()).containsExactly(before.find(LEASE).orElseThrow());
  }

  private Stage stageAt(long height) {
    workloads.onBlock(height);
    return workloads.stage(workloads.find(LEASE).orElseThrow());
  }

  private StatusReport report(Stage stage) {
    return new StatusReport(
        workloads.find(LEASE).orElseThrow(), stage, "p.localhost", "ingress.p.localhost");
  }

  private static String json(Map<String, Object> value) {
    return JsonMapper.shared().writeValueAsString(value);
  }

  private static Group group(String services) {
    try {
      String manifest = "[{\"name\":\"dcloud\",\"services\":[%s]}]".formatted(services);
      return ManifestJson.decode(manifest.getBytes(UTF_8)).groups().getFirst();
    } catch (ManifestRefusedException e) {
      throw new AssertionError(e);
    }
  }
}
