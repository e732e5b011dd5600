package io.berth.domain.ledger;

import io.berth.domain.Pause;
import io.berth.domain.akash.Block;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Makes transactions happen at most once (DESIGN §4).
 *
 * <p>An intent is recorded before a signature exists; it fixes the time-out, which with the signer
 * is the chain's replay key (ADR-070). So signing or sending one intent again can land at most
 * once. A further intent for the same purpose is made only when the last one is provably without
 * effect: in a block with an error, or past its time-out and in no block. Every step may be
 * interrupted and repeated.
 */
public final class Ledger {
  private static final String MEMO = "berth";

  private final TransactionChain chain;
  private final Intents intents;
  private final Signer signer;
  private final LedgerSettings settings;
  private final InstantSource clock;
  private final Pause pause;
  private final RandomGenerator random;

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
    this.signer = signer;
    this.settings = settings;
    this.clock = clock;
    this.pause = pause;
    this.random = random;
  }

  /**
   * Brings the effect about, or finds that it was, and waits for the outcome as long as {@link
   * LedgerSettings#patience()} allows.
   *
   * @throws ChainUnavailableException if the node does not answer; submitting again is safe
   */
  public Outcome submit(Submission submission) {
    return switch (currentIntent(submission)) {
      case Recorded.Found(Intent intent) -> drive(intent);
      case Recorded.Refused(ChainError error) -> new Outcome.Refused(error);
    };
  }

  private sealed interface Recorded {
    record Found(Intent intent) implements Recorded {}

    record Refused(ChainError error) implements Recorded {}
  }

  /** The purpose's live intent, or a new one if there is none or the last is provably dead. */
  private Recorded currentIntent(Submission submission) {
    for (int attempt = 1; ; attempt++) {
      String id = submission.purpose() + "#" + attempt;
      Optional<Intent> known = intents.find(id);
      if (known.isEmpty()) {
        return record(id, submission);
      }
      if (!isDead(known.get())) {
        return new Recorded.Found(known.get());
      }
    }
  }

  private static boolean isDead(Intent intent) {
    return switch (intent.state()) {
      case IntentState.Failed failed -> true;
      case IntentState.Expired expired -> true;
      case IntentState.New fresh -> false;
      case IntentState.Signed signed -> false;
      case IntentState.Sent sent -> false;
      case IntentState.Committed committed -> false;
    };
  }

  private Recorded record(String id, Submission submission) {
    Instant timeout = freshTimeout();
    TransactionRequest request =
        new TransactionRequest(
            submission.identity().address(),
            submission.identity().publicKey(),
            submission.messages(),
            MEMO,
            timeout,
            submission.feeGranter());
    return switch (chain.prepare(request)) {
      case Prepared.Refused(ChainError error) -> new Recorded.Refused(error);
      case Prepared.Ready(UnsignedTransaction transaction) -> {
        Intent intent =
            new Intent(
                id,
                submission.wallet(),
                transaction,
                timeout,
                clock.instant(),
                new IntentState.New());
        // Whoever loses the race to record goes on with the winner's intent.
        yield new Recorded.Found(intents.create(intent) ? intent : reload(intent));
      }
    };
  }

  /** By the chain's clock, not ours; the nanoseconds keep intents of one wallet apart. */
  private Instant freshTimeout() {
    Instant base = chain.latestBlock().time().plus(settings.timeToLive());
    return Instant.ofEpochSecond(base.getEpochSecond(), random.nextInt(1_000_000_000));
  }

  private Outcome drive(Intent start) {
    Instant giveUp = clock.instant().plus(settings.patience());
    Intent intent = start;
    while (true) {
      switch (intent.state()) {
        case IntentState.New fresh -> {
          if (signer.sign(intent.id()) instanceof SignOutcome.Refused refused) {
            return new Outcome.Forbidden(refused.rule());
          }
          intent = reload(intent);
        }
        case IntentState.Signed signed -> {
          if (chain.broadcast(signed.raw()) instanceof Broadcast.Refused refused
              && !isOwnReplay(refused.error())) {
            return notTakenOrEnded(intent, signed.hash(), refused.error());
          }
          intent = advance(intent, new IntentState.Sent(signed.raw(), signed.hash()));
        }
        case IntentState.Sent sent -> {
          Block block = chain.latestBlock();
          Optional<IntentState> end = outcomeOf(sent.hash(), intent.timeout(), block);
          if (end.isPresent()) {
            intent = advance(intent, end.get());
          } else if (!clock.instant().isBefore(giveUp)) {
            return new Outcome.Pending(intent.id());
          } else {
            waitForNextBlock(block);
          }
        }
        case IntentState.Committed(TransactionResult result) -> {
          return new Outcome.Committed(result);
        }
        case IntentState.Failed(TransactionResult result) -> {
          return new Outcome.Failed(result, result.error().orElseThrow());
        }
        case IntentState.Expired expired -> {
          return new Outcome.Expired();
        }
      }
    }
  }

  /**
   * The time-out is this intent's alone, so "already used" means that these bytes got there before.
   */
  private static boolean isOwnReplay(ChainError error) {
    return error.is("sdk", 18);
  }

  /**
   * A refused broadcast leaves the signed bytes alive until their time-out, since another process
   * may have sent them elsewhere; only then may the intent be given up.
   */
  private Outcome notTakenOrEnded(Intent intent, String hash, ChainError error) {
    return outcomeOf(hash, intent.timeout(), chain.latestBlock())
        .<Outcome>map(end -> drive(advance(intent, end)))
        .orElseGet(() -> new Outcome.NotTaken(error));
  }

  /**
   * The end of a sent transaction, if it has one. The block is read before the search, so that
   * whatever the block holds would be found.
   */
  private Optional<IntentState> outcomeOf(String hash, Instant timeout, Block block) {
    Optional<TransactionResult> found = chain.find(hash);
    if (found.isPresent()) {
      TransactionResult result = found.get();
      return Optional.of(
          result.error().isEmpty()
              ? new IntentState.Committed(result)
              : new IntentState.Failed(result));
    }
    boolean past = block.time().isAfter(timeout.plus(settings.expiryMargin()));
    return past && !chain.isSyncing() ? Optional.of(new IntentState.Expired()) : Optional.empty();
  }

  private Intent advance(Intent intent, IntentState next) {
    return intents.advance(intent, next) ? intent.with(next) : reload(intent);
  }

  private Intent reload(Intent intent) {
    return intents.find(intent.id()).orElseThrow();
  }

  /** Polls just after the next block is due rather than at fixed times. */
  private void waitForNextBlock(Block newest) {
    Duration settle = settings.blockInterval().dividedBy(20);
    Instant next = newest.time().plus(settings.blockInterval()).plus(settle);
    Duration wait = Duration.between(clock.instant(), next);
    Duration least = settings.blockInterval().dividedBy(10);
    Duration most = settings.blockInterval().plus(settle);
    try {
      pause.pause(wait.compareTo(least) < 0 ? least : wait.compareTo(most) > 0 ? most : wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChainUnavailableException("interrupted while waiting for a block", e);
    }
  }
}
