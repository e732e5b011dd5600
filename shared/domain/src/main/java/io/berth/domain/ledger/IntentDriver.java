package io.berth.domain.ledger;

import io.berth.domain.Durations;
import io.berth.domain.Pause;
import io.berth.domain.akash.Block;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Takes one recorded intent to its end: sign, send, observe. */
final class IntentDriver {
  private final TransactionChain chain;
  private final Intents intents;
  private final Signer signer;
  private final LedgerSettings settings;
  private final InstantSource clock;
  private final Pause pause;

  IntentDriver(
      TransactionChain chain,
      Intents intents,
      Signer signer,
      LedgerSettings settings,
      InstantSource clock,
      Pause pause) {
    this.chain = chain;
    this.intents = intents;
    this.signer = signer;
    this.settings = settings;
    this.clock = clock;
    this.pause = pause;
  }

  /** The intent's outcome, or its state when {@code giveUp} is reached. */
  Outcome drive(Intent start, Instant giveUp) {
    return start.state() instanceof IntentState.New
        ? drive(start, Optional.of(chain.latestBlock()), giveUp)
        : drive(start, Optional.empty(), giveUp);
  }

  /**
   * As {@link #drive(Intent, Instant)}, for an intent that was recorded just now.
   *
   * @param newest the newest block when it was recorded
   */
  Outcome driveNew(Intent recorded, Block newest, Instant giveUp) {
    return drive(recorded, Optional.of(newest), giveUp);
  }

