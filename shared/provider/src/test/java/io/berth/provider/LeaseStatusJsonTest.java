package io.berth.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.provider.LeaseStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeaseStatusJsonTest {

  @Test
  void readsEverythingThatAGatewayTells() {
    String body =
        """
        {"services":{"web":{"name":"web","available":1,"total":2,"uris":["abc.ingress.p.com"],
          "observed_generation":3,"replicas":4,"updated_replicas":5,"ready_replicas":6,
          "available_replicas":7}},
         "forwarded_ports":{"web":[{"host":"p.com","port":22,"externalPort":31234,"proto":"TCP",
          "name":"web"}]},
         "ips":{"web":[{"Port":80,"ExternalPort":8080,"Protocol":"TCP","IP":"203.0.113.9"}]}}
        """;

    assertThat(LeaseStatusJson.read(body))
        .contains(
            new LeaseStatus(
                Map.of(
                    "web",
                    new LeaseStatus.ServiceStatus(
                        "web", 1, 2, List.of("abc.ingress.p.com"), 3, 4, 5, 6, 7)),
                Map.of(
                    "web",
                    List.of(new LeaseStatus.ForwardedPort("p.com", 22, 31234, "TCP", "web"))),
                Map.of("web", List.of(new LeaseStatus.LeasedIp("203.0.113.9", 80, 8080, "TCP")))));
  }

  @Test
  void goNullsAreEmpty() {
    assertThat(
            LeaseStatusJson.read(
                """
                {"services":{"web":{"name":"web","uris":null},"db":null},
                 "forwarded_ports":null,"ips":null}
                """))
        .contains(
            new LeaseStatus(Map.of("web", empty("web"), "db", empty("db")), Map.of(), Map.of()));
    assertThat(
            LeaseStatusJson.read(
                "{\"services\":null,\"forwarded_ports\":{\"web\":null},\"ips\":{\"web\":[null]}}"))
        .contains(new LeaseStatus(Map.of(), Map.of("web", List.of()), Map.of("web", List.of())));
  }

  @Test
  void whatIsMissingOrOfAnotherTypeIsEmpty() {
    assertThat(
            LeaseStatusJson.read(
                """
                {"services":{"web":{"name":null,"available":"many","total":99999999999,"uris":[7,"a"],
                  "replicas":{},"ready_replicas":1.5},"db":[]},
                 "forwarded_ports":[],"ips":{"web":{"Port":1}}}
                """))
        .hasValueSatisfying(
            status -> {
              assertThat(status.services().get("web").name()).isEqualTo("web");
              assertThat(status.services().get("web").available()).isZero();
              assertThat(status.services().get("web").total()).isZero();
              assertThat(status.services().get("web").replicas()).isZero();
              assertThat(status.services().get("web").uris()).containsExactly("a");
              assertThat(status.services().get("db")).isEqualTo(empty("db"));
              assertThat(status.forwardedPorts()).isEmpty();
              assertThat(status.ips()).isEqualTo(Map.of("web", List.of()));
            });
  }

  @Test
  void deeplyNestedJsonIsNoStatus() {
    assertThat(LeaseStatusJson.read("{\"services\":" + "[".repeat(100_000))).isEmpty();
  }

  private static LeaseStatus.ServiceStatus empty(String name) {
    return new LeaseStatus.ServiceStatus(name, 0, 0, List.of(), 0, 0, 0, 0, 0);
  }
}
