package io.berth.functions.signer;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.chain.DecodedTransaction;
import io.berth.chain.Fee;
import io.berth.domain.Bytes;
import io.berth.domain.akash.BidId;
import io.berth.domain.akash.ChainMessage;
import io.berth.domain.akash.Coin;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.akash.OrderId;
import io.berth.domain.budget.Budget;
import io.berth.domain.budget.Spending;
import io.berth.domain.ledger.Hold;
import io.berth.domain.ledger.Replay;
import io.berth.domain.ledger.SignOutcome;
import io.berth.domain.ledger.Switches;
import io.berth.domain.wallet.PublicIdentity;
import io.berth.domain.wallet.WalletRef;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One test for each rule's refusal, and the transactions that pass them all. */
class PolicyTest {
  private static final PublicIdentity ANN = new PublicIdentity("akash1ann", Bytes.ofHex("02aa"));
  private static final PublicIdentity FUNDING =
      new PublicIdentity("akash1funding", Bytes.ofHex("02ff"));
  private static final Switches NONE = new Switches(false, false);
  private static final Instant NOW = Instant.parse("2026-11-23T23:30:00Z");
  private static final LocalDate TODAY = LocalDate.parse("2026-11-23");
  private static final Instant TIMEOUT = Instant.parse("2026-11-23T12:00:00.000000001Z");
  private static final WalletRef ANNS_WALLET = new WalletRef.OfUser("ann");
  private static final ChainMessage CLOSE =
      new ChainMessage.CloseDeployment(new DeploymentId("akash1ann", 1));

  private static final ChainMessage CREATE =
      new ChainMessage.CreateDeployment(
          new DeploymentId("akash1ann", 2),
          List.of(),
          Bytes.ofHex("00"),
          Coin.uact(1),
          Optional.empty());
  private static final ChainMessage GRANT =
      new ChainMessage.GrantDeposits("akash1funding", "akash1ann", Coin.uact(1), Optional.empty());

  private final Policy policy =
      new Policy(
          new Policy.Caps(
              BigInteger.valueOf(1000),
              BigInteger.valueOf(5_000_000),
              new Spending(BigInteger.valueOf(2500), BigInteger.valueOf(7_000_000))));

  private static DecodedTransaction.Known transaction(
      PublicIdentity signer, Optional<String> granter, Coin fee, List<ChainMessage> messages) {
    return new DecodedTransaction.Known(
        messages,
        "berth",
        TIMEOUT,
        new Replay.ByTimeout(),
        signer.publicKey(),
        new Fee(List.of(fee), 200_000, granter));
  }

  private static PolicyCase byAnn(ChainMessage... messages) {
    return byAnn(
        transaction(ANN, Optional.of(FUNDING.address()), Coin.uakt(1000), List.of(messages)));
  }

  private static PolicyCase byAnn(DecodedTransaction.Known transaction) {
    return byAnn(Spending.NONE, transaction);
  }

  private static PolicyCase byAnn(Spending before, DecodedTransaction.Known transaction) {
    return new PolicyCase(
        NOW,
        NONE,
        ANNS_WALLET,
        ANN,
        true,
        new Budget("ann", TODAY, before),
        false,
        FUNDING.address(),
        TIMEOUT,
        transaction);
  }

  private static PolicyCase byFunding(ChainMessage... messages) {
    return new PolicyCase(
        NOW,
        NONE,
        new WalletRef.Funding(),
        FUNDING,
        true,
        Budget.fresh("funding"),
        false,
        FUNDING.address(),
        TIMEOUT,
        transaction(FUNDING, Optional.empty(), Coin.uakt(1000), List.of(messages)));
  }

  private static PolicyCase with(Switches switches, PolicyCase subject) {
    return with(switches, subject.enabled(), subject.timeout(), subject);
  }

  private static PolicyCase with(
      Switches switches, boolean enabled, Instant timeout, PolicyCase subject) {
    return new PolicyCase(
        subject.now(),
        switches,
        subject.wallet(),
        subject.identity(),
        enabled,
        subject.budget(),
        subject.grantsChanging(),
        subject.fundingAddress(),
        timeout,
        subject.transaction());
  }

  private Optional<String> refusal(PolicyCase subject) {
    return policy.denial(subject).map(SignOutcome.Denied::rule);
  }

