package io.berth.domain.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.akash.BidId;
import io.berth.domain.akash.Lease;
import io.berth.domain.akash.Provider;
import io.berth.domain.deployment.DeploymentReader;
import io.berth.domain.deployment.DeploymentView;
import io.berth.domain.deployment.LeasedChain;
import io.berth.domain.provider.LeaseStatus;
import io.berth.domain.provider.ManifestOutcome;
import io.berth.domain.provider.ProviderGateway;
import io.berth.domain.provider.StatusOutcome;
import io.berth.domain.wallet.OneWallet;
import io.berth.domain.wallet.Owners;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StatusTest {
  private static final Duration MAX_AGE = Duration.ofSeconds(6);
  private static final StatusOutcome UP =
      new StatusOutcome.Known(new LeaseStatus(Map.of(), Map.of(), Map.of()));
  private static final StatusOutcome DOWN = new StatusOutcome.Unavailable("no connection");

  private final LeasedChain chain = new LeasedChain();
  private final Map<String, StatusOutcome> answers = new ConcurrentHashMap<>();
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private final List<String> requested = new ArrayList<>();
  private final Set<String> hanging = ConcurrentHashMap.newKeySet();
  private final CountDownLatch testIsOver = new CountDownLatch(1);
  private final MemoryStatusCache cache = new MemoryStatusCache();
  private Instant now = Instant.parse("2026-11-25T12:00:00Z");

  private final StatusRefresher refresher =
      new StatusRefresher(
          new Owners(new OneWallet()), chain, new Gateway(), cache, MAX_AGE, () -> now);
  private final StatusBoard board =
      new StatusBoard(cache, refresher, (userId, dseq) -> requested.add(userId + "/" + dseq));

  @AfterEach
  void letTheHangingGo() {
    testIsOver.countDown();
  }

  private BidId lease(int gseq, String provider, StatusOutcome answer) {
    Lease lease = LeasedChain.lease(gseq, provider, Lease.State.ACTIVE);
    chain.leases.add(lease);
    answers.put(provider, answer);
    return lease.id();
  }

  private Map<BidId, KnownStatus> look() {
    Map<BidId, StatusCache.Entry> kept = board.kept("ann", 7);
    board.refreshOld("ann", 7, kept);
    return board.known("ann", kept, chain.leases.stream().map(Lease::id).toList());
  }

  @Test
  void asksAtOnceWhereNothingIsKnownAndThenShowsTheCache() {
    BidId lease = lease(1, "akash1p", UP);

    assertThat(look().get(lease)).isEqualTo(KnownStatus.first(UP, now));
    assertThat(look().get(lease)).isEqualTo(KnownStatus.first(UP, now));
    assertThat(asked).containsExactly("akash1p");
    assertThat(requested).isEmpty();
  }

  @Test
  void isNotHeldUpByOneOfThreeProvidersThatHangs() {
    BidId first = lease(1, "akash1p", UP);
    hanging.add("akash1hangs");
    BidId silent = lease(2, "akash1hangs", UP);
    BidId last = lease(3, "akash1q", DOWN);
    long start = System.nanoTime();

    Map<BidId, KnownStatus> known = look();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    assertThat(known).containsOnlyKeys(first, last).doesNotContainKey(silent);
    assertThat(known.get(last).problem()).contains("no connection");
  }

  @Test
  void showsAtOnceWhichStatusIsOldWhileOneOfThreeProvidersHangs() {
    BidId first = lease(1, "akash1p", UP);
    BidId stalling = lease(2, "akash1stalls", UP);
    BidId last = lease(3, "akash1q", UP);
    Map<BidId, KnownStatus> _ = look();
    Instant before = now;
    hanging.add("akash1stalls");
    now = now.plusSeconds(60);
    Thread refresh = Thread.ofVirtual().start(() -> refresher.refresh("ann", 7));
    while (!isKnownAt(first, now) || !isKnownAt(last, now)) {
      Thread.onSpinWait();
    }

    DeploymentView view =
        new DeploymentReader(new Owners(new OneWallet()), chain, board, () -> now).view("ann", 7);

    assertThat(refresh.isAlive()).as("the provider still hangs").isTrue();
    assertThat(view.leases())
        .extracting(lease -> lease.status().orElseThrow().reported().orElseThrow().at())
        .containsExactly(now, before, now);
    assertThat(asked).filteredOn("akash1stalls"::equals).as("one question at a time").hasSize(2);
    assertThat(requested).isEmpty();
    assertThat(cache.all("ann").get(stalling).claimedUntil()).isPresent();
  }

  private boolean isKnownAt(BidId lease, Instant time) {
    return cache.all("ann").get(lease).known().orElseThrow().askedAt().equals(time);
  }

  @Test
  void showsWhatIsOldAndHasItRefreshedLater() {
    BidId lease = lease(1, "akash1p", UP);
    Map<BidId, KnownStatus> first = look();
    now = now.plus(MAX_AGE).plusMillis(1);

    assertThat(look()).isEqualTo(first);
    assertThat(requested).containsExactly("ann/7");
    assertThat(asked).hasSize(1);

    assertThat(refresher.refresh("ann", 7)).isEqualTo(1);
    assertThat(look().get(lease).askedAt()).isEqualTo(now);
    assertThat(requested).hasSize(1);
  }

  @Test
  void refreshesOnlyWhatIsOldOfActiveLeases() {
    lease(1, "akash1p", UP);
    Map<BidId, KnownStatus> _ = look();
    now = now.plus(MAX_AGE).plusMillis(1);
    BidId fresh = lease(2, "akash1q", UP);
    assertThat(refresher.ask("ann", fresh)).isPresent();
    chain.leases.add(LeasedChain.lease(3, "akash1gone", Lease.State.CLOSED));

    assertThat(refresher.refresh("ann", 7)).isEqualTo(1);
    assertThat(asked).containsExactly("akash1p", "akash1q", "akash1p");
  }

  @Test
  void forgetsWhatIsKeptOfALeaseThatHasEnded() {
    BidId gone = lease(1, "akash1p", UP);
    BidId stays = lease(2, "akash1q", UP);
    Map<BidId, KnownStatus> _ = look();
    chain.leases.removeFirst();
    chain.leases.add(LeasedChain.lease(1, "akash1p", Lease.State.CLOSED));
    now = now.plus(MAX_AGE).plusMillis(1);

    assertThat(refresher.refresh("ann", 7)).isEqualTo(1);

    assertThat(board.kept("ann", 7)).containsOnlyKeys(stays).doesNotContainKey(gone);
  }

  @Test
  void keepsTheLastReportWhileTheProviderIsOutOfReach() {
    BidId lease = lease(1, "akash1p", UP);
    Instant before = now;
    Map<BidId, KnownStatus> _ = look();
    answers.put("akash1p", DOWN);
    now = now.plusSeconds(60);

    assertThat(refresher.refresh("ann", 7)).isEqualTo(1);

    assertThat(look().get(lease))
        .isEqualTo(
            new KnownStatus(
                KnownStatus.first(UP, before).reported(), Optional.of("no connection"), now));
  }

  @Test
  void forgetsTheLastReportOnceTheProviderHasNothing() {
    BidId lease = lease(1, "akash1p", UP);
    Map<BidId, KnownStatus> _ = look();
    answers.put("akash1p", new StatusOutcome.NotReady("kube: lease not found"));
    now = now.plusSeconds(60);

    assertThat(refresher.refresh("ann", 7)).isEqualTo(1);

    assertThat(look().get(lease))
        .isEqualTo(new KnownStatus(Optional.empty(), Optional.of("kube: lease not found"), now));
  }

  @Test
  void asksOneQuestionAtATime() throws Exception {
    hanging.add("akash1hangs");
    BidId lease = lease(1, "akash1hangs", UP);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Optional<KnownStatus>>> tries = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        tries.add(threads.submit(() -> refresher.ask("ann", lease)));
      }
      while (tries.stream().filter(Future::isDone).count() < 19) {
        Thread.onSpinWait();
      }
      assertThat(asked).hasSize(1);
      now = now.plusSeconds(6);
      assertThat(refresher.refresh("ann", 7)).isZero();
      testIsOver.countDown();
    }
    assertThat(asked).hasSize(1);
    assertThat(cache.of("ann", 7).get(lease).claimedUntil()).isEmpty();
  }

  @Test
  void asksAgainWhereSomebodyHasGivenUp() {
    BidId lease = lease(1, "akash1p", UP);
    assertThat(cache.claim("ann", lease, now, now.plusSeconds(20))).isTrue();
    assertThat(refresher.ask("ann", lease)).isEmpty();
    now = now.plusSeconds(20);

    assertThat(refresher.ask("ann", lease)).isPresent();
  }

  @Test
  void saysThatAProviderIsGoneFromTheChain() {
    BidId lease = lease(1, "akash1unknown", UP);

    assertThat(look().get(lease).problem()).contains("the provider is not on the chain");
  }

  private final class Gateway implements ProviderGateway {
    @Override
    public ManifestOutcome putManifest(
        String userId, Provider provider, long dseq, String manifest) {
      throw new AssertionError("not asked for");
    }

    @Override
    public StatusOutcome leaseStatus(String userId, Provider provider, BidId lease) {
      asked.add(provider.owner());
      if (hanging.contains(provider.owner())) {
        try {
          testIsOver.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      return answers.get(provider.owner());
    }
  }
}
