package io.berth.domain.funding;

import io.berth.domain.akash.ChainMessage;
import io.berth.domain.akash.Coin;
import io.berth.domain.ledger.ChainUnavailableException;
import io.berth.domain.ledger.IntentState;
import io.berth.domain.ledger.Ledger;
import io.berth.domain.ledger.Outcomes;
import io.berth.domain.ledger.Submission;
import io.berth.domain.ledger.TransactionResult;
import io.berth.domain.problem.Issue;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.domain.wallet.Owners;
import io.berth.domain.wallet.PublicIdentity;
import io.berth.domain.wallet.Wallet;
import io.berth.domain.wallet.WalletKeeper;
import io.berth.domain.wallet.WalletRef;
import java.math.BigInteger;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets users' wallets spend the funding wallet's money. A change of grants is recorded before
 * anything else, which keeps the wallet from signing; then what it signed before is taken to its
 * end, the grants are read, and one transaction of the funding wallet changes them. Every step may
 * be interrupted and repeated: whoever comes next goes on with it. Once it is recorded, a change
 * ends only by taking effect. Nothing else would be safe: another process may be about to send it.
 */
public final class Funding {
  private static final System.Logger LOG = System.getLogger(Funding.class.getName());
  private static final int LONGEST_REFERENCE = 128;

  private final Owners owners;
  private final WalletKeeper keeper;
  private final GrantRecords records;
  private final GrantReader chain;
  private final Ledger ledger;
  private final FundingSettings settings;
  private final InstantSource clock;