  @Test
  void letsAUserDeployLeaseDepositAndClose() {
    assertThat(
            refusal(
                byAnn(
                    CLOSE,
                    new ChainMessage.CreateLease(
                        new BidId(new OrderId("akash1ann", 1, 1, 1), "akash1provider", 0)),
                    new ChainMessage.AccountDeposit(
                        "akash1ann", new DeploymentId("akash1ann", 1), Coin.uact(5_000_000)))))
        .isEmpty();
  }

  @Test
  void letsTheFundingWalletGrant() {
    assertThat(
            refusal(
                byFunding(
                    new ChainMessage.GrantDeposits(
                        "akash1funding", "akash1ann", Coin.uact(1), Optional.empty()),
                    new ChainMessage.RevokeAllowance("akash1funding", "akash1ann"),
                    new ChainMessage.GrantAllowance(
                        "akash1funding", "akash1ann", Coin.uakt(1), Optional.empty()))))
        .isEmpty();
  }

  @Test
  void signsNothingWhileHalted() {
    for (PolicyCase subject : List.of(byAnn(CLOSE), byFunding(GRANT))) {
      assertThat(policy.denial(with(new Switches(true, false), subject)))
          .contains(new SignOutcome.Held(Hold.SIGNING_HALTED, Duration.ofMinutes(1)));
    }
  }

  @Test
  void signsAllButNewDeploymentsWhileTheyAreClosed() {
    Switches closed = new Switches(false, true);

    assertThat(refusal(with(closed, byAnn(CLOSE, CREATE)))).contains("no-new-deployments");
    assertThat(refusal(with(closed, byAnn(CLOSE)))).isEmpty();
    assertThat(refusal(byAnn(CLOSE, CREATE))).isEmpty();
  }

  @Test
  void signsNothingForADisabledWallet() {
    assertThat(refusal(with(NONE, false, TIMEOUT, byAnn(CLOSE)))).contains("wallet-enabled");
  }

  @Test
  void keepsUsersFromGranting() {
    assertThat(
            refusal(
                byAnn(
                    new ChainMessage.GrantDeposits(
                        "akash1ann", "akash1eve", Coin.uact(1), Optional.empty()))))
        .contains("message-type");
  }

  @Test
  void keepsTheFundingWalletFromDeploying() {
    assertThat(
            refusal(
                byFunding(new ChainMessage.CloseDeployment(new DeploymentId("akash1funding", 1)))))
        .contains("message-type");
  }

  @Test
  void refusesATransactionWithoutMessages() {
    assertThat(refusal(byAnn(new ChainMessage[0]))).contains("message-type");
  }

  @Test
  void refusesAMessageThatActsForAnotherAddress() {
    assertThat(
            refusal(
                byAnn(CLOSE, new ChainMessage.CloseDeployment(new DeploymentId("akash1eve", 1)))))
        .contains("own-actor");
  }

  @Test
  void letsAUserPayForNobodyElsesDeployment() {
    assertThat(
            refusal(
                byAnn(
                    new ChainMessage.AccountDeposit(
                        "akash1ann", new DeploymentId("akash1eve", 1), Coin.uact(1)))))
        .contains("own-deployment");
  }

  @Test
  void refusesAnotherWalletsKey() {
    assertThat(
            refusal(
                byAnn(
                    transaction(
                        new PublicIdentity("akash1ann", Bytes.ofHex("02ee")),
                        Optional.of(FUNDING.address()),
                        Coin.uakt(1),
                        List.of(CLOSE)))))
        .contains("own-key");
  }

  @Test
  void letsOnlyTheFundingWalletPayAUsersFee() {
    for (Optional<String> granter : List.of(Optional.<String>empty(), Optional.of("akash1eve"))) {
      assertThat(refusal(byAnn(transaction(ANN, granter, Coin.uakt(1), List.of(CLOSE)))))
          .contains("fee-granter");
    }
  }

  @Test
  void capsFees() {
    for (Coin fee : List.of(Coin.uakt(1001), Coin.uact(1))) {
      assertThat(
              refusal(byAnn(transaction(ANN, Optional.of(FUNDING.address()), fee, List.of(CLOSE)))))
          .contains("fee-cap");
    }
  }

