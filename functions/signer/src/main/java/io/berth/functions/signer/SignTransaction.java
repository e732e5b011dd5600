package io.berth.functions.signer;

import io.berth.chain.DecodedTransaction;
import io.berth.chain.Transactions;
import io.berth.domain.Bytes;
import io.berth.domain.budget.Budget;
import io.berth.domain.budget.Budgets;
import io.berth.domain.budget.Charge;
import io.berth.domain.funding.GrantRecords;
import io.berth.domain.funding.Grants;
import io.berth.domain.ledger.Controls;
import io.berth.domain.ledger.Hold;
import io.berth.domain.ledger.Intent;
import io.berth.domain.ledger.IntentState;
import io.berth.domain.ledger.Intents;
import io.berth.domain.ledger.SignOutcome;
import io.berth.domain.ledger.Signer;
import io.berth.domain.wallet.PublicIdentity;
import io.berth.domain.wallet.Wallet;
import io.berth.domain.wallet.WalletRef;
import io.berth.domain.wallet.Wallets;
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
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs a recorded intent. Takes its id, loads what it says, applies the policy to the very bytes
 * to be signed, and stores the signed bytes with the intent. A refusal changes nothing.
 */
public final class SignTransaction extends JsonFunction<SignRequest, SignAnswer> implements Signer {
  private static final Logger LOG = LoggerFactory.getLogger(SignTransaction.class);

  private static final int MOST_ATTEMPTS = 20;
  private static final int MANY_IN_FLIGHT = 20;
  private static final int TIDY_ONE_IN = 16;

  /** At once, so that no signature waits for long: in the long run four reads for each. */
  private static final int MOST_TIDIED = 64;

  private static final String FUNDING = "funding";

  private final Intents intents;
  private final Budgets budgets;
  private final GrantRecords records;
  private final Controls controls;
  private final Wallets wallets;
  private final Vault vault;
  private final Policy policy;
  private final InstantSource clock;

  /** Wired from the function's environment. */
  public SignTransaction() {
    this(
        Wiring.intents(),
        Wiring.budgets(),
        Wiring.grants(),
        Wiring.controls(),
        Wiring.wallets(),
        Wiring.vault(),
        Wiring.policy(),
        InstantSource.system());
  }

  /** All parts given. */
  public SignTransaction(
      Intents intents,
      Budgets budgets,
      GrantRecords records,
      Controls controls,
      Wallets wallets,
      Vault vault,
      Policy policy,
      InstantSource clock) {
    super(SignRequest.class);
    this.intents = intents;
    this.budgets = budgets;
    this.records = records;
    this.controls = controls;
    this.wallets = wallets;
    this.vault = vault;
    this.policy = policy;
    this.clock = clock;
  }

  @Override
  protected void describe(SignRequest request, LogContext log) {
    log.with(LogField.INTENT, request.intentId());
  }

  @Override
  protected SignAnswer answer(SignRequest request) {
    return switch (sign(request.intentId())) {
      case SignOutcome.Signed signed -> new SignAnswer("", "", 0);
      case SignOutcome.Refused(String rule, String reason) -> new SignAnswer(rule, reason, 0);
      case SignOutcome.Held(Hold hold, Duration retryAfter) ->
          new SignAnswer(hold.rule(), hold.reason(), retryAfter.toSeconds());
    };
  }

  /**
   * {@inheritDoc} If what the decision rests on has changed by the time of the signature, it is
   * made anew.
   *
   * @throws IllegalStateException if that happens all the time; nothing is signed then
   */
  @Override
  public SignOutcome sign(String intentId) {
    for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      Intent intent =
          intents.find(intentId).orElseThrow(() -> new IllegalArgumentException("no such intent"));
      if (!(intent.state() instanceof IntentState.New)) {
        return new SignOutcome.Signed();
      }
      Optional<SignOutcome> outcome = sign(intent);
      if (outcome.isPresent()) {
        return logged(intent, outcome.get());
      }
    }
    throw new IllegalStateException("overtaken by others " + MOST_ATTEMPTS + " times");
  }

  private static SignOutcome logged(Intent intent, SignOutcome outcome) {
    if (outcome instanceof SignOutcome.Denied denied) {
      LOG.warn("refused to sign intent {}: {}: {}", intent.id(), denied.rule(), denied.reason());
      Metric.count("SignerRefusals", "Rule", denied.rule());
    }
    return outcome;
  }

  /** Empty if what the decision rests on has changed. */
  private Optional<SignOutcome> sign(Intent intent) {
    return switch (Transactions.decode(intent.transaction())) {
      case DecodedTransaction.Refused(String reason) ->
          Optional.of(new SignOutcome.Refused("known-transaction", reason));
      case DecodedTransaction.Known transaction ->
          switch (intent.wallet()) {
            case WalletRef.Funding funding -> signWithFunding(intent, transaction);
            case WalletRef.OfUser(String userId) -> {
              LogContext.add(LogField.USER, userId);
              yield signWithUser(intent, transaction, userId);
            }
          };
    };
  }

  private Optional<SignOutcome> signWithFunding(
      Intent intent, DecodedTransaction.Known transaction) {
    PolicyCase subject =
        subject(
            intent,
            transaction,
            vault.funding(),
            true,
            Budget.fresh(FUNDING),
            Grants.fresh(FUNDING));
    return unlessDenied(
        intent, subject, vault::openFunding, signed -> intents.advance(intent, signed));
  }

  private Optional<SignOutcome> signWithUser(
      Intent intent, DecodedTransaction.Known transaction, String userId) {
    Wallet wallet =
        wallets
            .find(userId)
            .orElseThrow(() -> new IllegalArgumentException("the intent's wallet is missing"));
    Budget budget = budgets.of(userId);
    Grants grants = tidied(records.of(userId), intent);
    PolicyCase subject =
        subject(intent, transaction, wallet.identity(), wallet.enabled(), budget, grants);
    Charge charge = new Charge(budget, subject.cost(), subject.today(), policy.mostPerDay());
    return unlessDenied(
        intent, subject, () -> vault.open(wallet), signed -> budgets.sign(intent, signed, charge));
  }

  /** A row must not grow for ever, so now and then some intents that have ended leave it. */
  private Grants tidied(Grants grants, Intent occasion) {
    boolean now = Math.floorMod(occasion.id().hashCode(), TIDY_ONE_IN) == 0;
    if (!now || grants.inFlight().size() < MANY_IN_FLIGHT) {
      return grants;
    }
    Map<String, Long> ended = new HashMap<>();
    for (String id : grants.inFlight().stream().limit(MOST_TIDIED).toList()) {
      if (intents.find(id).orElseThrow().state() instanceof IntentState.Ended end) {
        ended.put(id, end.height());
      }
    }
    if (ended.isEmpty()) {
      return grants;
    }
    records.ended(grants.userId(), ended.keySet(), Collections.max(ended.values()));
    return records.of(grants.userId());
  }

  private PolicyCase subject(
      Intent intent,
      DecodedTransaction.Known transaction,
      PublicIdentity identity,
      boolean enabled,
      Budget budget,
      Grants known) {
    return new PolicyCase(
        clock.instant(),
        controls.read(),
        intent.wallet(),
        identity,
        enabled,
        budget,
        known,
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
    return Optional.of(new SignOutcome.Signed());
  }

  private static IntentState.Signed signed(Intent intent, WalletKey key) {
    Bytes signature = Bytes.of(key.sign(Transactions.signDoc(intent.transaction()).toArray()));
    Bytes raw = Transactions.signed(intent.transaction(), signature);
    return new IntentState.Signed(raw, Transactions.hash(raw));
  }
}
