package io.berth.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.akash.BidId;
import io.berth.domain.akash.Coin;
import io.berth.domain.akash.DecCoin;
import io.berth.domain.akash.EscrowAccount;
import io.berth.domain.akash.Lease;
import io.berth.domain.akash.OrderId;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class EscrowProjectionTest {

  @Test
  void rentAddsUpSinceTheLastSettlement() {
    EscrowProjection now = project(110, account(EscrowAccount.State.OPEN), lease(1, "2.5"));
    assertThat(now.owed()).isEqualByComparingTo("25");
    assertThat(now.left()).isEqualByComparingTo("975");
    assertThat(now.spent()).isEqualByComparingTo("525");
    assertThat(now.endHeight()).isEqualTo(OptionalLong.of(100 + 400));
  }

  @Test
  void fractionsAreDroppedForEachLeaseByItself() {
    EscrowProjection now =
        project(101, account(EscrowAccount.State.OPEN), lease(1, "1.9"), lease(2, "1.9"));
    assertThat(now.owed()).isEqualByComparingTo("2");
    assertThat(now.perBlock()).isEqualByComparingTo("3.8");
  }

  @Test
  void nothingIsSpentWithoutARunningLease() {
    EscrowProjection now =
        project(500, account(EscrowAccount.State.OPEN), lease(1, Lease.State.CLOSED, "2.5"));
    assertThat(now.owed()).isZero();
    assertThat(now.endHeight()).isEmpty();
  }

  @Test
  void rentRunsOnWhileALeaseIsReclaimed() {
    EscrowProjection now =
        project(110, account(EscrowAccount.State.OPEN), lease(1, Lease.State.RECLAIMING, "1"));
    assertThat(now.owed()).isEqualByComparingTo("10");
  }

  @Test
  void aClosedAccountIsSettled() {
    EscrowProjection now = project(900, account(EscrowAccount.State.CLOSED), lease(1, "2.5"));
    assertThat(now.owed()).isZero();
    assertThat(now.spent()).isEqualByComparingTo("500");
  }

  @Test
  void showsADebtOnceTheMoneyHasRunOut() {
    EscrowProjection now = project(600, account(EscrowAccount.State.OPEN), lease(1, "2.5"));
    assertThat(now.left()).isEqualByComparingTo("-250");
  }

  @Test
  void aNodeBehindTheSettlementOwesNothing() {
    EscrowProjection now = project(99, account(EscrowAccount.State.OPEN), lease(1, "2.5"));
    assertThat(now.owed()).isZero();
  }

  private static EscrowProjection project(long height, EscrowAccount account, Lease... leases) {
    return EscrowProjection.at(height, account, List.of(leases), Coin.UACT);
  }

  private static EscrowAccount account(EscrowAccount.State state) {
    return new EscrowAccount(
        "deployment",
        "akash1owner/1",
        "akash1owner",
        state,
        List.of(coin("500")),
        100,
        List.of(coin("1000"), new DecCoin(Coin.UAKT, BigDecimal.TEN)),
        List.of());
  }

  private static Lease lease(int gseq, String price) {
    return lease(gseq, Lease.State.ACTIVE, price);
  }

  private static Lease lease(int gseq, Lease.State state, String price) {
    return new Lease(
        new BidId(new OrderId("akash1owner", 1, gseq, 1), "akash1provider", 0),
        state,
        coin(price),
        90,
        0,
        "lease_closed_invalid");
  }

  private static DecCoin coin(String amount) {
    return new DecCoin(Coin.UACT, new BigDecimal(amount));
  }
}
