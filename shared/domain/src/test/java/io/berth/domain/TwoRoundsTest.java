package io.berth.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.account.AccountReader;
import io.berth.domain.akash.AkashReader;
import io.berth.domain.akash.BidId;
import io.berth.domain.akash.Coin;
import io.berth.domain.akash.Lease;
import io.berth.domain.deployment.DeploymentLister;
import io.berth.domain.deployment.DeploymentReader;
import io.berth.domain.deployment.DeploymentRecords;
import io.berth.domain.deployment.LeasedChain;
import io.berth.domain.deployment.Leasing;
import io.berth.domain.deployment.OneRecord;
import io.berth.domain.lifecycle.DeploymentDesk;
import io.berth.domain.lifecycle.Operation;
import io.berth.domain.lifecycle.OperationDesk;
import io.berth.domain.lifecycle.Operations;
import io.berth.domain.lifecycle.StateMachine;
import io.berth.domain.provider.LeaseStatus;
import io.berth.domain.provider.ProviderGateway;
import io.berth.domain.provider.StatusOutcome;
import io.berth.domain.status.KnownStatus;
import io.berth.domain.status.StatusBoard;
import io.berth.domain.status.StatusCache;
import io.berth.domain.status.StatusRefresher;
import io.berth.domain.status.StatusRefreshes;
import io.berth.domain.wallet.OneWallet;
import io.berth.domain.wallet.Owners;
import io.berth.domain.wallet.PublicIdentity;
import io.berth.domain.wallet.WalletKeeper;
import io.berth.domain.wallet.Wallets;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whoever looks at something waits for two answers at most, one after the other: of DynamoDB, the
 * chain, or another function.
 */
@Timeout(60)
class TwoRoundsTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final InstantSource CLOCK = () -> NOW;
  private static final Lease LEASE = LeasedChain.lease(1, "akash1p", Lease.State.ACTIVE);
  private static final Duration MAX_AGE = Duration.ofSeconds(6);

  private final LeasedChain onChain = new LeasedChain();

  private static Map<BidId, StatusCache.Entry> kept(Instant at) {
    StatusOutcome up = new StatusOutcome.Known(new LeaseStatus(Map.of(), Map.of(), Map.of()));
    return Map.of(
        LEASE.id(),
        new StatusCache.Entry(Optional.of(KnownStatus.first(up, at)), Optional.empty()));
  }

  private static Owners owners(Rounds rounds) {
    return new Owners(wallets(rounds));
  }

  private static Wallets wallets(Rounds rounds) {
    return rounds.port(
        Wallets.class, Map.of("find", given -> new OneWallet().find((String) given.getFirst())));
  }

  private AkashReader chain(Rounds rounds) {
    return rounds.port(
        AkashReader.class,
        Map.of(
            "deployment", _ -> onChain.deployment(LeasedChain.ID),
            "deployments", _ -> onChain.deployment(LeasedChain.ID).stream().toList(),
            "leases", _ -> List.of(LEASE),
            "leasesOf", _ -> List.of(LEASE),
            "bids", _ -> List.of(),
            "depositGrant", _ -> Coin.uact(5)));
  }

  private StatusBoard statuses(Rounds rounds, Instant at) {
    StatusCache cache =
        rounds.port(StatusCache.class, Map.of("of", _ -> kept(at), "all", _ -> kept(at)));
    StatusRefresher refresher =
        new StatusRefresher(
            owners(rounds),
            chain(rounds),
            rounds.port(ProviderGateway.class, Map.of()),
            cache,
            MAX_AGE,
            CLOCK);
    return new StatusBoard(
        cache, refresher, rounds.port(StatusRefreshes.class, Map.of("request", _ -> null)));
  }

  private DeploymentDesk desk(Rounds rounds, Instant statusAt) {
    DeploymentRecords records =
        rounds.port(
            DeploymentRecords.class, Map.of("find", _ -> OneRecord.OF_TWO_GROUPS.find("ann", 7)));
    Operations operations =
        rounds.port(
            Operations.class,
            Map.of(
                "find", _ -> Optional.of(Operation.begin("o", "ann", 7, Optional.empty(), NOW))));
    return new DeploymentDesk(
        new DeploymentReader(owners(rounds), chain(rounds), statuses(rounds, statusAt), CLOCK),
        new OperationDesk(
            operations, records, rounds.port(StateMachine.class, Map.of()), CLOCK, _ -> {}));
  }

  @Test
  void aDeploymentIsWalletStatusAndRecordAndThenChainAndOperation() {
    Rounds rounds = new Rounds(3, 3);

    DeploymentDesk.Sight sight = desk(rounds, NOW).look("ann", 7);

    assertThat(sight.view().leases().getFirst().status()).isPresent();
    assertThat(sight.operation()).isPresent();
    rounds.assertOver();
  }

  @Test
  void anOldStatusIsRefreshedMeanwhile() {
    Rounds rounds = new Rounds(3, 4);

    DeploymentDesk.Sight sight = desk(rounds, NOW.minus(MAX_AGE).minusMillis(1)).look("ann", 7);

    assertThat(sight.view().leases().getFirst().status()).isPresent();
    rounds.assertOver();
  }

  @Test
  void aListIsWalletAndStatusesAndThenDeploymentsAndLeases() {
    Rounds rounds = new Rounds(2, 2);
    DeploymentLister lister =
        new DeploymentLister(owners(rounds), chain(rounds), statuses(rounds, NOW)::cached, CLOCK);

    DeploymentLister.Page page =
        lister.list(
            "ann",
            new DeploymentLister.Query(
                Optional.empty(), false, Optional.empty(), 0, Optional.empty()));

    assertThat(page.deployments().getFirst().leases().getFirst().status()).isPresent();
    rounds.assertOver();
  }

  @Test
  void bidsAreTheWalletAndThenTheChain() {
    Rounds rounds = new Rounds(1, 2);
    Leasing leasing =
        new Leasing(
            owners(rounds),
            rounds.port(DeploymentRecords.class, Map.of()),
            chain(rounds),
            null, // bids need no transaction
            null);

    assertThat(leasing.bids("ann", 7)).isEmpty();
    rounds.assertOver();
  }

  @Test
  void aBalanceIsTheWalletsAndThenTheChain() {
    Rounds rounds = new Rounds(2, 2);

    assertThat(account(rounds).balance("ann", Optional.empty()).available())
        .isEqualTo(BigDecimal.valueOf(5));
    rounds.assertOver();
  }

  @Test
  void aWalletIsTheWalletsAndThenTheChain() {
    Rounds rounds = new Rounds(2, 1);

    assertThat(account(rounds).wallet("ann").orElseThrow().credit()).isEqualTo(Coin.uact(5));
    rounds.assertOver();
  }

  @Test
  void aWeeksCostIsTheWalletAndThenTheChain() {
    Rounds rounds = new Rounds(1, 1);

    assertThat(account(rounds).weeklyCost("ann")).isPositive();
    rounds.assertOver();
  }

  private AccountReader account(Rounds rounds) {
    WalletKeeper keeper =
        rounds.port(
            WalletKeeper.class,
            Map.of("funding", _ -> new PublicIdentity("akash1funding", Bytes.ofHex("02"))));
    return new AccountReader(wallets(rounds), keeper, chain(rounds), MAX_AGE);
  }
}
