package io.berth.functions.signer;

import io.berth.chain.DecodedTransaction;
import io.berth.chain.Transactions;
import io.berth.domain.Bytes;
import io.berth.domain.budget.Budget;
import io.berth.domain.budget.Budgets;
import io.berth.domain.budget.Charge;
import io.berth.domain.budget.SigningFacts;
import io.berth.domain.funding.GrantRecords;
import io.berth.domain.ledger.Controls;
import io.berth.domain.ledger.Hold;
import io.berth.domain.ledger.Intent;
import io.berth.domain.ledger.IntentState;
import io.berth.domain.ledger.Intents;
import io.berth.domain.ledger.SignOutcome;
import io.berth.domain.ledger.Signer;
import io.berth.domain.ledger.Switches;
import io.berth.domain.wallet.PublicIdentity;
import io.berth.domain.wallet.Wallet;
import io.berth.domain.wallet.WalletRef;
import io.berth.logging.LogContext;
import io.berth.logging.LogField;
import io.berth.logging.Metric;
import io.berth.runtime.JsonFunction;
import io.berth.runtime.SignerProtocol.SignAnswer;
import io.berth.runtime.SignerProtocol.SignRequest;
import io.berth.wallet.WalletKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs a recorded intent. Takes its id, loads what it says, applies the policy to the very bytes
 * to be signed, and stores the signed bytes with the intent. A refusal changes nothing.
 */
public final class SignTransaction extends JsonFunction<SignRequest, SignAnswer> implements Signer {
  private static final Logger LOG = LoggerFactory.getLogger(SignTransaction.class);

  private static final int MOST_ATTEMPTS = 20;

  private static final int MANY_IN_FLIGHT = 8;
  private static final int TIDY_ONE_IN = 16;

  /** At once, so that no signature waits for long: in the long run four reads for each. */
  private static final int MOST_TIDIED = 64;

  private static final String FUNDING = "funding";

  private final Intents intents;
  private final Budgets budgets;
  private final GrantRecords records;
  private final Controls controls;
  private final Vault vault;
  private final Policy policy;
  private final InstantSource clock;
  private final RandomGenerator random;

  /** Wired from the function's environment. */
  public SignTransaction() {
    this(
        Wiring.intents(),
        Wiring.budgets(),
        Wiring.grants(),
        Wiring.controls(),
        Wiring.vault(),
        Wiring.policy(),
        InstantSource.system(),
        RandomGenerator.getDefault());
  }

  /** All parts given; {@code random} chooses when to tidy up and need not be secure. */
  public SignTransaction(
      Intents intents,
      Budgets budgets,
      GrantRecords records,
      Controls controls,
      Vault vault,
      Policy policy,
      InstantSource clock,
      RandomGenerator random) {
    super(SignRequest.class);
    this.intents = intents;
    this.budgets = budgets;
    this.records = records;
    this.controls = controls;
    this.vault = vault;
    this.policy = policy;
    this.clock = clock;
    this.random = random;
  }

  @Override
  protected void describe(SignRequest request, LogContext log) {
    log.with(LogField.INTENT, request.intentId());
  }

  @Override
  protected SignAnswer answer(SignRequest request) {
    return switch (sign(request.intentId(), WalletRef.parse(request.wallet()))) {
      case SignOutcome.Signed(Optional<IntentState.Signed> fresh) ->
          new SignAnswer(
              "",
              "",
              0,
              fresh.map(signed -> signed.raw().hex()).orElse(""),
              fresh.map(IntentState.Signed::hash).orElse(""));
      case SignOutcome.Refused(String rule, String reason) ->
          new SignAnswer(rule, reason, 0, "", "");
      case SignOutcome.Held(Hold hold, Duration retryAfter) ->
          new SignAnswer(hold.rule(), hold.reason(), retryAfter.toSeconds(), "", "");
    };
  }

