package io.berth.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.domain.Bytes;
import io.berth.domain.ledger.ChainError;
import io.berth.domain.ledger.Intent;
import io.berth.domain.ledger.IntentState;
import io.berth.domain.ledger.Replay;
import io.berth.domain.ledger.TransactionResult;
import io.berth.domain.ledger.UnsignedTransaction;
import io.berth.domain.wallet.WalletRef;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DynamoIntentsTest {
  private static final Bytes RAW = Bytes.ofHex("0a00ff");
  private static final String HASH = "AB".repeat(32);
  private static final IntentState SIGNED = new IntentState.Signed(RAW, HASH);
  private static final IntentState SENT = new IntentState.Sent(RAW, HASH);

  private static LocalTables tables;
  private static DynamoIntents intents;

  @BeforeAll
  static void start() {
    tables = new LocalTables();
    intents = new DynamoIntents(tables.client(), LocalTables.INTENTS);
  }

  @AfterAll
  static void stop() {
    tables.close();
  }

  static Stream<IntentState> everyState() {
    TransactionResult success =
        new TransactionResult(HASH, 17_000_001, 91_234, Optional.empty(), "");
    TransactionResult failure =
        new TransactionResult(
            HASH,
            Long.MAX_VALUE,
            1,
            Optional.of(ChainError.of("deployment", 7, "Deployment exists")),
            "failed to execute message");
    return Stream.of(
        new IntentState.New(),
        SIGNED,
        SENT,
        new IntentState.Committed(success),
        new IntentState.Failed(failure),
        new IntentState.Expired());
  }

  @ParameterizedTest
  @MethodSource("everyState")
  void givesBackAnIntentCreatedInAnyState(IntentState state) {
    Intent intent = newIntent(state);

    assertThat(intents.create(intent)).isTrue();

    assertThat(intents.find(intent.id())).contains(intent);
  }

  @ParameterizedTest
  @MethodSource("everyState")
  void makesEachTransitionThatExistsAndNoOther(IntentState from) {
    for (IntentState to : everyState().toList()) {
      Intent intent = newIntent(from);
      intents.create(intent);

      if (from.mayBecome(to)) {
        assertThat(intents.advance(intent, to)).isTrue();
        assertThat(intents.find(intent.id())).contains(intent.with(to));
      } else {
        assertThatThrownBy(() -> intents.advance(intent, to))
            .isInstanceOf(IllegalStateException.class);
        assertThat(intents.find(intent.id())).contains(intent);
      }
    }
  }

  @Test
  void recordsOrderedIntentsOneAfterTheOther() {
    WalletRef wallet = new WalletRef.OfUser("in-order");
    Intent first = ordered(wallet, 7);
    Intent second = ordered(wallet, 8);

    assertThat(intents.lastOf(wallet)).isEmpty();
    assertThat(intents.createAfter(Optional.empty(), first)).isTrue();
    assertThat(intents.createAfter(Optional.empty(), second)).isFalse();
    assertThat(intents.find(second.id())).isEmpty();
    assertThat(intents.createAfter(Optional.of(first.id()), second)).isTrue();

    assertThat(intents.lastOf(wallet)).contains(second.id());
    assertThat(intents.find(first.id())).contains(first);
    assertThat(intents.find(second.id())).contains(second);
  }

  @Test
  void recordsNoOrderedIntentTwice() {
    WalletRef wallet = new WalletRef.OfUser("once");
    Intent intent = ordered(wallet, 1);
    intents.createAfter(Optional.empty(), intent);

    assertThat(intents.createAfter(Optional.of(intent.id()), intent)).isFalse();
  }

  @Test
  @Tag("not-moto")
  void letsOneOfManyBeTheNextInOrder() throws Exception {
    WalletRef wallet = new WalletRef.OfUser("race");

    assertThat(Race.winners(() -> intents.createAfter(Optional.empty(), ordered(wallet, 1))))
        .isEqualTo(1);
  }

  @Test
  void keepsTheTimeoutToTheNanosecond() {
    Intent intent = newIntent();
    intents.create(intent);

    assertThat(intents.find(intent.id()).orElseThrow().timeout())
        .isEqualTo(Instant.parse("2026-11-23T10:00:00.000000001Z"));
  }

  @Test
  void keepsAnIntentOfTheFundingWallet() {
    Intent user = newIntent();
    Intent funding =
        new Intent(
            user.id(),
            new WalletRef.Funding(),
            user.transaction(),
            user.timeout(),
            user.since(),
            user.createdAt(),
            user.state());
    intents.create(funding);

    assertThat(intents.find(funding.id())).contains(funding);
  }

  @Test
  void goesThroughTheWholeWay() {
    Intent intent = newIntent();
    intents.create(intent);
    IntentState committed =
        new IntentState.Committed(new TransactionResult(HASH, 5, 6, Optional.empty(), "[]"));

    assertThat(intents.advance(intent, SIGNED)).isTrue();
    assertThat(intents.advance(intent.with(SIGNED), SENT)).isTrue();
    assertThat(intents.advance(intent.with(SIGNED).with(SENT), committed)).isTrue();

    assertThat(intents.find(intent.id())).contains(intent.with(SIGNED).with(SENT).with(committed));
  }

  @Test
  void createsAnIntentOnce() {
    Intent intent = newIntent();
    intents.create(intent);
    intents.advance(intent, SIGNED);

    assertThat(intents.create(intent)).isFalse();

    assertThat(intents.find(intent.id())).contains(intent.with(SIGNED));
  }

  @Test
  @Tag("not-moto")
  void letsOneOfManyCreate() throws Exception {
    Intent intent = newIntent();

    assertThat(Race.winners(() -> intents.create(intent))).isEqualTo(1);
  }

  @Test
  void refusesToAdvanceFromAStaleState() {
    Intent fresh = newIntent();
    intents.create(fresh);
    intents.advance(fresh, SIGNED);

    assertThat(intents.advance(fresh, new IntentState.Expired())).isFalse();

    assertThat(intents.find(fresh.id())).contains(fresh.with(SIGNED));
  }

  @Test
  @Tag("not-moto")
  void letsOneOfManyAdvance() throws Exception {
    Intent fresh = newIntent();
    intents.create(fresh);

    assertThat(Race.winners(() -> intents.advance(fresh, SIGNED))).isEqualTo(1);
  }

  @Test
  void makesNoIntentByAdvancingAMissingOne() {
    Intent missing = newIntent();

    assertThat(intents.advance(missing, SIGNED)).isFalse();

    assertThat(intents.find(missing.id())).isEmpty();
  }

  @Test
  void advancesTheStateAlone() {
    Intent intent = newIntent();
    intents.create(intent);
    Intent other =
        new Intent(
            intent.id(),
            intent.wallet(),
            new UnsignedTransaction(
                Bytes.ofHex("ee"), Bytes.ofHex("ee"), "other", 9, new Replay.ByTimeout()),
            intent.timeout().plusSeconds(60),
            intent.since(),
            intent.createdAt(),
            intent.state());

    intents.advance(other, SIGNED);

    assertThat(intents.find(intent.id())).contains(intent.with(SIGNED));
  }

  private static Intent newIntent() {
    return newIntent(new IntentState.New());
  }

  private static Intent ordered(WalletRef wallet, long sequence) {
    Intent model = newIntent();
    return new Intent(
        model.id(),
        wallet,
        new UnsignedTransaction(
            Bytes.ofHex("01"), Bytes.ofHex("02"), "c", 1, new Replay.BySequence(sequence)),
        model.timeout(),
        model.since(),
        model.createdAt(),
        model.state());
  }

  private static Intent newIntent(IntentState state) {
    return new Intent(
        "create-deployment/u1/" + UUID.randomUUID() + "#1",
        new WalletRef.OfUser("auth0|u1"),
        new UnsignedTransaction(
            Bytes.ofHex("0102"), Bytes.ofHex("03"), "akashnet-2", 4_711, new Replay.ByTimeout()),
        Instant.parse("2026-11-23T10:00:00.000000001Z"),
        17_000_000,
        Instant.parse("2026-11-23T09:55:00Z"),
        state);
  }
}
