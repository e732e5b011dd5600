package io.berth.functions.signer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import io.berth.chain.Transactions;
import io.berth.domain.Bytes;
import io.berth.domain.akash.ChainMessage;
import io.berth.domain.akash.Coin;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.budget.Budget;
import io.berth.domain.budget.Spending;
import io.berth.domain.funding.GrantChange;
import io.berth.domain.funding.Grants;
import io.berth.domain.ledger.Hold;
import io.berth.domain.ledger.Intent;
import io.berth.domain.ledger.IntentState;
import io.berth.domain.ledger.Replay;
import io.berth.domain.ledger.Switches;
import io.berth.domain.ledger.TransactionResult;
import io.berth.domain.ledger.UnsignedTransaction;
import io.berth.domain.wallet.PublicIdentity;
import io.berth.domain.wallet.Wallet;
import io.berth.domain.wallet.WalletRef;
import io.berth.logging.Metric;
import io.berth.proto.cosmos.tx.v1beta1.TxRaw;
import io.berth.runtime.SignerProtocol.SignAnswer;
import io.berth.runtime.SignerProtocol.SignRequest;
import io.berth.runtime.SignerProtocol.WalletAnswer;
import io.berth.runtime.SignerProtocol.WalletRequest;
import io.berth.wallet.KmsDataKeys;
import io.berth.wallet.MnemonicSeal;
import io.berth.wallet.SealBrokenException;
import io.berth.wallet.Secp256k1;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Filter;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Wallets made, intents signed, and everything that must not be. */
class SignerTest {
  private static final Instant NOW = Memory.NOW;
  private static final String ID = "close-deployment/ann/1#1";

  private Switches switches = new Switches(false, false);
  private Instant now = NOW;
  private final SecureRandom random = new SecureRandom();
  private final Memory.IntentRows intents = new Memory.IntentRows();
  private final Memory.GrantRows grants = new Memory.GrantRows();
  private final Memory.WalletRows wallets = new Memory.WalletRows();
  private final Memory.BudgetRows budgets =
      new Memory.BudgetRows(intents, grants, wallets, () -> switches);
  private final MnemonicSeal seal =
      new MnemonicSeal(new KmsDataKeys(new Memory.Kms(), "key-1"), random);
  private final Vault vault =
      new Vault(seal, new Memory.FundingSecret(Memory.freshPhrase(random)), "funding");
  private final SignTransaction signer =
      new SignTransaction(
          intents,
          budgets,
          grants,
          () -> switches,
          vault,
          new Policy(
              new Policy.Caps(
                  BigInteger.valueOf(10_000),
                  BigInteger.valueOf(10_000_000),
                  new Spending(BigInteger.valueOf(50_000), BigInteger.valueOf(20_000_000)))),
          () -> now,
          new Random(7));
  private final CreateWallet maker = new CreateWallet(wallets, seal, random, () -> NOW);

  private Wallet ann;

  @BeforeEach
  void makeAnnsWallet() {
    maker.answer(new WalletRequest("ann"));
    ann = wallets.find("ann").orElseThrow();
  }

  @Test
  void makesOneWalletPerUserWithAnOpenableSealAndNothingSecretInTheAnswer() {
    WalletAnswer again = maker.answer(new WalletRequest("ann"));

    assertThat(again.address()).isEqualTo(ann.address());
    assertThat(wallets.rows).hasSize(1);
    try (var key = vault.open(ann)) {
      assertThat(key.address()).isEqualTo(ann.address());
      assertThat(key.publicKey()).isEqualTo(ann.publicKey());
    }
  }

  @Test
  void signsTheRecordedBytesAndNoOthers() throws InvalidProtocolBufferException {
    record(ann.identity(), new WalletRef.OfUser("ann"), closeOf(ann.address()));

    SignAnswer answer = answer(ID);

    assertThat(answer.rule()).isEmpty();
    Intent intent = intents.find(ID).orElseThrow();
    IntentState.Signed signed = (IntentState.Signed) intent.state();
    assertThat(answer.signed()).isEqualTo(signed.raw().hex());
    assertThat(answer.hash()).isEqualTo(signed.hash());
    TxRaw raw = TxRaw.parseFrom(signed.raw().toArray());
    assertThat(Bytes.of(raw.getBodyBytes().toByteArray())).isEqualTo(intent.transaction().body());
    assertThat(
            Secp256k1.verify(
                ann.publicKey().toArray(),
                Transactions.signDoc(intent.transaction()).toArray(),
                raw.getSignatures(0).toByteArray()))
        .isTrue();
    assertThat(signed.hash()).isEqualTo(Transactions.hash(signed.raw()));
  }

  @Test
  void leavesASignedIntentAsItIs() {
    record(ann.identity(), new WalletRef.OfUser("ann"), closeOf(ann.address()));
    answer(ID);
    Intent first = intents.find(ID).orElseThrow();

    assertThat(answer(ID)).isEqualTo(new SignAnswer("", "", 0, "", ""));
    assertThat(intents.find(ID)).contains(first);
  }

