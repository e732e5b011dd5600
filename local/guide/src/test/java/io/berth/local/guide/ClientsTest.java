package io.berth.local.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.berth.client.ApiException;
import io.berth.client.Berth;
import io.berth.client.BerthApi;
import io.berth.client.model.Bid;
import io.berth.client.model.ChosenBid;
import io.berth.client.model.ChosenBids;
import io.berth.client.model.CreateDeploymentRequest;
import io.berth.client.model.CreatedDeployment;
import io.berth.client.model.Deployment;
import io.berth.client.model.LeaseStatusServicesValue;
import io.berth.client.model.LeaseWithStatus;
import io.berth.client.model.NewDeployment;
import io.berth.local.guide.RunningBerth.Reader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The generated clients do the main job. */
@ExtendWith(RunningBerth.class)
class ClientsTest {
  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final long POLL_NANOS = 100_000_000;

  @Test
  void theJavaClientGoesFromAnSdlToARunningWorkloadAndBack(RunningBerth.Town town)
      throws Exception {
    Reader ann = town.reader();
    BerthApi berth = Berth.connect(ann.url(), ann.apiKey());

    CreatedDeployment created =
        berth
            .createDeployment(
                new CreateDeploymentRequest()
                    .data(new NewDeployment().sdl(sdl()).deposit(BigDecimal.valueOf(5))),
                "java-client-1",
                null)
            .getData();
    String dseq = created.getDseq();
    assertThat(created.getSignTx().getTransactionHash()).matches("[0-9A-F]{64}");

    List<Bid> bids = until(() -> berth.listBids(dseq).getData(), found -> found.size() >= 2);
    Bid cheapest =
        bids.stream()
            .min(Comparator.comparing(bid -> new BigDecimal(bid.getBid().getPrice().getAmount())))
            .orElseThrow();
    Deployment leased =
        berth
            .createLeases(
                new ChosenBids()
                    .addLeasesItem(
                        new ChosenBid()
                            .dseq(dseq)
                            .gseq(cheapest.getBid().getId().getGseq())
                            .oseq(cheapest.getBid().getId().getOseq())
                            .provider(cheapest.getBid().getId().getProvider())),
                null)
            .getData();
    assertThat(leased.getLeases()).extracting(LeaseWithStatus::getState).containsExactly("active");

    Deployment running = until(() -> berth.getDeployment(dseq).getData(), ClientsTest::isReady);
    assertThat(services(running).get("web").getUris()).isNotEmpty();
    assertThat(berth.getDeploymentLogs(dseq, "web", 5, null).getData().getLines()).isNotEmpty();

    assertThat(berth.closeDeployment(dseq).getData().getSuccess()).isEqualTo(true);
    assertThat(berth.getDeployment(dseq).getData().getDeployment().getState()).isEqualTo("closed");
  }

  @Test
  void theJavaClientThrowsTheApisOwnWords(RunningBerth.Town town) {
    Reader ann = town.reader();

    assertThatThrownBy(() -> Berth.connect(ann.url(), ann.apiKey()).getDeployment("1"))
        .isInstanceOfSatisfying(
            ApiException.class,
            no -> {
              assertThat(no.getCode()).isEqualTo(404);
              assertThat(no.getResponseBody()).contains("\"problem\":\"urn:berth:problem:");
            });
  }

  /** The program is {@code src/test/typescript/main-job.ts}, which asserts as it goes. */
  @Test
  void theTypeScriptClientGoesFromAnSdlToARunningWorkloadAndBack(RunningBerth.Town town)
      throws IOException, InterruptedException {
    assumeTrue(Workshop.hasTypeScript(), "there is no TypeScript client here; it takes Node 20");
    Reader ann = town.reader();
    Workshop workshop = Workshop.named("typescript-client");
    workshop.write(
        "main-job.ts",
        Files.readString(
            RunningBerth.root().resolve("local/guide/src/test/typescript/main-job.ts")));
    workshop.compileTypeScript();

    String dseq = workshop.run(ann, "node", "main-job.js").strip();

    assertThat(ann.api().get("/v1/deployments/" + dseq).data().at("/deployment/state").asString())
        .isEqualTo("closed");
  }

  private static boolean isReady(Deployment deployment) {
    Map<String, LeaseStatusServicesValue> services = services(deployment);
    return !services.isEmpty()
        && services.values().stream()
            .allMatch(service -> service.getReadyReplicas().equals(service.getTotal()));
  }

  private static Map<String, LeaseStatusServicesValue> services(Deployment deployment) {
    LeaseWithStatus lease = deployment.getLeases().getFirst();
    return lease.getStatus() == null ? Map.of() : lease.getStatus().getServices();
  }

  private static <T> T until(Callable<T> read, Predicate<T> wanted) throws Exception {
    long giveUp = System.nanoTime() + PATIENCE_NANOS;
    T value = read.call();
    while (!wanted.test(value)) {
      assertThat(System.nanoTime()).as("gave up; last: %s", value).isLessThan(giveUp);
      LockSupport.parkNanos(POLL_NANOS);
      value = read.call();
    }
    return value;
  }

  private static String sdl() throws IOException {
    return Files.readString(RunningBerth.root().resolve("docs/examples/web.yaml"));
  }
}
