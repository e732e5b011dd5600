package io.berth.local.crashtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.domain.akash.Coin;
import io.berth.domain.funding.Credit;
import io.berth.domain.funding.GrantReader;
import io.berth.domain.ledger.ChainUnavailableException;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.domain.request.RequestId;
import io.berth.local.devnet.Genesis;
import io.berth.proto.cosmos.feegrant.v1beta1.MsgRevokeAllowance;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Top-ups and renewals of fee allowances on the devnet, one at a time and many at once. */
class FundingTest {
  private static final BigInteger PAYMENT = BigInteger.valueOf(7_000_000);
  private static final BigDecimal CREDIT = BigDecimal.valueOf(World.CREDIT_UACT);

  private static Matrix matrix;
  private static World world;
  private static BerthProcess berth;
  private static int users;

  private final String user = "payer-" + ++users;

  @BeforeAll
  static void start() {
    matrix = new Matrix();
    world = matrix.world();
    berth = matrix.process(Tripwire.none(), false);
  }

  @AfterAll
  static void stop() {
    matrix.close();
  }

  private String activate() {
    return berth
        .activation
        .activate(user, user + "@example.com", BigInteger.valueOf(World.CREDIT_UACT))
        .address();
  }

  private static Problem refusalOf(Runnable call) {
    try {
      call.run();
    } catch (Refusal refusal) {
      return refusal.problem();
    }
    throw new AssertionError("it was not refused");
  }

  @Test
  void addsAPaymentOnce() {
    String address = activate();

    Credit first = berth.funding.topUp(user, PAYMENT, "payment");
    Credit again = berth.funding.topUp(user, PAYMENT, "payment");

    assertThat(again).isEqualTo(first);
    assertThat(world.node.find(first.grantedBy().orElseThrow())).isPresent();
    assertThat(world.moneyOf(address)).isEqualByComparingTo(CREDIT.add(new BigDecimal(PAYMENT)));
  }

  @Test
  void refusesAReferenceThatWasUsedForAnotherAmount() {
    String address = activate();
    Credit _ = berth.funding.topUp(user, PAYMENT, "payment");

    assertThat(refusalOf(() -> berth.funding.topUp(user, BigInteger.ONE, "payment")))
        .isInstanceOf(Problem.Impossible.class);
    assertThat(world.moneyOf(address)).isEqualByComparingTo(CREDIT.add(new BigDecimal(PAYMENT)));
  }

  @Test
  void namesEveryFieldThatBreaksARule() {
    String address = activate();

    assertThat(refusalOf(() -> berth.funding.topUp(user, BigInteger.ZERO, "a b")))
        .isInstanceOfSatisfying(
            Problem.InvalidRequest.class, invalid -> assertThat(invalid.issues()).hasSize(2));
    assertThat(refusalOf(() -> berth.funding.topUp("nobody", PAYMENT, "payment")))
        .isInstanceOf(Problem.NotFound.class);
    assertThat(world.moneyOf(address)).isEqualByComparingTo(CREDIT);
  }

  @Test
  void believesNoNodeThatIsBehind() {
    String address = activate();
    long newest = world.node.latestBlock().height();
    assertThat(world.node.grants(world.funding(), address, newest))
        .isEqualTo(
            new GrantReader.State(
                BigInteger.valueOf(World.CREDIT_UACT),
                Optional.of(BigInteger.valueOf(World.FEES_UAKT))));

    world.devnet.faults().lag(2);
    try {
      assertThatThrownBy(() -> world.node.grants(world.funding(), address, newest))
          .isInstanceOf(ChainUnavailableException.class);
    } finally {
      world.devnet.faults().clear();
    }
  }

  @Test
  void leavesAFullFeeAllowanceAsItIs() {
    String address = activate();

    berth.funding.settle(user);

    assertThat(berth.grants.of(user).changes()).isEqualTo(1);
    assertThat(world.node.feeAllowance(world.funding(), address))
        .contains(Coin.uakt(World.FEES_UAKT));
  }

  @Test
  void renewsAnAllowanceThatIsGoneWhenAUsersRequestMeetsIt() {
    String address = activate();
    world.devnet.add(
        Genesis.builder()
            .message(
                MsgRevokeAllowance.newBuilder()
                    .setGranter(world.funding())
                    .setGrantee(address)
                    .build())
            .build());
    world.pass(World.BLOCK);
    assertThat(world.node.feeAllowance(world.funding(), address)).isEmpty();

    RequestId request = new RequestId("request", Instant.parse("2026-11-01T00:00:00Z"));
    berth.writer.commit(
        berth.writer.request(request, user, Sdls.web("1.27"), Coin.uact(5_000_000)));

    assertThat(world.node.deployments(address, Optional.empty())).hasSize(1);
    assertThat(world.moneyOf(address)).isEqualByComparingTo(CREDIT);
  }

  @Test
  void settlesEveryUser() {
    activate();

    assertThat(berth.funding.settleAll()).isZero();
  }

  @RepeatedTest(5)
  void losesNothingWhenPaymentsDepositsAndRefundsCrossEachOther() {
    matrix.race(Flows.RUSH, 3, 2);
  }

  @RepeatedTest(2)
  void renewsOneAllowanceOnceHoweverManyAsk() {
    matrix.race(Flows.REFILL, 3, 1);
  }

  @RepeatedTest(2)
  void addsOnePaymentOnceHoweverManyAsk() {
    matrix.race(Flows.TOP_UP, 3, 1);
  }
}