  /**
   * {@inheritDoc} If what the decision rests on has changed by the time of the signature, it is
   * made anew.
   *
   * @throws IllegalStateException if that happens all the time; nothing is signed then
   * @throws IllegalArgumentException if there is no such intent of this wallet
   */
  @Override
  public SignOutcome sign(String intentId, WalletRef wallet) {
    for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      Optional<SignOutcome> outcome =
          switch (wallet) {
            case WalletRef.Funding funding -> signWithFunding(intentId);
            case WalletRef.OfUser(String userId) -> signWithUser(intentId, userId);
          };
      if (outcome.isPresent()) {
        return logged(intentId, outcome.get());
      }
    }
    throw new IllegalStateException("overtaken by others " + MOST_ATTEMPTS + " times");
  }

  private static SignOutcome logged(String intentId, SignOutcome outcome) {
    if (outcome instanceof SignOutcome.Denied denied) {
      LOG.warn("refused to sign intent {}: {}: {}", intentId, denied.rule(), denied.reason());
      Metric.count("SignerRefusals", "Rule", denied.rule());
    }
    return outcome;
  }

  /** Empty if what the decision rests on has changed. */
  private Optional<SignOutcome> signWithFunding(String intentId) {
    Intent intent = require(intents.find(intentId), new WalletRef.Funding());
    return sign(
        intent,
        transaction -> {
          PolicyCase subject =
              subject(
                  intent,
                  transaction,
                  controls.read(),
                  vault.funding(),
                  true,
                  Budget.fresh(FUNDING),
                  false);
          return unlessDenied(
              intent, subject, vault::openFunding, signed -> intents.advance(intent, signed));
        });
  }

  /** Empty if what the decision rests on has changed. */
  private Optional<SignOutcome> signWithUser(String intentId, String userId) {
    SigningFacts facts = budgets.facts(userId, intentId);
    Intent intent = require(facts.intent(), new WalletRef.OfUser(userId));
    return sign(
        intent,
        transaction -> {
          LogContext.add(LogField.USER, userId);
          return signWithUser(intent, transaction, facts, userId);
        });
  }

  private Optional<SignOutcome> signWithUser(
      Intent intent, DecodedTransaction.Known transaction, SigningFacts facts, String userId) {
    Wallet wallet =
        facts
            .wallet()
            .orElseThrow(() -> new IllegalArgumentException("the intent's wallet is missing"));
    tidy(userId, intent);
    PolicyCase subject =
        subject(
            intent,
            transaction,
            facts.switches(),
            wallet.identity(),
            wallet.enabled(),
            facts.budget(),
            facts.grantsChanging());
    Charge charge =
        new Charge(facts.budget(), subject.cost(), subject.today(), policy.mostPerDay());
    return unlessDenied(
        intent, subject, () -> vault.open(wallet), signed -> budgets.sign(intent, signed, charge));
  }

  private static Intent require(Optional<Intent> intent, WalletRef wallet) {
    return intent
        .filter(recorded -> recorded.wallet().equals(wallet))
        .orElseThrow(() -> new IllegalArgumentException("no such intent of this wallet"));
  }

  private static Optional<SignOutcome> sign(
      Intent intent, Function<DecodedTransaction.Known, Optional<SignOutcome>> known) {
    if (!(intent.state() instanceof IntentState.New)) {
      return Optional.of(new SignOutcome.Signed(Optional.empty()));
    }
    return switch (Transactions.decode(intent.transaction())) {
      case DecodedTransaction.Refused(String reason) ->
          Optional.of(new SignOutcome.Refused("known-transaction", reason));
      case DecodedTransaction.Known transaction -> known.apply(transaction);
    };
  }

  /** What is in flight must not grow for ever, so now and then some that have ended leave it. */
  private void tidy(String userId, Intent occasion) {
    if (random.nextInt(TIDY_ONE_IN) != 0) {
      return;
    }
    Set<String> inFlight = records.inFlightWith(userId, occasion.id());
    if (inFlight.size() < MANY_IN_FLIGHT) {
      return;
    }
    Map<String, Long> ended =
        intents.ended(inFlight.stream().limit(MOST_TIDIED).collect(Collectors.toUnmodifiableSet()));
    if (!ended.isEmpty()) {
      records.ended(userId, ended.keySet(), Collections.max(ended.values()));
    }
  }

  private PolicyCase subject(
      Intent intent,
      DecodedTransaction.Known transaction,
      Switches switches,
      PublicIdentity identity,
      boolean enabled,
      Budget budget,
      boolean grantsChanging) {
    return new PolicyCase(
        clock.instant(),
        switches,
        intent.wallet(),
        identity,
        enabled,
        budget,
        grantsChanging,
        vault.funding().address(),
        intent.timeout(),
        transaction);
  }

  /**
   * @param store keeps the signed intent; false if it cannot, since something has changed
   */
  private Optional<SignOutcome> unlessDenied(
      Intent intent,
      PolicyCase subject,
      Supplier<WalletKey> open,
      Predicate<IntentState.Signed> store) {
    Optional<SignOutcome.Denied> denial = policy.denial(subject);
    if (denial.isPresent()) {
      return Optional.of(denial.get());
    }
    IntentState.Signed signed;
    try (WalletKey key = open.get()) {
      signed = signed(intent, key);
    }
    if (!store.test(signed)) {
      return Optional.empty();
    }
    LogContext.add(LogField.TRANSACTION, signed.hash());
    LOG.info("signed");
    return Optional.of(new SignOutcome.Signed(Optional.of(signed)));
  }

  private static IntentState.Signed signed(Intent intent, WalletKey key) {
    Bytes signature = Bytes.of(key.sign(Transactions.signDoc(intent.transaction()).toArray()));
    Bytes raw = Transactions.signed(intent.transaction(), signature);
    return new IntentState.Signed(raw, Transactions.hash(raw));
  }
}
