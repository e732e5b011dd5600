package io.berth.domain.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.domain.akash.BidId;
import io.berth.domain.akash.Lease;
import io.berth.domain.akash.Provider;
import io.berth.domain.deployment.DeploymentLogs.LeaseLogs;
import io.berth.domain.deployment.DeploymentLogs.LogLine;
import io.berth.domain.problem.Refusal;
import io.berth.domain.provider.PodLine;
import io.berth.domain.provider.ReadCaps;
import io.berth.domain.provider.ReadOutcome;
import io.berth.domain.wallet.OneWallet;
import io.berth.domain.wallet.Owners;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class LogReaderTest {
  private static final Instant NOW = Instant.parse("2026-11-25T09:00:00Z");
  private static final LogReader.Query ALL =
      new LogReader.Query(Optional.empty(), Optional.empty(), 10);

  private final LeasedChain chain = new LeasedChain();
  private final Map<String, ReadOutcome<PodLine>> told = new ConcurrentHashMap<>();
  private final Map<String, String> asked = new ConcurrentHashMap<>();

  private final LogReader reader =
      new LogReader(
          new Owners(new OneWallet()),
          OneRecord.OF_TWO_GROUPS,
          new SdlPolicy(List.of()),
          chain,
          new Streams(),
          new ReadCaps(1000, 5000, Duration.ofSeconds(10)));

  private void lease(int gseq, String provider, ReadOutcome<PodLine> outcome) {
    chain.leases.add(LeasedChain.lease(gseq, provider, Lease.State.ACTIVE));
    told.put(provider, outcome);
  }

  private static ReadOutcome<PodLine> lines(String... pods) {
    return new ReadOutcome.Read<>(
        List.of(pods).stream().map(pod -> new PodLine(pod, "hello", NOW)).toList(),
        Optional.empty());
  }

  private List<LeaseLogs> read(LogReader.Query query) {
    return reader.read("ann", 7, query).leases();
  }

  @Test
  void tellsServicesApartByTheLongestNameThatTheReplicaBeginsWith() {
    lease(1, "akash1p", lines("web-api-6d9f-a", "web-6d9f-b", "web-apix-c", "webby-d", "web"));

    assertThat(read(ALL).getFirst().outcome())
        .isEqualTo(
            new ReadOutcome.Read<>(
                List.of(
                    new LogLine("web-api", "web-api-6d9f-a", "hello", NOW),
                    new LogLine("web", "web-6d9f-b", "hello", NOW),
                    new LogLine("web", "web-apix-c", "hello", NOW),
                    new LogLine("", "webby-d", "hello", NOW),
                    new LogLine("", "web", "hello", NOW)),
                Optional.empty()));
  }

  @Test
  void asksEveryProviderOfAnActiveLeaseAndSharesTheCapsOut() {
    lease(1, "akash1p", lines("web-1"));
    lease(2, "akash1q", new ReadOutcome.NotReady<>("no running pods"));
    chain.leases.add(LeasedChain.lease(2, "akash1gone", Lease.State.CLOSED));

    DeploymentLogs logs = reader.read("ann", 7, ALL);

    assertThat(asked)
        .containsOnly(
            Map.entry("akash1p", "[] 10 500 2500 PT10S"),
            Map.entry("akash1q", "[] 10 500 2500 PT10S"));
    assertThat(logs.leases())
        .extracting(LeaseLogs::outcome)
        .last()
        .isEqualTo(new ReadOutcome.NotReady<>("no running pods"));
    assertThat(logs.caps().items()).isEqualTo(1000);
  }

  @Test
  void asksOnlyWhereTheServiceRuns() {
    lease(1, "akash1p", lines("web-1", "web-api-1"));
    lease(2, "akash1q", lines("db-1"));

    List<LeaseLogs> leases = read(new LogReader.Query(Optional.of("web"), Optional.empty(), 10));

    assertThat(asked).containsOnly(Map.entry("akash1p", "[web] 10 1000 5000 PT10S"));
    assertThat(leases.getFirst().outcome())
        .as("also if the provider tells of others")
        .isEqualTo(
            new ReadOutcome.Read<>(
                List.of(new LogLine("web", "web-1", "hello", NOW)), Optional.empty()));
  }

  @Test
  void asksOnlyTheProviderThatIsNamed() {
    lease(1, "akash1p", lines());
    lease(2, "akash1q", lines());

    assertThat(read(new LogReader.Query(Optional.empty(), Optional.of("akash1q"), 10))).hasSize(1);
    assertThat(asked).containsOnlyKeys("akash1q");
  }

  @Test
  void saysThatAProviderIsGoneFromTheChain() {
    lease(1, "akash1unknown", lines());

    assertThat(read(ALL).getFirst().outcome())
        .isEqualTo(new ReadOutcome.Unavailable<>("the provider is not on the chain"));
  }

  @Test
  void findsOnlyWhatThereIs() {
    lease(1, "akash1p", lines());

    assertThatThrownBy(() -> reader.read("bob", 7, ALL)).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> reader.read("ann", 8, ALL)).hasMessage("Deployment not found");
    assertThatThrownBy(() -> read(new LogReader.Query(Optional.of("nix"), Optional.empty(), 1)))
        .hasMessage("Service not found in this deployment");
    assertThatThrownBy(() -> read(new LogReader.Query(Optional.empty(), Optional.of("nix"), 1)))
        .hasMessage("No active lease with this provider");
    assertThat(asked).isEmpty();
  }

  private final class Streams extends NoStreams {
    @Override
    public ReadOutcome<PodLine> logs(
        String userId,
        Provider provider,
        BidId lease,
        List<String> services,
        int tail,
        ReadCaps caps) {
      asked.put(
          provider.owner(),
          "%s %d %d %d %s".formatted(services, tail, caps.items(), caps.bytes(), caps.time()));
      return told.get(provider.owner());
    }
  }
}
