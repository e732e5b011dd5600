package io.berth.domain.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.Bytes;
import io.berth.domain.akash.AkashReader;
import io.berth.domain.akash.BidId;
import io.berth.domain.akash.DecCoin;
import io.berth.domain.akash.Deployment;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.akash.EscrowAccount;
import io.berth.domain.akash.Lease;
import io.berth.domain.akash.OrderId;
import io.berth.domain.deployment.DeploymentLister.Page;
import io.berth.domain.deployment.DeploymentLister.Query;
import io.berth.domain.wallet.Owners;
import io.berth.domain.wallet.Wallet;
import io.berth.domain.wallet.Wallets;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DeploymentListerTest {
  private static final String OWNER = "akash1365yvmc4s7awdyj3n2sav7xfx76adc6dnmlx63";

  private final List<Deployment> deployments = new ArrayList<>();
  private final List<Lease> leases = new ArrayList<>();
  private final DeploymentLister lister =
      new DeploymentLister(new Owners(wallets()), chain(), userId -> Map.of(), () -> Instant.EPOCH);

  private Wallets wallets() {
    Wallet wallet =
        new Wallet(
            "ann",
            "w",
            OWNER,
            Bytes.ofHex("02"),
            Bytes.ofHex("00"),
            true,
            Instant.EPOCH,
            Optional.of(Instant.EPOCH));
    return new Wallets() {
      @Override
      public boolean create(Wallet other) {
        throw new UnsupportedOperationException();
      }

      @Override
      public Optional<Wallet> find(String userId) {
        return userId.equals("ann") ? Optional.of(wallet) : Optional.empty();
      }

      @Override
      public void markActivated(String userId, Instant at) {
        throw new UnsupportedOperationException();
      }
    };
  }

  /** Answers each of the two reads only when the other has begun. */
  private AkashReader chain() {
    CountDownLatch both = new CountDownLatch(2);
    return (AkashReader)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {AkashReader.class},
            (_, method, arguments) -> {
              both.countDown();
              assertThat(both.await(10, TimeUnit.SECONDS)).as("both reads begun").isTrue();
              return switch (method.getName()) {
                case "deployments" -> inState((Optional<?>) arguments[1]);
                case "leasesOf" -> leases;
                default -> throw new UnsupportedOperationException(method.getName());
              };
            });
  }

  private List<Deployment> inState(Optional<?> state) {
    return deployments.stream()
        .filter(each -> state.isEmpty() || state.get() == each.state())
        .toList();
  }

  private void has(long dseq, Deployment.State state) {
    DeploymentId id = new DeploymentId(OWNER, dseq);
    EscrowAccount escrow =
        new EscrowAccount(
            "deployment",
            OWNER + "/" + dseq,
            OWNER,
            EscrowAccount.State.OPEN,
            List.of(),
            1,
            List.of(),
            List.of());
    deployments.add(new Deployment(id, state, Bytes.ofHex("00"), dseq, List.of(), escrow));
  }

  private void leased(long dseq, String provider) {
    leases.add(
        new Lease(
            new BidId(new OrderId(OWNER, dseq, 1, 1), provider, 0),
            Lease.State.ACTIVE,
            new DecCoin("uact", BigDecimal.ONE),
            1,
            0,
            ""));
  }

  private void hasFive() {
    for (long dseq = 1; dseq <= 5; dseq++) {
      has(dseq, dseq == 3 ? Deployment.State.CLOSED : Deployment.State.ACTIVE);
    }
  }

  private static Query query(boolean newestFirst, Optional<Long> after, int skip, int limit) {
    return new Query(
        Optional.of(Deployment.State.ACTIVE), newestFirst, after, skip, Optional.of(limit));
  }

  private static List<Long> dseqs(Page page) {
    return page.deployments().stream().map(view -> view.deployment().id().dseq()).toList();
  }

  @Test
  @Timeout(30)
  void readsDeploymentsAndLeasesAtOnceAndJoinsThemById() {
    hasFive();
    leased(5, "five");
    leased(1, "one");
    leased(99, "of none");
    Page page =
        lister.list(
            "ann", new Query(Optional.empty(), false, Optional.empty(), 0, Optional.empty()));

    assertThat(dseqs(page)).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(page.deployments())
        .extracting(view -> view.leases().stream().map(l -> l.lease().id().provider()).toList())
        .containsExactly(List.of("one"), List.of(), List.of(), List.of(), List.of("five"));
    assertThat(page.hasMore()).isFalse();
    assertThat(page.next()).isEmpty();
  }

  @Test
  void skipsAndLimitsWithinTheState() {
    hasFive();
    Page page = lister.list("ann", query(false, Optional.empty(), 1, 2));

    assertThat(dseqs(page)).containsExactly(2L, 4L);
    assertThat(page.total()).isEqualTo(4);
    assertThat(page.hasMore()).isTrue();
    assertThat(lister.list("ann", query(false, Optional.empty(), 2, 2)).hasMore()).isFalse();
    assertThat(dseqs(lister.list("ann", query(false, Optional.empty(), 9, 2)))).isEmpty();
  }

  @Test
  void goesOnBehindACursorInEitherDirectionThoughOthersComeAndGo() {
    hasFive();
    Page first = lister.list("ann", query(false, Optional.empty(), 0, 2));
    assertThat(dseqs(first)).containsExactly(1L, 2L);
    deployments.removeFirst();
    has(6, Deployment.State.ACTIVE);
    Page second = lister.list("ann", query(false, first.next(), 0, 2));
    assertThat(dseqs(second)).containsExactly(4L, 5L);
    assertThat(dseqs(lister.list("ann", query(false, second.next(), 0, 2)))).containsExactly(6L);

    Page newest = lister.list("ann", query(true, Optional.empty(), 0, 3));
    assertThat(dseqs(newest)).containsExactly(6L, 5L, 4L);
    assertThat(dseqs(lister.list("ann", query(true, newest.next(), 0, 3)))).containsExactly(2L);
  }
}