  public Funding(
      Owners owners,
      WalletKeeper keeper,
      GrantRecords records,
      GrantReader chain,
      Ledger ledger,
      FundingSettings settings,
      InstantSource clock) {
    this.owners = owners;
    this.keeper = keeper;
    this.records = records;
    this.chain = chain;
    this.ledger = ledger;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Adds to what a user may deposit, once for each reference.
   *
   * @param uact how much, in uact; more than 0
   * @param reference names the payment: 1 to 128 visible ASCII characters
   * @throws Refusal if a field breaks a rule, the user has no wallet, or the reference was used for
   *     another amount; and if the credit is recorded but not known to be granted yet: repeating
   *     the call, or anyone's {@link #settle}, goes on with it
   */
  public Credit topUp(String userId, BigInteger uact, String reference) {
    check(uact, reference);
    Wallet wallet = owners.require(userId);
    record(userId, uact, reference);
    while (true) {
      Credit credit = records.credit(userId, reference).orElseThrow();
      if (credit.grantedBy().isPresent()) {
        return credit;
      }
      step(wallet);
    }
  }

  /**
   * Ends a change that is under way, grants what is pending, and renews a fee allowance that is
   * missing or below its threshold.
   *
   * @throws Refusal if that is not known to have happened yet; repeating it is safe
   */
  public void settle(String userId) {
    Wallet wallet = owners.require(userId);
    while (step(wallet)) {
      // Until nothing is left to be done.
    }
  }

  /**
   * Settles every user's grants. One that cannot be settled now does not stop the others.
   *
   * @return how many could not
   * @throws ChainUnavailableException if the node does not answer
   */
  public int settleAll() {
    AtomicInteger left = new AtomicInteger();
    records.eachUser(
        userId -> {
          try {
            settle(userId);
          } catch (Refusal refusal) {
            LOG.log(
                System.Logger.Level.WARNING,
                "the grants of user {0} are not settled: {1} {2}",
                userId,
                refusal.getMessage(),
                refusal.detail());
            left.incrementAndGet();
          }
        });
    return left.get();
  }

  private static void check(BigInteger uact, String reference) {
    List<Issue> issues = new ArrayList<>();
    if (uact.signum() <= 0) {
      issues.add(issue("uact", "must be more than 0"));
    }
    boolean visible = reference.chars().allMatch(c -> c > ' ' && c <= '~');
    if (reference.isEmpty() || reference.length() > LONGEST_REFERENCE || !visible) {
      issues.add(issue("reference", "must be 1 to 128 visible ASCII characters"));
    }
    if (!issues.isEmpty()) {
      throw new Refusal(new Problem.InvalidRequest(issues));
    }
  }

  private static Issue issue(String field, String rule) {
    return new Issue("custom", List.of(field), field + " " + rule, Map.of());
  }

  private void record(String userId, BigInteger uact, String reference) {
    while (true) {
      Optional<Credit> known = records.credit(userId, reference);
      if (known.isPresent()) {
        if (!known.get().uact().equals(uact)) {
          throw new Refusal(
              new Problem.Impossible("The reference was used for a credit of another amount"));
        }
        return;
      }
      Grants seen = records.of(userId);
      Credit credit = new Credit(userId, reference, uact, clock.instant(), Optional.empty());
      if (records.credit(seen, seen.credited(reference), credit)) {
        return;
      }
    }
  }

  /** Does the next thing that is to be done; false if there is none. */
  private boolean step(Wallet wallet) {
    Grants grants = records.of(wallet.userId());
    if (grants.change().isPresent()) {
      make(wallet, grants, grants.change().get());
      return true;
    }
    boolean due = !grants.pending().isEmpty() || isLow(stateOf(wallet, grants));
    if (due) {
      // If somebody else was first, the next step finds out.
      boolean _ = records.replace(grants, grants.begun());
    }
    return due;
  }

  private GrantReader.State stateOf(Wallet wallet, Grants grants) {
    return chain.grants(keeper.funding().address(), wallet.address(), grants.height());
  }

  private boolean isLow(GrantReader.State state) {
    return state.fees().filter(left -> left.compareTo(settings.threshold()) >= 0).isEmpty();
  }

  /** Makes a change. If the records have moved on meanwhile, the next step finds out. */
  private void make(Wallet wallet, Grants grants, GrantChange change) {
    Grants quiet = grants;
    // What only renews the fee allowance reads no limit that something in flight could change.
    if (!change.references().isEmpty() && !grants.inFlight().isEmpty()) {
      quiet = withNothingInFlight(grants);
      if (!records.replace(grants, quiet)) {
        return;
      }
    }
    TransactionResult result = grant(wallet, quiet, change);
    boolean _ =
        records.granted(
            quiet,
            quiet.done(result.height()),
            credits(wallet, change).stream()
                .map(credit -> credit.grantedBy(result.hash()))
                .toList());
  }

  /** Takes what the wallet signed before the change to its end. */
  private Grants withNothingInFlight(Grants grants) {
    Grants quiet = grants;
    for (String id : grants.inFlight()) {
      if (!(ledger.end(id).state() instanceof IntentState.Ended end)) {
        throw new Refusal(
            new Problem.OutcomeUnknown(
                "A transaction of this wallet is not known to have ended yet. Repeat the request;"
                    + " it will not happen twice."));
      }
      quiet = quiet.ended(id, end);
    }
    return quiet;
  }

  private TransactionResult grant(Wallet wallet, Grants grants, GrantChange change) {
    PublicIdentity funding = keeper.funding();
    return Outcomes.committedOrRefuse(
        ledger.submit(
            new Submission(
                "grants/" + wallet.userId() + "/" + change.number(),
                new WalletRef.Funding(),
                funding,
                () -> messages(funding, wallet, grants, change),
                Optional.empty())));
  }

  private List<ChainMessage> messages(
      PublicIdentity funding, Wallet wallet, Grants grants, GrantChange change) {
    GrantReader.State state = stateOf(wallet, grants);
    List<ChainMessage> messages = new ArrayList<>();
    if (!change.references().isEmpty()) {
      BigInteger limit =
          credits(wallet, change).stream()
              .map(Credit::uact)
              .reduce(state.deposits(), BigInteger::add);
      messages.add(
          new ChainMessage.GrantDeposits(
              funding.address(), wallet.address(), new Coin(Coin.UACT, limit), Optional.empty()));
    }
    if (change.references().isEmpty() || isLow(state)) {
      if (state.fees().isPresent()) {
        messages.add(new ChainMessage.RevokeAllowance(funding.address(), wallet.address()));
      }
      messages.add(
          new ChainMessage.GrantAllowance(
              funding.address(),
              wallet.address(),
              new Coin(Coin.UAKT, settings.allowance()),
              Optional.empty()));
    }
    return messages;
  }

  private List<Credit> credits(Wallet wallet, GrantChange change) {
    return change.references().stream()
        .map(reference -> records.credit(wallet.userId(), reference).orElseThrow())
        .toList();
  }
}
