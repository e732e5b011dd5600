package io.berth.sdl;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.sdl.group.Endpoint;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GroupSummaryTest {
  private static final DeploymentPlan PLAN =
      ((SdlResult.Valid)
              Sdl.plan(
                  """
                  version: "2.0"
                  services:
                    web:
                      image: nginx
                      params: { storage: { data: { mount: /data } } }
                      expose:
                        - port: 80
                          to: [{ global: true }]
                        - port: 9000
                          to: [{ global: true }]
                    db: { image: postgres }
                  profiles:
                    compute:
                      web:
                        resources:
                          cpu: { units: 500m }
                          memory: { size: 1Gi }
                          storage:
                            - size: 1Gi
                            - name: data
                              size: 2Gi
                              attributes: { persistent: true, class: beta2 }
                          gpu: { units: 1, attributes: { vendor: { nvidia: [] } } }
                      db:
                        resources:
                          cpu: { units: 2 }
                          memory: { size: 4Gi }
                          storage: { size: 10Gi }
                    placement:
                      dcloud:
                        pricing:
                          web: { denom: uact, amount: 10.5 }
                          db: { denom: uact, amount: 100 }
                  deployment:
                    web: { dcloud: { profile: web, count: 3 } }
                    db: { dcloud: { profile: db, count: 1 } }
                  """,
                  SdlOptions.asWritten(Layout.GO)))
          .plan();

  private static BigInteger gib(long number) {
    return BigInteger.valueOf(number << 30);
  }

  @Test
  void addsUpWhatAllReplicasAskFor() {
    GroupSummary summary = GroupSummary.of(PLAN.groups().getFirst());

    assertThat(summary.name()).isEqualTo("dcloud");
    assertThat(summary.replicas()).isEqualTo(4);
    assertThat(summary.milliCpu()).isEqualTo(3500);
    assertThat(summary.memoryBytes()).isEqualTo(gib(7));
    assertThat(summary.storageBytes()).isEqualTo(Map.of("ephemeral", gib(13), "beta2", gib(6)));
    assertThat(summary.gpus()).isEqualTo(3);
    assertThat(summary.endpoints())
        .isEqualTo(Map.of(Endpoint.Kind.SHARED_HTTP, 1, Endpoint.Kind.RANDOM_PORT, 1));
  }

  @Test
  void estimatesTheMostThatItCanCost() {
    PriceEstimate estimate = PriceEstimate.of(PLAN.groups());

    assertThat(estimate.denom()).isEqualTo("uact");
    assertThat(estimate.perBlock()).isEqualByComparingTo("131.5");
    assertThat(estimate.perMonth())
        .isEqualByComparingTo(new BigDecimal("131.5").multiply(new BigDecimal(398_769)));
  }
}