  @Test
  void capsDeposits() {
    for (Coin deposit : List.of(Coin.uact(5_000_001), Coin.uakt(1), Coin.uact(0))) {
      assertThat(
              refusal(
                  byAnn(
                      new ChainMessage.AccountDeposit(
                          "akash1ann", new DeploymentId("akash1ann", 1), deposit))))
          .contains("deposit-cap");
    }
  }

  @Test
  void refusesGrantsWithoutALimitInTheirOwnCoin() {
    for (Coin limit : List.of(Coin.uact(0), Coin.uakt(5))) {
      assertThat(
              refusal(
                  byFunding(
                      new ChainMessage.GrantDeposits(
                          "akash1funding", "akash1ann", limit, Optional.empty()))))
          .contains("finite-grant");
    }
  }

  @Test
  void refusesATimeoutThatIsNotTheRecordedOne() {
    assertThat(refusal(with(NONE, true, TIMEOUT.plusNanos(1), byAnn(CLOSE))))
        .contains("replay-key");
  }

  @Test
  void holdsAUsersTransactionsWhileTheWalletsGrantsChange() {
    PolicyCase open = byAnn(CLOSE);

    assertThat(
            policy.denial(
                new PolicyCase(
                    NOW,
                    NONE,
                    ANNS_WALLET,
                    ANN,
                    true,
                    open.budget(),
                    true,
                    FUNDING.address(),
                    TIMEOUT,
                    open.transaction())))
        .contains(new SignOutcome.Held(Hold.GRANTS_CHANGING, Duration.ofSeconds(6)));
  }

  @Test
  void capsTheFeesOfADay() {
    PolicyCase within = byAnn(new Spending(BigInteger.valueOf(1500), BigInteger.ZERO), closing());
    PolicyCase above = byAnn(new Spending(BigInteger.valueOf(1501), BigInteger.ZERO), closing());

    assertThat(policy.denial(within)).isEmpty();
    assertThat(policy.denial(above))
        .contains(new SignOutcome.Held(Hold.DAILY_FEES, Duration.ofMinutes(30)));
  }

  @Test
  void capsTheDepositsOfADayAndNothingElseThen() {
    Spending before = new Spending(BigInteger.ZERO, BigInteger.valueOf(3_000_000));
    Spending beyond = new Spending(BigInteger.ZERO, BigInteger.valueOf(9_000_000));

    assertThat(policy.denial(byAnn(before, deposits(1_500_000, 2_500_000)))).isEmpty();
    assertThat(policy.denial(byAnn(before, deposits(1_500_000, 2_500_001))))
        .contains(new SignOutcome.Held(Hold.DAILY_DEPOSITS, Duration.ofMinutes(30)));
    assertThat(policy.denial(byAnn(beyond, closing()))).isEmpty();
  }

  @Test
  void beginsEachDayWithNothingSpent() {
    PolicyCase yesterday =
        new PolicyCase(
            NOW,
            NONE,
            ANNS_WALLET,
            ANN,
            true,
            new Budget(
                "ann",
                TODAY.minusDays(1),
                new Spending(BigInteger.TWO.pow(99), BigInteger.TWO.pow(99))),
            false,
            FUNDING.address(),
            TIMEOUT,
            deposits(1, 1));

    assertThat(policy.denial(yesterday)).isEmpty();
  }

  @Test
  void countsADeploymentsDepositWithTheOthers() {
    assertThat(
            byAnn(
                    CREATE,
                    new ChainMessage.AccountDeposit(
                        "akash1ann", new DeploymentId("akash1ann", 2), Coin.uact(6)))
                .cost())
        .isEqualTo(new Spending(BigInteger.valueOf(1000), BigInteger.valueOf(7)));
  }

  private static DecodedTransaction.Known closing() {
    return transaction(ANN, Optional.of(FUNDING.address()), Coin.uakt(1000), List.of(CLOSE));
  }

  private static DecodedTransaction.Known deposits(long first, long second) {
    DeploymentId id = new DeploymentId("akash1ann", 1);
    return transaction(
        ANN,
        Optional.of(FUNDING.address()),
        Coin.uakt(1000),
        List.of(
            new ChainMessage.AccountDeposit("akash1ann", id, Coin.uact(first)),
            new ChainMessage.AccountDeposit("akash1ann", id, Coin.uact(second))));
  }
}
