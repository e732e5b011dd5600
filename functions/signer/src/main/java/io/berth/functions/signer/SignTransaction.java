package io.berth.functions.signer;

import io.berth.chain.DecodedTransaction;
import io.berth.chain.Transactions;
import io.berth.domain.Bytes;
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
import io.berth.runtime.JsonFunction;
import io.berth.runtime.SignerProtocol.SignAnswer;
import io.berth.runtime.SignerProtocol.SignRequest;
import io.berth.wallet.WalletKey;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs a recorded intent. Takes its id, loads what it says, applies the policy to the very bytes
 * to be signed, and stores the signed bytes with the intent. A refusal changes nothing.
 */
public final class SignTransaction extends JsonFunction<SignRequest, SignAnswer> implements Signer {
  private static final Logger LOG = LoggerFactory.getLogger(SignTransaction.class);

  private final Intents intents;
  private final Controls controls;
  private final Wallets wallets;
  private final Vault vault;
  private final Policy policy;

  /** Wired from the function's environment. */
  public SignTransaction() {
    this(Wiring.intents(), Wiring.controls(), Wiring.wallets(), Wiring.vault(), Wiring.policy());
  }

  /** All parts given. */
  public SignTransaction(
      Intents intents, Controls controls, Wallets wallets, Vault vault, Policy policy) {
    super(SignRequest.class);
    this.intents = intents;
    this.controls = controls;
    this.wallets = wallets;
    this.vault = vault;
    this.policy = policy;
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

  @Override
  public SignOutcome sign(String intentId) {
    Intent intent =
        intents.find(intentId).orElseThrow(() -> new IllegalArgumentException("no such intent"));
    if (!(intent.state() instanceof IntentState.New)) {
      return new SignOutcome.Signed();
    }
    SignOutcome outcome = sign(intent);
    if (outcome instanceof SignOutcome.Denied denied) {
      LOG.warn("refused to sign intent {}: {}: {}", intent.id(), denied.rule(), denied.reason());
    }
    return outcome;
  }

  private SignOutcome sign(Intent intent) {
    return switch (Transactions.decode(intent.transaction())) {
      case DecodedTransaction.Refused(String reason) ->
          new SignOutcome.Refused("known-transaction", reason);
      case DecodedTransaction.Known transaction ->
          switch (intent.wallet()) {
            case WalletRef.Funding funding -> signWithFunding(intent, transaction);
            case WalletRef.OfUser(String userId) -> signWithUser(intent, transaction, userId);
          };
    };
  }

  private SignOutcome signWithFunding(Intent intent, DecodedTransaction.Known transaction) {
    Optional<SignOutcome.Denied> denial = denial(intent, transaction, vault.funding(), true);
    if (denial.isPresent()) {
      return denial.get();
    }
    try (WalletKey key = vault.openFunding()) {
      return store(intent, key);
    }
  }

  private SignOutcome signWithUser(
      Intent intent, DecodedTransaction.Known transaction, String userId) {
    Wallet wallet =
        wallets
            .find(userId)
            .orElseThrow(() -> new IllegalArgumentException("the intent's wallet is missing"));
    Optional<SignOutcome.Denied> denial =
        denial(intent, transaction, wallet.identity(), wallet.enabled());
    if (denial.isPresent()) {
      return denial.get();
    }
    try (WalletKey key = vault.open(wallet)) {
      return store(intent, key);
    }
  }

  private Optional<SignOutcome.Denied> denial(
      Intent intent,
      DecodedTransaction.Known transaction,
      PublicIdentity identity,
      boolean enabled) {
    return policy.denial(
        new PolicyCase(
            controls.read(),
            intent.wallet(),
            identity,
            enabled,
            vault.funding().address(),
            intent.timeout(),
            transaction));
  }

  /** If another invocation stored its signature first, that one counts; both are the same bytes. */
  private SignOutcome store(Intent intent, WalletKey key) {
    Bytes signature = Bytes.of(key.sign(Transactions.signDoc(intent.transaction()).toArray()));
    Bytes raw = Transactions.signed(intent.transaction(), signature);
    intents.advance(intent, new IntentState.Signed(raw, Transactions.hash(raw)));
    return new SignOutcome.Signed();
  }
}
