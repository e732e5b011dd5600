package io.berth.functions.signer;

import io.berth.domain.akash.ChainMessage;
import io.berth.domain.akash.Coin;
import io.berth.domain.budget.Spending;
import io.berth.domain.ledger.Hold;
import io.berth.domain.ledger.SignOutcome;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What the signer will sign: a table of named rules, all of which must hold. Denied unless allowed.
 */
public final class Policy {

  private static final Duration A_BLOCK = Duration.ofSeconds(6);
  private static final Duration WHILE_HALTED = Duration.ofMinutes(1);

  /**
   * Most that may be spent; deposits in uact, fees in uakt.
   *
   * @param fee in one transaction
   * @param deposit in one message
   * @param day by one user's wallet on one day (UTC)
   */
  public record Caps(BigInteger fee, BigInteger deposit, Spending day) {}

  /** A rule, and what is said where its predicate is false. */
  private record Rule(
      Predicate<PolicyCase> holds, Function<PolicyCase, SignOutcome.Denied> denial) {

    /** A rule that refuses for good. */
    Rule(String name, String reason, Predicate<PolicyCase> holds) {
      this(holds, subject -> new SignOutcome.Refused(name, reason));
    }

    /** A rule that may be met later. */
    Rule(Hold hold, Function<PolicyCase, Duration> retryAfter, Predicate<PolicyCase> holds) {
      this(holds, subject -> new SignOutcome.Held(hold, retryAfter.apply(subject)));
    }
  }

  private final List<Rule> rules;
  private final Caps caps;

  /** The table with these caps. */
  public Policy(Caps caps) {
    this.caps = caps;
    this.rules =
        List.of(
            new Rule(Hold.SIGNING_HALTED, c -> WHILE_HALTED, c -> !c.switches().signingHalted()),
            new Rule(
                "no-new-deployments",
                "new deployments are closed by the operator",
                c -> !c.switches().deploymentsClosed() || !opensDeployment(c)),
            new Rule("wallet-enabled", "the wallet is disabled", PolicyCase::enabled),
            new Rule(
                "message-type", "a wallet of this kind never sends this", Policy::areTypesAllowed),
            new Rule("own-actor", "a message acts for another address", Policy::isOwnActor),
            new Rule(
                "own-deployment",
                "a message is about another address' deployment",
                Policy::areDeploymentsOwn),
            new Rule("own-key", "the signer's key is not the wallet's", Policy::isOwnKey),
            new Rule(
                "fee-granter", "the fee is not paid by the funding wallet", Policy::isFeePaidRight),
            new Rule(
                "fee-cap",
                "the fee is too high or in another coin",
                c -> isFeeWithin(c, caps.fee())),
            new Rule(
                "deposit-cap",
                "a deposit is too high or in another coin",
                c -> areDepositsWithin(c, caps.deposit())),
            new Rule(
                "finite-grant", "a grant has no finite limit in its coin", Policy::areGrantsFinite),
            new Rule(
                "replay-key",
                "the time-out is not the recorded one",
                c -> c.transaction().timeout().equals(c.timeout())),
            new Rule(Hold.GRANTS_CHANGING, c -> A_BLOCK, c -> !c.grantsChanging()),
            new Rule(
                Hold.DAILY_FEES,
                PolicyCase::untilTomorrow,
                c -> c.isFunding() || c.spentToday().fees().compareTo(caps.day().fees()) <= 0),
            new Rule(
                Hold.DAILY_DEPOSITS,
                PolicyCase::untilTomorrow,
                c ->
                    c.cost().deposits().signum() == 0
                        || c.spentToday().deposits().compareTo(caps.day().deposits()) <= 0));
  }

  /** What a user's wallet may spend on one day. */
  Spending mostPerDay() {
    return caps.day();
  }

  /** The first broken rule. */
  Optional<SignOutcome.Denied> denial(PolicyCase subject) {
    return rules.stream()
        .filter(rule -> !rule.holds().test(subject))
        .findFirst()
        .map(rule -> rule.denial().apply(subject));
  }

  private static boolean opensDeployment(PolicyCase subject) {
    return subject.transaction().messages().stream()
        .anyMatch(ChainMessage.CreateDeployment.class::isInstance);
  }

  private static boolean areTypesAllowed(PolicyCase subject) {
    List<ChainMessage> messages = subject.transaction().messages();
    return !messages.isEmpty()
        && messages.stream().allMatch(message -> subject.isFunding() == isFundingMessage(message));
  }

  /** Funding wallets grant and nothing else; user wallets do everything else and never grant. */
  private static boolean isFundingMessage(ChainMessage message) {
    return switch (message) {
      case ChainMessage.GrantDeposits grant -> true;
      case ChainMessage.GrantAllowance grant -> true;
      case ChainMessage.RevokeAllowance revoke -> true;
      case ChainMessage.CreateDeployment create -> false;
      case ChainMessage.UpdateDeployment update -> false;
      case ChainMessage.CloseDeployment close -> false;
      case ChainMessage.CreateLease lease -> false;
      case ChainMessage.CloseLease lease -> false;
      case ChainMessage.AccountDeposit deposit -> false;
      case ChainMessage.CreateCertificate create -> false;
      case ChainMessage.RevokeCertificate revoke -> false;
    };
  }

  private static boolean isOwnActor(PolicyCase subject) {
    return subject.transaction().messages().stream()
        .allMatch(message -> message.actor().equals(subject.identity().address()));
  }

  /**
   * The chain lets anybody pay into any deployment's escrow, so the actor alone says too little.
   */
  private static boolean areDeploymentsOwn(PolicyCase subject) {
    return subject.transaction().messages().stream()
        .flatMap(message -> message.deploymentOwner().stream())
        .allMatch(owner -> owner.equals(subject.identity().address()));
  }

  private static boolean isOwnKey(PolicyCase subject) {
    return subject.transaction().publicKey().equals(subject.identity().publicKey());
  }

  private static boolean isFeePaidRight(PolicyCase subject) {
    Optional<String> granter = subject.transaction().fee().granter();
    return subject.isFunding()
        ? granter.isEmpty()
        : granter.equals(Optional.of(subject.fundingAddress()));
  }

  private static boolean isFeeWithin(PolicyCase subject, BigInteger most) {
    return subject.transaction().fee().amount().stream()
        .allMatch(coin -> isWithin(coin, Coin.UAKT, most));
  }

  private static boolean areDepositsWithin(PolicyCase subject, BigInteger most) {
    return subject.deposits().allMatch(deposit -> isWithin(deposit, Coin.UACT, most));
  }

  private static boolean areGrantsFinite(PolicyCase subject) {
    return subject.transaction().messages().stream()
        .allMatch(
            message ->
                switch (message) {
                  case ChainMessage.GrantDeposits grant -> isPositive(grant.limit(), Coin.UACT);
                  case ChainMessage.GrantAllowance grant -> isPositive(grant.limit(), Coin.UAKT);
                  default -> true;
                });
  }

  private static boolean isPositive(Coin coin, String denom) {
    return coin.denom().equals(denom) && coin.amount().signum() > 0;
  }

  private static boolean isWithin(Coin coin, String denom, BigInteger most) {
    return isPositive(coin, denom) && coin.amount().compareTo(most) <= 0;
  }
}
