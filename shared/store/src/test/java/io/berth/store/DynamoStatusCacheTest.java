package io.berth.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.akash.BidId;
import io.berth.domain.akash.OrderId;
import io.berth.domain.provider.LeaseStatus;
import io.berth.domain.provider.LeaseStatus.ForwardedPort;
import io.berth.domain.provider.LeaseStatus.LeasedIp;
import io.berth.domain.provider.LeaseStatus.ServiceStatus;
import io.berth.domain.provider.StatusOutcome;
import io.berth.domain.status.KnownStatus;
import io.berth.domain.status.StatusCache;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DynamoStatusCacheTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00.000000007Z");
  private static final Instant CLAIM = NOW.plusSeconds(20);
  private static final BidId LEASE = lease(1);
  private static final LeaseStatus STATUS =
      new LeaseStatus(
          Map.of("web", new ServiceStatus("web", 1, 2, List.of("a.example"), 1L << 40, 2, 2, 1, 1)),
          Map.of("web", List.of(new ForwardedPort("p.example", 22, 31234, "TCP", "web"))),
          Map.of("web", List.of(new LeasedIp("203.0.113.9", 80, 80, "TCP"))));

  private static LocalTables tables;
  private static DynamoStatusCache cache;

  private final String userId = UUID.randomUUID().toString();

  @BeforeAll
  static void start() {
    tables = new LocalTables();
    cache = new DynamoStatusCache(tables.client(), LocalTables.REPORTS);
  }

  @AfterAll
  static void stop() {
    tables.close();
  }

  private static BidId lease(int gseq) {
    return lease(7, gseq);
  }

  private static BidId lease(long dseq, int gseq) {
    return new BidId(new OrderId("akash1ann", dseq, gseq, 1), "akash1p", 3);
  }

  private StatusCache.Entry entry() {
    return cache.of(userId, 7).getOrDefault(LEASE, StatusCache.Entry.NONE);
  }

  private void put(KnownStatus known) {
    assertThat(cache.claim(userId, LEASE, NOW, CLAIM)).isTrue();
    assertThat(cache.put(userId, LEASE, known, CLAIM)).isTrue();
  }

  @Test
  void givesBackWhatIsKnown() {
    KnownStatus up = KnownStatus.first(new StatusOutcome.Known(STATUS), NOW);
    put(up);
    assertThat(entry()).isEqualTo(new StatusCache.Entry(Optional.of(up), Optional.empty()));

    KnownStatus unreachable = up.after(new StatusOutcome.Unavailable("no"), NOW.plusSeconds(9));
    put(unreachable);
    assertThat(entry().known()).contains(unreachable);

    KnownStatus gone = unreachable.after(new StatusOutcome.NotReady("gone"), NOW.plusSeconds(10));
    put(gone);
    assertThat(entry().known()).contains(gone);
  }

  @Test
  void letsOneClaimALeaseAtATime() {
    assertThat(cache.claim(userId, LEASE, NOW, CLAIM)).isTrue();
    assertThat(cache.claim(userId, LEASE, NOW.plusSeconds(19), CLAIM.plusSeconds(19))).isFalse();
    assertThat(entry()).isEqualTo(new StatusCache.Entry(Optional.empty(), Optional.of(CLAIM)));

    assertThat(cache.claim(userId, LEASE, CLAIM, CLAIM.plusSeconds(20))).as("lapsed").isTrue();
  }

  @Test
  void takesNothingFromWhoseClaimIsAnothers() {
    KnownStatus late = KnownStatus.first(new StatusOutcome.NotReady("late"), NOW);
    assertThat(cache.claim(userId, LEASE, NOW, CLAIM)).isTrue();
    assertThat(cache.claim(userId, LEASE, CLAIM, CLAIM.plusSeconds(20))).isTrue();

    assertThat(cache.put(userId, LEASE, late, CLAIM)).isFalse();
    assertThat(entry().known()).isEmpty();
  }

  @Test
  void keepsNoStatusThatNoRowCanHold() {
    LeaseStatus huge =
        new LeaseStatus(
            Map.of(
                "web", new ServiceStatus("web", 1, 1, List.of("x".repeat(500_000)), 1, 1, 1, 1, 1)),
            Map.of(),
            Map.of());

    put(KnownStatus.first(new StatusOutcome.Known(huge), NOW));

    assertThat(entry().known())
        .contains(
            new KnownStatus(
                Optional.empty(), Optional.of("the provider's answer is too long"), NOW));
  }

  @Test
  void findsThoseOfADeploymentAndOfAUserAndOnlyTheirs() {
    List<BidId> seventh = IntStream.rangeClosed(1, 120).mapToObj(n -> lease(7, n)).toList();
    List<BidId> others = List.of(lease(70, 1), lease(8, 1));
    List<BidId> all = Stream.concat(seventh.stream(), others.stream()).toList();
    all.forEach(lease -> assertThat(cache.claim(userId, lease, NOW, CLAIM)).isTrue());

    assertThat(cache.of(userId, 7)).containsOnlyKeys(seventh);
    assertThat(cache.all(userId)).containsOnlyKeys(all);
    assertThat(cache.all("someone else")).isEmpty();
    assertThat(cache.of("someone else", 7)).isEmpty();
  }

  @Test
  void forgetsWhatHasEnded() {
    List<BidId> leases = List.of(lease(1), lease(2), lease(3));
    leases.forEach(lease -> assertThat(cache.claim(userId, lease, NOW, CLAIM)).isTrue());

    cache.forget(userId, leases.subList(0, 2));

    assertThat(cache.all(userId)).containsOnlyKeys(lease(3));
  }
}