  @Test
  void changesNothingWhenThePolicyRefuses() {
    record(ann.identity(), new WalletRef.OfUser("ann"), closeOf("akash1someoneelse"));

    assertThat(answer(ID).rule()).isEqualTo("own-actor");
    assertThat(intents.find(ID).orElseThrow().state()).isInstanceOf(IntentState.New.class);
  }

  @Test
  void readsWhoseDeploymentIsPaidForFromTheVeryBytes() {
    record(
        ann.identity(),
        new WalletRef.OfUser("ann"),
        new ChainMessage.AccountDeposit(
            ann.address(), new DeploymentId("akash1someoneelse", 7), Coin.uact(1)));

    assertThat(answer(ID).rule()).isEqualTo("own-deployment");
    assertThat(intents.find(ID).orElseThrow().state()).isInstanceOf(IntentState.New.class);
  }

  @Test
  void countsARefusalByItsRule() {
    record(ann.identity(), new WalletRef.OfUser("ann"), closeOf("akash1someoneelse"));
    List<Object> counted = new ArrayList<>();
    Filter ear =
        line -> {
          counted.add(line.getParameters()[0]);
          return true;
        };
    Logger metrics = Logger.getLogger(Metric.class.getName());
    metrics.setFilter(ear);
    try {
      answer(ID);
    } finally {
      metrics.setFilter(null);
    }

    assertThat(counted).containsExactly(new Metric("SignerRefusals", "Rule", "own-actor"));
  }

  @Test
  void signsTheSameIntentOnceTheHaltIsOver() {
    record(ann.identity(), new WalletRef.OfUser("ann"), closeOf(ann.address()));
    Intent before = intents.find(ID).orElseThrow();

    switches = new Switches(true, false);
    assertThat(answer(ID))
        .isEqualTo(
            new SignAnswer("signing-halted", "signing is halted by the operator", 60, "", ""));
    assertThat(intents.find(ID)).contains(before);

    switches = new Switches(false, false);
    assertThat(answer(ID).rule()).isEmpty();
    assertThat(intents.find(ID).orElseThrow().state()).isInstanceOf(IntentState.Signed.class);
  }

  @Test
  void refusesBytesThatAreNoTransactionOfBerths() {
    Bytes junk = Bytes.ofHex("ffff");
    intents.create(
        new Intent(
            ID,
            new WalletRef.OfUser("ann"),
            new UnsignedTransaction(junk, junk, "chain", 1, new Replay.ByTimeout()),
            Memory.TIMEOUT,
            1,
            NOW,
            new IntentState.New()));

    assertThat(answer(ID).rule()).isEqualTo("known-transaction");
    assertThat(intents.find(ID).orElseThrow().state()).isInstanceOf(IntentState.New.class);
  }

  @Test
  void doesNotOpenAWalletInAnothersRow() {
    Wallet stolen =
        new Wallet(
            "eve",
            ann.walletId(),
            ann.address(),
            ann.publicKey(),
            ann.sealedMnemonic(),
            true,
            NOW,
            Optional.of(NOW));
    wallets.create(stolen);
    record(ann.identity(), new WalletRef.OfUser("eve"), closeOf(ann.address()));

    assertThatThrownBy(() -> answer(ID)).isInstanceOf(SealBrokenException.class);
    assertThat(intents.find(ID).orElseThrow().state()).isInstanceOf(IntentState.New.class);
  }

  @Test
  void countsWhatItSignsAndTheSameIntentOnce() {
    record(ann.identity(), new WalletRef.OfUser("ann"), depositOf(3_000_000));

    answer(ID);
    answer(ID);

    assertThat(budgets.budget("ann").spent())
        .isEqualTo(new Spending(BigInteger.valueOf(5_000), BigInteger.valueOf(3_000_000)));
  }

  @Test
  void signsNoMoreThanADaysCapAndGoesOnTheNextDay() {
    for (String id : List.of("a#1", "b#1", "c#1")) {
      record(id, ann.identity(), new WalletRef.OfUser("ann"), depositOf(9_000_000));
    }
    answer("a#1");
    answer("b#1");
    Budget before = budgets.budget("ann");

    assertThat(answer("c#1"))
        .isEqualTo(
            new SignAnswer("daily-deposit-cap", Hold.DAILY_DEPOSITS.reason(), 43_200, "", ""));
    assertThat(budgets.budget("ann")).isEqualTo(before);
    assertThat(intents.find("c#1").orElseThrow().state()).isInstanceOf(IntentState.New.class);

    now = NOW.plus(Duration.ofHours(12));
    assertThat(answer("c#1").rule()).isEmpty();
    assertThat(budgets.budget("ann").spent().deposits()).isEqualTo(BigInteger.valueOf(9_000_000));
  }

