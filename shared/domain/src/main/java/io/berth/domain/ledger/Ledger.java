package io.berth.domain.ledger;

import io.berth.domain.Pause;
import io.berth.domain.akash.Block;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Makes each transaction take effect at most once
 * (docs/decisions/0001-unordered-transactions-as-idempotency.md).
 *
 * <p>An intent is recorded before a signature exists; it fixes what the chain tells replays by: the
 * time-out, which with the signer is the replay key of an unordered transaction (ADR-070), or the
 * account's sequence. So signing or sending one intent again can land at most once. A further
 * intent for the same purpose is made only when the last one is provably without effect: in a block
 * with an error, or past its time-out and in no block. Every step may be interrupted and repeated,
 * by several processes at once.
 */
public final class Ledger {
  private static final String MEMO = "berth";
  private static final int MOST_ATTEMPTS = 4;

  /** What Console's signer allows over the gas that was used when it ran out. */
  private static final BigDecimal MORE_GAS = new BigDecimal("1.6");

  private final TransactionChain chain;
  private final Intents intents;
  private final LedgerSettings settings;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final IntentDriver driver;

  /** All parts given; {@code random} spreads time-outs and need not be secure. */
  public Ledger(
      TransactionChain chain,
      Intents intents,
      Signer signer,
      LedgerSettings settings,
      InstantSource clock,
      Pause pause,
      RandomGenerator random) {
    this.chain = chain;
    this.intents = intents;
    this.settings = settings;
    this.clock = clock;
    this.random = random;
    this.driver = new IntentDriver(chain, intents, signer, settings, clock, pause);
  }

  /**
   * Brings the effect about, or finds that it was, and waits for the outcome as long as {@link
   * LedgerSettings#patience()} allows. An attempt that expired, came too late in a block, or ran
   * out of gas is followed by another at once.
   *
   * @throws ChainUnavailableException if the node does not answer; submitting again is safe
   */
  public Outcome submit(Submission submission) {
    Instant giveUp = clock.instant().plus(settings.patience());
    for (int attempts = 1; ; attempts++) {
      Outcome outcome = attempt(submission, giveUp);
      if (!isWorthAnother(outcome) || attempts == MOST_ATTEMPTS) {
        return outcome;
      }
    }
  }

  /**
   * What has become of a purpose's last intent, without bringing anything about: an intent that
   * nobody signed yet is given up for good.
   *
   * @return empty if the purpose has no intent
   * @throws ChainUnavailableException if the node does not answer
   */
  public Optional<Outcome> settle(String purpose) {
    Optional<Intent> last = Optional.empty();
    for (int attempt = 1; ; attempt++) {
      Optional<Intent> known = intents.find(idOf(purpose, attempt));
      if (known.isEmpty()) {
        return last.map(intent -> driver.settle(intent, clock.instant().plus(settings.patience())));
      }
      last = known;
    }
  }

  /**
   * Takes a signed intent to its end, as far as {@link LedgerSettings#patience()} allows.
   *
   * @return the intent as it stands then
   * @throws ChainUnavailableException if the node does not answer
   */
  public Intent end(String intentId) {
    Intent intent = intents.find(intentId).orElseThrow();
    Outcome _ = driver.settle(intent, clock.instant().plus(settings.patience()));
    return intents.find(intentId).orElseThrow();
  }

  /** The result of a purpose's transaction that is in a block; empty if none is known to be. */
  public Optional<TransactionResult> resultOf(String purpose) {
    for (int attempt = 1; ; attempt++) {
      Optional<Intent> known = intents.find(idOf(purpose, attempt));
      if (known.isEmpty()) {
        return Optional.empty();
      }
      if (known.get().state() instanceof IntentState.Committed(TransactionResult result)) {
        return Optional.of(result);
      }
    }
  }

  private static String idOf(String purpose, int attempt) {
    return purpose + "#" + attempt;
  }

  private Outcome attempt(Submission submission, Instant giveUp) {
    return switch (currentIntent(submission, giveUp)) {
      case Recorded.Made(Intent intent, Block newest) -> driver.driveNew(intent, newest, giveUp);
      case Recorded.Found(Intent intent) -> driver.drive(intent, giveUp);
      case Recorded.NotMade(Outcome why) -> why;
    };
  }