  /**
   * @param newest a block before the intent's first broadcast; empty if it may have been sent
   *     before
   */
  private Outcome drive(Intent start, Optional<Block> newest, Instant giveUp) {
    Intent intent = start;
    Optional<Block> beforeBroadcast = newest;
    while (true) {
      switch (intent.state()) {
        case IntentState.New unsigned -> {
          if (isPast(intent, newest.orElseThrow())) {
            // Unsigned, it is in no block; whoever signs it now loses to this.
            intent = advance(intent, new IntentState.Expired());
          } else {
            switch (signer.sign(intent.id(), intent.wallet())) {
              case SignOutcome.Signed(Optional<IntentState.Signed> fresh) -> {
                beforeBroadcast = fresh.isPresent() ? newest : Optional.empty();
                intent = fresh.isPresent() ? intent.with(fresh.get()) : reload(intent);
              }
              case SignOutcome.Refused refused -> {
                return new Outcome.Forbidden(refused.rule());
              }
              case SignOutcome.Held(Hold hold, Duration retryAfter) -> {
                return new Outcome.Held(hold, retryAfter);
              }
            }
          }
        }
        case IntentState.Signed signed -> {
          if (chain.broadcast(signed.raw()) instanceof Broadcast.Refused(ChainError error)) {
            if (!isOwnReplay(error)) {
              return notTakenOrEnded(intent, signed.hash(), error, giveUp);
            }
            beforeBroadcast = Optional.empty();
          }
          intent = observe(intent, signed, beforeBroadcast, giveUp);
          if (intent.state() instanceof IntentState.Signed) {
            intent = advance(intent, new IntentState.Sent(signed.raw(), signed.hash()));
          }
          if (intent.state() instanceof IntentState.Sent) {
            return new Outcome.Pending(intent.id());
          }
        }
        case IntentState.Sent sent -> {
          intent = observe(intent, sent, Optional.empty(), giveUp);
          if (intent.state() instanceof IntentState.Sent) {
            return new Outcome.Pending(intent.id());
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

  /** As {@link #drive}, but what has no signature yet never gets one. */
  Outcome settle(Intent intent, Instant giveUp) {
    // Unsigned, it is in no block; whoever signs it now loses to this.
    return drive(
        intent.state() instanceof IntentState.New
            ? advance(intent, new IntentState.Expired())
            : intent,
        giveUp);
  }

  /**
   * These bytes' replay key is theirs alone, so "already used" means that they got there before.
   */
  private static boolean isOwnReplay(ChainError error) {
    return error.is(ChainFault.INVALID_REQUEST);
  }

  /**
   * A refused broadcast leaves the signed bytes alive until their time-out, since another process
   * may have sent them elsewhere; only then may the intent be given up.
   */
  private Outcome notTakenOrEnded(Intent intent, String hash, ChainError error, Instant giveUp) {
    return endOf(intent, hash, chain.latestBlock())
        .map(end -> drive(advance(intent, end), giveUp))
        .orElseGet(() -> new Outcome.NotTaken(error));
  }

  /**
   * Waits for the end of an intent that was sent, until {@code giveUp}. That it was sent is not
   * recorded while this waits: a process that stops here leaves it signed, and sending the same
   * bytes again is harmless.
   *
   * @param beforeBroadcast a block before the first broadcast: the intent is in no block up to
   *     there, so it is looked for after the next one
   */
  private Intent observe(
      Intent intent, IntentState.Live sent, Optional<Block> beforeBroadcast, Instant giveUp) {
    Block first = beforeBroadcast.orElseGet(chain::latestBlock);
    Block block = first;
    while (true) {
      if (beforeBroadcast.isEmpty() || block.height() > first.height()) {
        Optional<IntentState> end = endOf(intent, sent.hash(), block);
        if (end.isPresent()) {
          return advance(intent, end.get());
        }
      }
      Duration wait = untilNextBlock(block);
      if (clock.instant().plus(wait).isAfter(giveUp)) {
        return intent;
      }
      if (block.height() > first.height() + 1 && !isPast(intent, block)) {
        // A node may have lost its mempool; the same bytes again are harmless wherever they are.
        Broadcast _ = chain.broadcast(sent.raw());
      }
      pause(wait);
      block = chain.latestBlock();
    }
  }

  /**
   * The end of a signed intent, if it has one. The block is read before the search, so that
   * whatever the block holds would be found.
   */
  private Optional<IntentState> endOf(Intent intent, String hash, Block block) {
    Optional<TransactionResult> found = chain.find(hash);
    if (found.isPresent()) {
      return endOf(found.get());
    }
    return isPast(intent, block) && !chain.isSyncing() && isInNoBlock(intent, hash)
        ? Optional.of(new IntentState.Expired())
        : Optional.empty();
  }

  private static Optional<IntentState> endOf(TransactionResult result) {
    if (result.error().isEmpty()) {
      return Optional.of(new IntentState.Committed(result));
    }
    // A second inclusion of the same bytes, refused as a replay, hides how the first one went.
    return result.error().filter(IntentDriver::isOwnReplay).isPresent()
        ? Optional.empty()
        : Optional.of(new IntentState.Failed(result));
  }

  private boolean isPast(Intent intent, Block newest) {
    return newest.time().isAfter(intent.timeout().plus(settings.expiryMargin()));
  }

  /**
   * Nodes index transactions after the block, so "not found" by itself proves nothing: the blocks
   * that could hold this one are read, up to the first that is too late for it. Blocks that are
   * pruned were indexed long ago.
   */
  private boolean isInNoBlock(Intent intent, String hash) {
    for (long height = intent.since() + 1; ; height++) {
      switch (chain.block(height)) {
        case BlockLookup.Found(Block block, var hashes) -> {
          if (hashes.contains(hash)) {
            return false;
          }
          if (block.time().isAfter(intent.timeout())) {
            return true;
          }
        }
        case BlockLookup.Pruned pruned -> {
          return true;
        }
        case BlockLookup.NotYet notYet -> {
          return false;
        }
      }
    }
  }

  private Intent advance(Intent intent, IntentState next) {
    return intents.advance(intent, next) ? intent.with(next) : reload(intent);
  }

  private Intent reload(Intent intent) {
    return intents.find(intent.id()).orElseThrow();
  }

  /** Polls are just after the next block is due rather than at fixed times. */
  private Duration untilNextBlock(Block newest) {
    Duration settle = settings.blockInterval().dividedBy(20);
    Instant next = newest.time().plus(settings.blockInterval()).plus(settle);
    Duration wait = Duration.between(clock.instant(), next);
    Duration least = settings.blockInterval().dividedBy(10);
    Duration most = settings.blockInterval().plus(settle);
    return Durations.within(wait, least, most);
  }

  private void pause(Duration wait) {
    try {
      pause.pause(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChainUnavailableException("interrupted while waiting for a block", e);
    }
  }
}