  @Test
  void keepsADaysCapWhenManySignAtOnce() throws Exception {
    List<String> ids = IntStream.range(0, 24).mapToObj(i -> "close/" + i + "#1").toList();
    for (String id : ids) {
      record(id, ann.identity(), new WalletRef.OfUser("ann"), closeOf(ann.address()));
    }

    List<Callable<String>> calls = new ArrayList<>();
    ids.forEach(id -> calls.add(() -> answer(id).rule()));
    List<String> rules = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<String> answer : threads.invokeAll(calls)) {
        rules.add(answer.get());
      }
    }

    assertThat(rules).filteredOn(String::isEmpty).hasSize(10);
    assertThat(rules).filteredOn("daily-fee-cap"::equals).hasSize(14);
    assertThat(budgets.budget("ann").spent().fees()).isEqualTo(BigInteger.valueOf(50_000));
  }

  @Test
  void tellsWhatIsInFlightAndSignsNothingWhileGrantsChange() {
    record("a#1", ann.identity(), new WalletRef.OfUser("ann"), closeOf(ann.address()));
    record("b#1", ann.identity(), new WalletRef.OfUser("ann"), closeOf(ann.address()));
    answer("a#1");
    Grants seen = grants.of("ann");
    assertThat(seen.inFlight()).containsExactly("a#1");

    Grants changing =
        new Grants(
            "ann",
            seen.version() + 1,
            seen.inFlight(),
            0,
            0,
            Optional.of(new GrantChange(1, List.of())),
            List.of());
    grants.replace(seen, changing);

    assertThat(answer("b#1").rule()).isEqualTo("grants-changing");
    assertThat(grants.of("ann")).isEqualTo(changing);
    assertThat(intents.find("b#1").orElseThrow().state()).isInstanceOf(IntentState.New.class);
  }

  @Test
  void forgetsIntentsThatHaveEndedButNotHowFarTheChainMustBeToShowIt() {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      String id = "old/" + i + "#1";
      ids.add(id);
      record(id, ann.identity(), new WalletRef.OfUser("ann"), closeOf(ann.address()));
      Intent intent = intents.find(id).orElseThrow();
      Bytes raw = Bytes.ofHex("00");
      intents.advance(intent, new IntentState.Signed(raw, "H"));
      if (i > 0) {
        intents.advance(
            intents.find(id).orElseThrow(),
            new IntentState.Committed(
                new TransactionResult("H", 100 + i, 1, Optional.empty(), "")));
      }
    }
    grants.rows.put("ann", new Grants("ann", 9, ids, 50, 0, Optional.empty(), List.of()));
    for (int i = 0; i < 100; i++) {
      // Now and then is often enough.
      record(
          "new/" + i + "#1", ann.identity(), new WalletRef.OfUser("ann"), closeOf(ann.address()));
      answer("new/" + i + "#1");
    }

    assertThat(grants.of("ann").inFlight())
        .contains("old/0#1")
        .noneMatch(id -> id.startsWith("old/") && !id.equals("old/0#1"));
    assertThat(grants.of("ann").height()).isEqualTo(119);
  }

  private ChainMessage depositOf(long uact) {
    return new ChainMessage.AccountDeposit(
        ann.address(), new DeploymentId(ann.address(), 1), Coin.uact(uact));
  }

  @Test
  void letsTheFundingWalletGrantAndTellsWhoItIs() {
    PublicIdentity funding = vault.funding();
    record(
        funding,
        new WalletRef.Funding(),
        new ChainMessage.GrantDeposits(
            funding.address(), ann.address(), Coin.uact(5), Optional.empty()));

    assertThat(answer(ID).rule()).isEmpty();
    assertThat(new DescribeFundingWallet(vault).answer(null).address())
        .isEqualTo(funding.address());
  }

  @Test
  void hasNoAnswerForAnIntentThatWasNeverRecorded() {
    for (String wallet : List.of("user/ann", "funding")) {
      assertThatThrownBy(() -> signer.answer(new SignRequest("nothing#1", wallet)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void signsNoIntentForAnotherWalletThanItsOwn() {
    maker.answer(new WalletRequest("bob"));
    record(ann.identity(), new WalletRef.OfUser("ann"), closeOf(ann.address()));

    for (String other : List.of("user/bob", "funding")) {
      assertThatThrownBy(() -> signer.answer(new SignRequest(ID, other)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(intents.find(ID).orElseThrow().state()).isInstanceOf(IntentState.New.class);
  }

  /** As the ledger calls the signer. */
  private SignAnswer answer(String id) {
    return signer.answer(new SignRequest(id, intents.find(id).orElseThrow().wallet().text()));
  }

  private void record(PublicIdentity identity, WalletRef wallet, ChainMessage message) {
    record(ID, identity, wallet, message);
  }

  private void record(String id, PublicIdentity identity, WalletRef wallet, ChainMessage message) {
    boolean funding = wallet instanceof WalletRef.Funding;
    Optional<String> granter = funding ? Optional.empty() : Optional.of(vault.funding().address());
    intents.create(Memory.intent(id, wallet, identity, granter, message));
  }

  private static ChainMessage closeOf(String owner) {
    return new ChainMessage.CloseDeployment(new DeploymentId(owner, 1));
  }
}