  private static boolean isWorthAnother(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Expired expired -> true;
      // A proposer may put into a block what has come too late for it.
      case Outcome.Failed failed ->
          isOutOfGas(failed.error()) || failed.error().is(ChainFault.TX_TIMEOUT);
      default -> false;
    };
  }

  private static boolean isOutOfGas(ChainError error) {
    return error.is(ChainFault.OUT_OF_GAS);
  }

  private sealed interface Recorded {
    /** Recorded now; {@code newest} is the newest block before that. */
    record Made(Intent intent, Block newest) implements Recorded {}

    record Found(Intent intent) implements Recorded {}

    record NotMade(Outcome why) implements Recorded {}
  }

  /** The purpose's live intent, or a new one if there is none or the last is provably dead. */
  private Recorded currentIntent(Submission submission, Instant giveUp) {
    long leastGas = 0;
    for (int attempt = 1; ; attempt++) {
      String id = idOf(submission.purpose(), attempt);
      Optional<Intent> known = intents.find(id);
      if (known.isEmpty()) {
        return record(id, submission, leastGas, giveUp);
      }
      switch (known.get().state()) {
        case IntentState.Expired expired -> {}
        case IntentState.Failed(TransactionResult result) -> leastGas = gasAfter(result);
        default -> {
          return new Recorded.Found(known.get());
        }
      }
    }
  }

  /** What the attempt after this failed one must be allowed at least. */
  private static long gasAfter(TransactionResult result) {
    return result.error().filter(Ledger::isOutOfGas).isEmpty()
        ? 0
        : MORE_GAS
            .multiply(BigDecimal.valueOf(result.gasUsed()))
            .setScale(0, RoundingMode.CEILING)
            .longValueExact();
  }

  private Recorded record(String id, Submission submission, long leastGas, Instant giveUp) {
    return settings.ordered()
        ? recordInOrder(id, submission, leastGas, giveUp)
        : prepare(id, submission, leastGas, new Replay.ByTimeout(), intents::create);
  }

  /**
   * In order, the wallet's last intent must have ended before the next is made: whoever comes
   * drives it to its end, so that a process that stopped half-way holds nobody up.
   */
  private Recorded recordInOrder(String id, Submission submission, long leastGas, Instant giveUp) {
    Optional<Intent> last = intents.lastOf(submission.wallet()).flatMap(intents::find);
    long sequence = 0;
    if (last.isPresent()) {
      Outcome end = driver.drive(last.get(), giveUp);
      switch (end) {
        case Outcome.Committed committed -> sequence = sequenceOf(last.get()) + 1;
        // A failure may or may not have used its number; the account knows.
        case Outcome.Failed failed -> sequence = sequenceOf(last.get());
        case Outcome.Expired expired -> sequence = sequenceOf(last.get());
        default -> {
          return new Recorded.NotMade(new Outcome.Waiting());
        }
      }
    }
    return prepare(
        id,
        submission,
        leastGas,
        new Replay.BySequence(sequence),
        intent -> intents.createAfter(last.map(Intent::id), intent));
  }

  private static long sequenceOf(Intent intent) {
    return switch (intent.transaction().replay()) {
      case Replay.BySequence(long sequence) -> sequence;
      case Replay.ByTimeout unordered -> 0;
    };
  }

  /** Keeps a new intent unless somebody else was first. */
  @FunctionalInterface
  private interface Keeper {
    boolean keep(Intent intent);
  }

  private Recorded prepare(
      String id, Submission submission, long leastGas, Replay replay, Keeper keeper) {
    Block newest = chain.latestBlock();
    Instant timeout = freshTimeout(newest);
    TransactionRequest request =
        new TransactionRequest(
            submission.identity().address(),
            submission.identity().publicKey(),
            submission.messages().get(),
            MEMO,
            timeout,
            replay,
            submission.feeGranter(),
            leastGas);
    return switch (chain.prepare(request)) {
      case Prepared.Refused(ChainError error) ->
          new Recorded.NotMade(
              isSequenceBehind(error) ? new Outcome.Waiting() : new Outcome.Refused(error));
      case Prepared.Ready(UnsignedTransaction transaction) ->
          keep(
              newest,
              new Intent(
                  id,
                  submission.wallet(),
                  transaction,
                  timeout,
                  newest.height(),
                  clock.instant(),
                  new IntentState.New()),
              keeper);
    };
  }

  /** Whoever loses the race to record goes on with the winner's intent. */
  private Recorded keep(Block newest, Intent intent, Keeper keeper) {
    if (keeper.keep(intent)) {
      return new Recorded.Made(intent, newest);
    }
    return intents
        .find(intent.id())
        .<Recorded>map(Recorded.Found::new)
        .orElseGet(() -> new Recorded.NotMade(new Outcome.Waiting()));
  }

  /** A node that has not seen the wallet's last transaction yet cannot simulate the next. */
  private static boolean isSequenceBehind(ChainError error) {
    return error.is(ChainFault.WRONG_SEQUENCE);
  }

  /**
   * By the chain's clock, not ours. The nanoseconds keep intents of one wallet apart: they are
   * drawn from a sixth of the time to live, so that of 200 at once two meet once in 500,000 times,
   * if it is a minute. Then the second expires, and is followed by another.
   */
  private Instant freshTimeout(Block newest) {
    long spread = settings.timeToLive().dividedBy(6).toNanos();
    return newest.time().plus(settings.timeToLive()).minusNanos(random.nextLong(spread));
  }
}
