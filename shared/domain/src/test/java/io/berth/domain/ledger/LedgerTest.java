package io.berth.domain.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.domain.Bytes;
import io.berth.domain.akash.ChainMessage;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.wallet.PublicIdentity;
import io.berth.domain.wallet.WalletRef;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final Submission CLOSE =
      new Submission(
          "close-deployment/u/1",
          new WalletRef.OfUser("u"),
          new PublicIdentity("akash1owner", Bytes.ofHex("02")),
          () -> List.of(new ChainMessage.CloseDeployment(new DeploymentId("akash1owner", 1))),
          Optional.of("akash1funding"));
  private static final Submission OTHER =
      new Submission(
          "close-deployment/u/2",
          CLOSE.wallet(),
          CLOSE.identity(),
          CLOSE.messages(),
          CLOSE.feeGranter());
  private static final ChainError REFUSAL = ChainError.of("deployment", 5, "closed");

  private final ScriptedChain chain = new ScriptedChain();
  private final MemoryIntents intents = new MemoryIntents();
  private Optional<SignOutcome> signerSays = Optional.empty();
  private boolean signedByAnotherCall;
  private int blocksWaited;

  private final Ledger ledger = ledger(false);
  private final Ledger orderedLedger = ledger(true);

  /** Waiting for a block makes one; the clock is the chain's. */
  private Ledger ledger(boolean ordered) {
    return new Ledger(
        chain,
        intents,
        this::sign,
        new LedgerSettings(
            Duration.ofSeconds(30),
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            ordered),
        () -> chain.latestBlock().time(),
        time -> {
          blocksWaited++;
          chain.produceBlock();
        },
        RandomGenerator.of("L64X128MixRandom"));
  }

  private SignOutcome sign(String intentId, WalletRef wallet) {
    if (signerSays.isPresent()) {
      return signerSays.get();
    }
    Intent intent = intents.find(intentId).orElseThrow();
    Bytes raw = intent.transaction().body();
    IntentState.Signed signed = new IntentState.Signed(raw, ScriptedChain.hashOf(raw));
    boolean fresh = intents.advance(intent, signed) && !signedByAnotherCall;
    return new SignOutcome.Signed(fresh ? Optional.of(signed) : Optional.empty());
  }

  @Test
  void whatABlockHoldsTooLateIsFollowedByAnother() {
    chain.failInBlock = Optional.of(ChainError.of("sdk", 42, "tx timeout"));
    Outcome outcome = ledger.submit(CLOSE);

    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    assertThat(intents.size()).isEqualTo(4);
    chain.failInBlock = Optional.empty();
    assertThat(ledger.submit(CLOSE)).isInstanceOf(Outcome.Committed.class);
    assertThat(intents.size()).isEqualTo(5);
  }

  @Test
  void commitsATransactionInTheNextBlock() {
    Outcome outcome = ledger.submit(CLOSE);

    assertThat(outcome).isInstanceOf(Outcome.Committed.class);
    assertThat(blocksWaited).isEqualTo(1);
    assertThat(intents.stateOf("close-deployment/u/1#1")).isInstanceOf(IntentState.Committed.class);
  }

  @Test
  void storesNothingBetweenTheSignatureAndTheBlockAndSearchesOnce() {
    ledger.submit(CLOSE);

    assertThat(intents.transitions()).containsExactly("SIGNED", "COMMITTED");
    assertThat(chain.searches).isEqualTo(1);
  }

  @Test
  void readsTheSignedBytesIfAnotherCallSignedThem() {
    signedByAnotherCall = true;

    assertThat(ledger.submit(CLOSE)).isInstanceOf(Outcome.Committed.class);
    assertThat(chain.committed()).isEqualTo(1);
  }

  @Test
  void goesOnFromASignedIntentThatWasSentBeforeItsProcessStopped() {
    chain.losesAnswers = true;
    assertThatThrownBy(() -> ledger.submit(CLOSE)).isInstanceOf(ChainUnavailableException.class);
    assertThat(intents.stateOf("close-deployment/u/1#1")).isInstanceOf(IntentState.Signed.class);
    chain.losesAnswers = false;
    chain.produceBlock();
    chain.refuseBroadcast = Optional.of(ChainError.of("sdk", 18, "already used timeout"));

    assertThat(ledger.submit(CLOSE)).isInstanceOf(Outcome.Committed.class);
    assertThat(blocksWaited).isZero();
  }

  @Test
  void doesNothingASecondTimeForTheSamePurpose() {
    ledger.submit(CLOSE);

    Outcome again = ledger.submit(CLOSE);

    assertThat(again).isInstanceOf(Outcome.Committed.class);
    assertThat(chain.broadcasts).hasSize(1);
    assertThat(intents.size()).isEqualTo(1);
  }

  @Test
  void settlesWithoutBringingAnythingAbout() {
    assertThat(ledger.settle(CLOSE.purpose())).isEmpty();

    signerSays = Optional.of(new SignOutcome.Refused("halted", "by the operator"));
    assertThat(ledger.submit(CLOSE)).isInstanceOf(Outcome.Forbidden.class);
    signerSays = Optional.empty();

    assertThat(ledger.settle(CLOSE.purpose())).contains(new Outcome.Expired());
    assertThat(chain.broadcasts).isEmpty();
    assertThat(intents.stateOf("close-deployment/u/1#1")).isInstanceOf(IntentState.Expired.class);
  }

  @Test
  void settlesAsWhateverTheLastIntentBecame() {
    ledger.submit(CLOSE);

    assertThat(ledger.settle(CLOSE.purpose()).orElseThrow()).isInstanceOf(Outcome.Committed.class);
    assertThat(intents.size()).isEqualTo(1);
  }

  @Test
  void recordsNothingWhenSimulationRefuses() {
    chain.refuseInSimulation = Optional.of(REFUSAL);

    assertThat(ledger.submit(CLOSE)).isEqualTo(new Outcome.Refused(REFUSAL));
    assertThat(intents.size()).isZero();
  }

  @Test
  void reportsAFailureInTheBlockAndStartsAfreshWhenAskedAgain() {
    chain.failInBlock = Optional.of(REFUSAL);
    assertThat(ledger.submit(CLOSE)).isInstanceOf(Outcome.Failed.class);

    chain.failInBlock = Optional.empty();

    assertThat(ledger.submit(CLOSE)).isInstanceOf(Outcome.Committed.class);
    assertThat(intents.size()).isEqualTo(2);
  }

  @Test
  void sendsTheSameBytesAgainAfterALostAnswerSoThatTheyLandOnce() {
    chain.losesAnswers = true;
    assertThatThrownBy(() -> ledger.submit(CLOSE)).isInstanceOf(ChainUnavailableException.class);

    chain.losesAnswers = false;
    Outcome retried = ledger.submit(CLOSE);

    assertThat(retried).isInstanceOf(Outcome.Committed.class);
    assertThat(chain.broadcasts).hasSize(2);
    assertThat(chain.broadcasts.get(1)).isEqualTo(chain.broadcasts.get(0));
    assertThat(chain.committed()).isEqualTo(1);
  }

  @Test
  void staysPendingWhileTheOutcomeIsUnknown() {
    chain.losesTransactions = true;

    assertThat(ledger.submit(CLOSE)).isEqualTo(new Outcome.Pending("close-deployment/u/1#1"));
    assertThat(intents.stateOf("close-deployment/u/1#1")).isInstanceOf(IntentState.Sent.class);
  }

  @Test
  void makesANewIntentOnlyOnceTheOldOneCanNoLongerLand() {
    chain.losesTransactions = true;
    for (int i = 0; i < 3; i++) {
      assertThat(ledger.submit(CLOSE)).isInstanceOf(Outcome.Pending.class);
      assertThat(intents.size()).isEqualTo(1);
    }

    IntStream.range(0, 5).forEach(_ -> chain.produceBlock()); // Past its time-out.
    chain.losesTransactions = false;

    assertThat(ledger.submit(CLOSE)).isInstanceOf(Outcome.Committed.class);
    assertThat(intents.stateOf("close-deployment/u/1#1")).isEqualTo(new IntentState.Expired());
    assertThat(intents.stateOf("close-deployment/u/1#2")).isInstanceOf(IntentState.Committed.class);
    assertThat(chain.committed()).isEqualTo(1);
  }

  @Test
  void sendsTheSameBytesAgainWhenTheNodeLostThem() {
    chain.losesTransactions = true;
    ledger.submit(CLOSE);

    assertThat(chain.broadcasts.size()).isGreaterThan(1);
    assertThat(Set.copyOf(chain.broadcasts)).hasSize(1);
  }

  @Test
  void believesTheBlocksRatherThanAnIndexThatLagsBehind() {
    chain.indexesNothing = true;

    for (int i = 0; i < 6; i++) {
      assertThat(ledger.submit(CLOSE)).isInstanceOf(Outcome.Pending.class);
    }
    chain.indexesNothing = false;

    assertThat(ledger.submit(CLOSE)).isInstanceOf(Outcome.Committed.class);
    assertThat(chain.committed()).isEqualTo(1);
  }

  @Test
  void takesBlocksThatTheNodeHasDroppedForIndexedLongAgo() {
    chain.losesTransactions = true;
    chain.prunesBlocks = true;
    for (int i = 0; i < 3; i++) {
      ledger.submit(CLOSE);
    }
    chain.losesTransactions = false;

    assertThat(ledger.submit(CLOSE)).isInstanceOf(Outcome.Committed.class);
  }

  @Test
  void givesAnUnsignedIntentUpWithoutSigningItOnceItIsTooLate() {
    signerSays = Optional.of(new SignOutcome.Held(Hold.SIGNING_HALTED, Duration.ofMinutes(1)));
    ledger.submit(CLOSE);
    signerSays = Optional.empty();
    for (int i = 0; i < 40; i++) {
      chain.produceBlock();
    }

    assertThat(ledger.submit(CLOSE)).isInstanceOf(Outcome.Committed.class);
    assertThat(intents.stateOf("close-deployment/u/1#1")).isEqualTo(new IntentState.Expired());
  }

  @Test
  void neverTakesARefusedReplayOfItsOwnBytesForAFailure() {
    chain.failInBlock = Optional.of(ChainError.of("sdk", 18, "already used timeout"));

    assertThat(ledger.submit(CLOSE)).isInstanceOf(Outcome.Pending.class);
  }

  @Test
  void followsATransactionThatRanOutOfGasWithOneThatIsAllowedMore() {
    chain.failInBlock = Optional.of(ChainError.of("sdk", 11, "out of gas"));

    assertThat(ledger.submit(CLOSE)).isInstanceOf(Outcome.Failed.class);

    assertThat(intents.size()).isEqualTo(4);
    assertThat(chain.prepared)
        .extracting(TransactionRequest::leastGas)
        .containsExactly(0L, 160L, 160L, 160L);
  }

  @Test
  void allowsNoMoreGasAfterAnotherFailure() {
    chain.failInBlock = Optional.of(REFUSAL);
    ledger.submit(CLOSE);
    ledger.submit(CLOSE);

    assertThat(chain.prepared).extracting(TransactionRequest::leastGas).containsExactly(0L, 0L);
  }

  @Test
  void numbersTransactionsOneAfterTheOtherInOrderedMode() {
    assertThat(orderedLedger.submit(CLOSE)).isInstanceOf(Outcome.Committed.class);
    assertThat(orderedLedger.submit(OTHER)).isInstanceOf(Outcome.Committed.class);

    assertThat(chain.prepared)
        .extracting(TransactionRequest::replay)
        .containsExactly(new Replay.BySequence(0), new Replay.BySequence(1));
  }

  @Test
  void endsAnotherProcessesTransactionBeforeItsOwnInOrderedMode() {
    chain.losesAnswers = true;
    assertThatThrownBy(() -> orderedLedger.submit(CLOSE))
        .isInstanceOf(ChainUnavailableException.class);
    chain.losesAnswers = false;

    assertThat(orderedLedger.submit(OTHER)).isInstanceOf(Outcome.Committed.class);

    assertThat(intents.stateOf("close-deployment/u/1#1")).isInstanceOf(IntentState.Committed.class);
    assertThat(chain.committed()).isEqualTo(2);
  }

  @Test
  void recordsNothingInOrderedModeWhileTheLastOutcomeIsUnknown() {
    chain.losesTransactions = true;
    orderedLedger.submit(CLOSE);

    assertThat(orderedLedger.submit(OTHER)).isEqualTo(new Outcome.Waiting());
    assertThat(intents.size()).isEqualTo(1);
  }

  @Test
  void neverCallsATransactionExpiredOnTheWordOfANodeThatIsCatchingUp() {
    chain.losesTransactions = true;
    chain.syncing = true;

    for (int i = 0; i < 6; i++) {
      assertThat(ledger.submit(CLOSE)).isInstanceOf(Outcome.Pending.class);
    }
  }

  @Test
  void keepsTheIntentWhenTheNodeRefusesTheBytesSinceTheyMayHaveBeenSentElsewhere() {
    chain.refuseBroadcast = Optional.of(ChainError.of("sdk", 13, "insufficient fee"));

    assertThat(ledger.submit(CLOSE)).isInstanceOf(Outcome.NotTaken.class);
    assertThat(intents.stateOf("close-deployment/u/1#1")).isInstanceOf(IntentState.Signed.class);
  }

  @Test
  void takesAnUsedReplayKeyAsProofThatItsOwnBytesWereSent() {
    chain.refuseBroadcast = Optional.of(ChainError.of("sdk", 18, "already used timeout"));

    assertThat(ledger.submit(CLOSE)).isInstanceOf(Outcome.Pending.class);
  }

  @Test
  void goesOnWithTheSameIntentOnceTheSignerSignsAgain() {
    SignOutcome.Held halted = new SignOutcome.Held(Hold.SIGNING_HALTED, Duration.ofMinutes(1));
    signerSays = Optional.of(halted);

    assertThat(ledger.submit(CLOSE))
        .isEqualTo(new Outcome.Held(halted.hold(), halted.retryAfter()));
    assertThat(chain.broadcasts).isEmpty();
    assertThat(intents.stateOf("close-deployment/u/1#1")).isInstanceOf(IntentState.New.class);

    signerSays = Optional.empty();
    assertThat(ledger.submit(CLOSE)).isInstanceOf(Outcome.Committed.class);
    assertThat(intents.size()).isEqualTo(1);
  }

  @Test
  void sendsNothingThatTheSignerRefuses() {
    signerSays = Optional.of(new SignOutcome.Refused("own-actor", "acts for another"));

    assertThat(ledger.submit(CLOSE)).isEqualTo(new Outcome.Forbidden("own-actor"));
    assertThat(chain.broadcasts).isEmpty();
  }
}
