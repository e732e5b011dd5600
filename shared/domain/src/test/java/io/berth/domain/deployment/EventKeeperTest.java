package io.berth.domain.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.berth.domain.akash.BidId;
import io.berth.domain.akash.Lease;
import io.berth.domain.akash.Provider;
import io.berth.domain.deployment.DeploymentEvents.LeaseEvents;
import io.berth.domain.deployment.DeploymentEvents.NamedEvent;
import io.berth.domain.provider.ClusterEvent;
import io.berth.domain.provider.ReadCaps;
import io.berth.domain.provider.ReadOutcome;
import io.berth.domain.wallet.OneWallet;
import io.berth.domain.wallet.Owners;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventKeeperTest {
  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

  private final LeasedChain chain = new LeasedChain();
  private final Map<String, ReadOutcome<ClusterEvent>> told = new HashMap<>();
  private final List<KeptEvent> kept = new ArrayList<>();
  private Runnable whileAsked = () -> {};

  private final EventKeeper keeper =
      new EventKeeper(
          new Owners(new OneWallet()),
          OneRecord.OF_TWO_GROUPS,
          new SdlPolicy(List.of()),
          chain,
          new Streams(),
          new Memory(),
          new ReadCaps(1000, 5000, Duration.ofSeconds(5)));

  private static ClusterEvent event(String reason, String object, int second) {
    return new ClusterEvent("Normal", reason, "note", "Pod", object, NOON.plusSeconds(second));
  }

  private static ReadOutcome<ClusterEvent> events(ClusterEvent... events) {
    return new ReadOutcome.Read<>(List.of(events), Optional.empty());
  }

  private Lease lease(int gseq, String provider, ReadOutcome<ClusterEvent> outcome) {
    Lease lease = LeasedChain.lease(gseq, provider, Lease.State.ACTIVE);
    chain.leases.add(lease);
    told.put(provider, outcome);
    return lease;
  }

  private List<String> reasons(Optional<Instant> since) {
    return keeper.read("ann", 7, since).events().stream()
        .map(named -> named.event().event().reason())
        .toList();
  }

  @Test
  void showsWhatTheProviderHasForgottenSinceItWasKept() {
    lease(1, "akash1p", events(event("Pulled", "web-1", 1), event("Started", "web-1", 2)));
    List<LeaseEvents> _ = keeper.keep("ann", 7);
    told.put("akash1p", events(event("BackOff", "web-1", 3)));

    assertThat(reasons(Optional.empty())).containsExactly("Pulled", "Started", "BackOff");
  }

  @Test
  void keepsAnEventThatIsToldAgainOnceWithItsFirstTime() {
    Lease lease =
        lease(1, "akash1p", events(event("BackOff", "web-1", 1), event("BackOff", "web-1", 2)));
    List<LeaseEvents> _ = keeper.keep("ann", 7);
    told.put("akash1p", events(event("BackOff", "web-1", 3)));
    List<LeaseEvents> _ = keeper.keep("ann", 7);

    assertThat(kept).containsExactly(new KeptEvent(lease.id(), event("BackOff", "web-1", 1)));
  }

  @Test
  void tellsTheTimeThatAnotherKeptWhileTheProviderWasAsked() {
    Lease lease = lease(1, "akash1p", events(event("Pulled", "web-1", 9)));
    KeptEvent earlier = new KeptEvent(lease.id(), event("Pulled", "web-1", 8));
    whileAsked = () -> kept.add(earlier);

    assertThat(keeper.read("ann", 7, Optional.empty()).events())
        .extracting(NamedEvent::event)
        .containsExactly(earlier);
  }

  @Test
  void ordersTheEventsOfAllLeasesByTimeAndNamesTheirServices() {
    lease(1, "akash1p", events(event("A", "web-api-1", 2), event("B", "web", 4)));
    lease(2, "akash1q", events(event("C", "db-0", 1), event("D", "node7", 3)));

    assertThat(keeper.read("ann", 7, Optional.empty()).events())
        .extracting(named -> named.event().event().reason(), NamedEvent::service)
        .containsExactly(
            tuple("C", "db"), tuple("A", "web-api"), tuple("D", ""), tuple("B", "web"));
  }

  @Test
  void showsOnlyEventsSinceATime() {
    lease(1, "akash1p", events(event("A", "web-1", 1), event("B", "web-1", 2)));

    assertThat(reasons(Optional.of(NOON.plusSeconds(2)))).containsExactly("B");
  }

  @Test
  void showsTheEventsOfClosedLeasesWithoutAskingTheirProviders() {
    Lease lease = LeasedChain.lease(1, "akash1gone", Lease.State.CLOSED);
    chain.leases.add(lease);
    kept.add(new KeptEvent(lease.id(), event("Killing", "web-1", 1)));

    assertThat(reasons(Optional.empty())).containsExactly("Killing");
    assertThat(keeper.read("ann", 7, Optional.empty()).leases()).isEmpty();
  }

  @Test
  void isNotHinderedByAProviderThatDoesNotAnswer() {
    lease(1, "akash1p", events(event("Pulled", "web-1", 1)));
    lease(2, "akash1q", new ReadOutcome.Unavailable<>("no answer in time"));

    List<LeaseEvents> leases = keeper.keep("ann", 7);

    assertThat(kept).hasSize(1);
    assertThat(leases)
        .extracting(LeaseEvents::outcome)
        .last()
        .isEqualTo(new ReadOutcome.Unavailable<>("no answer in time"));
  }

  @Test
  void keepsNoMoreThanSoManyEventsOfALease() {
    for (int round = 0; round < 3; round++) {
      List<ClusterEvent> many = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        many.add(event("Invented", "web-" + round + "-" + i, i));
      }
      chain.leases.clear();
      lease(1, "akash1p", new ReadOutcome.Read<>(many, Optional.empty()));
      List<LeaseEvents> _ = keeper.keep("ann", 7);
    }

    assertThat(kept).hasSize(EventKeeper.MOST);
  }

  @Test
  void findsOnlyWhatThereIs() {
    assertThatThrownBy(() -> keeper.read("ann", 8, Optional.empty()))
        .hasMessage("Deployment not found");
    assertThatThrownBy(() -> keeper.read("bob", 7, Optional.empty()))
        .hasMessage("UserWallet Not Found");
  }

  private final class Memory implements KeptEvents {
    @Override
    public List<KeptEvent> of(String userId, long dseq) {
      return List.copyOf(kept);
    }

    @Override
    public void keep(String userId, long dseq, List<KeptEvent> events) {
      for (KeptEvent event : events) {
        if (kept.stream().noneMatch(known -> isSame(known, event))) {
          kept.add(event);
        }
      }
    }

    private static boolean isSame(KeptEvent one, KeptEvent other) {
      return one.lease().equals(other.lease()) && one.identity().equals(other.identity());
    }
  }

  private final class Streams extends NoStreams {
    @Override
    public ReadOutcome<ClusterEvent> events(
        String userId, Provider provider, BidId lease, ReadCaps caps) {
      whileAsked.run();
      return told.get(provider.owner());
    }
  }
}
