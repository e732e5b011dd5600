package io.berth.functions.signer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.domain.Bytes;
import io.berth.domain.akash.ChainMessage;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.budget.Spending;
import io.berth.domain.ledger.IntentState;
import io.berth.domain.ledger.Intents;
import io.berth.domain.ledger.SignOutcome;
import io.berth.domain.ledger.Switches;
import io.berth.domain.wallet.ReSealRun;
import io.berth.domain.wallet.ReSealRuns;
import io.berth.domain.wallet.Wallet;
import io.berth.domain.wallet.WalletRef;
import io.berth.domain.wallet.WalletSeals;
import io.berth.domain.wallet.Wallets;
import io.berth.runtime.SignerProtocol.Nothing;
import io.berth.wallet.KmsDataKeys;
import io.berth.wallet.MnemonicSeal;
import io.berth.wallet.WalletKey;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KmsInternalException;

/** Wallets moved to a new master key: all of them, or none of one, whatever happens meanwhile. */
class ReSealWalletsTest {
  private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");
  private static final int WALLETS = 5;
  private static final int PAGE = 2;

  /** A bound on the external calls of one run, so that a loop over them ends. */
  private static final int MOST_CALLS = 100;

  private final SecureRandom random = new SecureRandom();
  private final Memory.Kms kms = new Memory.Kms();
  private final Memory.WalletRows wallets = new Memory.WalletRows();
  private final Memory.Runs runs = new Memory.Runs();
  private final Memory.IntentRows intents = new Memory.IntentRows();
  private final String fundingPhrase = Memory.freshPhrase(random);
  private Map<String, Wallet> before;
  private Instant now = NOW;

  /** What happens at the next external calls. */
  private Runnable beforeCall = () -> {};

  private Runnable afterCall = () -> {};
  private int calls;

  @BeforeEach
  void makeWalletsUnderTheOldKey() {
    CreateWallet maker = new CreateWallet(wallets, seal(kms, "old"), random, () -> NOW);
    for (int i = 0; i < WALLETS; i++) {
      maker.walletFor("user-" + i);
    }
    before = new TreeMap<>(wallets.rows);
  }

  private MnemonicSeal seal(KmsClient client, String... keys) {
    return new MnemonicSeal(
        Arrays.stream(keys).map(key -> new KmsDataKeys(client, key)).toList(), random);
  }

  private Vault vault(KmsClient client, String... keys) {
    return new Vault(seal(client, keys), new Memory.FundingSecret(fundingPhrase), "funding");
  }

  /** The job with every external call announced to the test. */
  private ReSealWallets job() {
    return new ReSealWallets(
        watched(WalletSeals.class, wallets),
        watched(ReSealRuns.class, runs),
        vault(watched(KmsClient.class, kms), "new", "old"),
        () -> now,
        PAGE);
  }

  private <T> T watched(Class<T> type, T target) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              calls++;
              beforeCall.run();
              try {
                Object result = method.invoke(target, arguments);
                afterCall.run();
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private ReSealWallets.Report run() {
    return job().answer(new Nothing());
  }

  private void assertAllMoved() {
    Vault newOnly = vault(kms, "new");
    assertThat(wallets.rows).hasSameSizeAs(before);
    before.forEach(
        (user, old) -> {
          Wallet moved = wallets.rows.get(user);
          assertThat(moved).isEqualTo(Memory.withSeal(old, moved.sealedMnemonic()));
          try (WalletKey key = newOnly.open(moved)) {
            assertThat(key.address()).isEqualTo(old.address());
          }
        });
  }

  @Test
  void movesEveryWalletToTheNewKeyAndChangesNothingElseOfIt() {
    ReSealWallets.Report report = run();

    assertThat(report)
        .isEqualTo(
            new ReSealWallets.Report(
                true, "new", new ReSealRun.Counts(WALLETS, 0, 0, 0), List.of()));
    assertAllMoved();
  }

  @Test
  void leavesWalletsThatAreCurrentAsTheyAre() {
    run();
    Map<String, Wallet> moved = new TreeMap<>(wallets.rows);

    assertThat(run().counts()).isEqualTo(new ReSealRun.Counts(0, WALLETS, 0, 0));
    assertThat(wallets.rows).isEqualTo(moved);
  }

  @Test
  void movesWalletsThatMayNotSignToo() {
    Wallet wallet = wallets.rows.get("user-1");
    Wallet disabled =
        new Wallet(
            wallet.userId(),
            wallet.walletId(),
            wallet.address(),
            wallet.publicKey(),
            wallet.sealedMnemonic(),
            false,
            NOW,
            Optional.of(NOW));
    wallets.rows.put("user-1", disabled);
    before.put("user-1", disabled);

    run();

    assertAllMoved();
  }

  @Test
  void doesAPageAtLeastAndNoMoreWhenTimeIsOver() {
    afterCall = () -> now = now.plusSeconds(30);
    ReSealWallets.Report first = run();
    assertThat(first.finished()).isFalse();
    assertThat(first.counts()).isEqualTo(new ReSealRun.Counts(PAGE, 0, 0, 0));

    assertThat(run().finished()).isFalse();
    ReSealWallets.Report last = run();

    assertThat(last.finished()).isTrue();
    assertThat(last.counts()).isEqualTo(new ReSealRun.Counts(WALLETS, 0, 0, 0));
    assertAllMoved();
  }

  @Test
  void isTakenUpWhereverItWasStopped() {
    for (boolean done : new boolean[] {false, true}) {
      for (int stop = 1; stop <= MOST_CALLS; stop++) {
        forgetEverything();
        int at = stop;
        Runnable crash =
            () -> {
              if (calls == at) {
                throw new IllegalStateException("stopped");
              }
            };
        beforeCall = done ? () -> {} : crash;
        afterCall = done ? crash : () -> {};
        try {
          run();
        } catch (IllegalStateException e) {
          assertThat(e).hasMessage("stopped");
        }
        boolean stopped = calls == at;
        assertEveryWalletOpens();
        beforeCall = () -> {};
        afterCall = () -> {};

        ReSealWallets.Report report = run();
        assertThat(report.finished()).isTrue();
        assertThat(report.counts().broken()).isZero();
        assertAllMoved();
        if (!stopped) {
          assertThat(stop).as("calls of a run").isGreaterThan(3 * WALLETS);
          break;
        }
      }
    }
  }

  private void forgetEverything() {
    wallets.rows.putAll(before);
    runs.row = Optional.empty();
    calls = 0;
  }

  private void assertEveryWalletOpens() {
    Vault both = vault(kms, "new", "old");
    wallets.rows.forEach(
        (user, wallet) -> {
          try (WalletKey key = both.open(wallet)) {
            assertThat(key.address()).isEqualTo(before.get(user).address());
          }
        });
  }

  @Test
  void signingGoesOnBesideIt() {
    SignTransaction signer = signer(intents, wallets, kms);
    beforeCall =
        () ->
            before
                .values()
                .forEach(
                    wallet -> {
                      String id = intentOf(wallet);
                      assertThat(signer.sign(id, intents.find(id).orElseThrow().wallet()))
                          .isInstanceOf(SignOutcome.Signed.class);
                      assertThat(intents.rows.get(id).state())
                          .isInstanceOf(IntentState.Signed.class);
                    });

    assertThat(run().counts()).isEqualTo(new ReSealRun.Counts(WALLETS, 0, 0, 0));
    assertAllMoved();
    assertThat(intents.rows).hasSizeGreaterThan(3 * WALLETS * WALLETS);
  }

  @Test
  void aSignatureUnderWayIsMadeThoughTheWalletIsMovedMeanwhile() {
    Wallet wallet = before.get("user-0");
    for (int at = 1; at <= MOST_CALLS; at++) {
      forgetEverything();
      int moment = at;
      boolean[] moved = {false};
      ReSealWallets quiet =
          new ReSealWallets(wallets, runs, vault(kms, "new", "old"), () -> now, PAGE);
      beforeCall =
          () -> {
            if (calls == moment) {
              quiet.answer(new Nothing());
              moved[0] = true;
            }
          };
      SignTransaction signer =
          signer(
              watched(Intents.class, intents),
              watched(Wallets.class, wallets),
              watched(KmsClient.class, kms));

      String id = intentOf(wallet);
      assertThat(signer.sign(id, intents.find(id).orElseThrow().wallet()))
          .isInstanceOf(SignOutcome.Signed.class);
      assertThat(intents.rows.get(id).state()).isInstanceOf(IntentState.Signed.class);
      if (!moved[0]) {
        assertThat(at).as("calls of a signature").isGreaterThan(3);
        return;
      }
    }
  }

  @Test
  void anotherChangeOfTheSealWins() {
    Bytes theirs = Bytes.ofHex("0b0b");
    boolean[] done = {false};
    afterCall =
        () -> {
          if (!done[0] && runs.row.isEmpty() && calls > 3) {
            done[0] = true;
            wallets.rows.computeIfPresent("user-0", (_, wallet) -> Memory.withSeal(wallet, theirs));
          }
        };

    ReSealWallets.Report report = run();

    assertThat(report.counts()).isEqualTo(new ReSealRun.Counts(WALLETS - 1, 0, 1, 0));
    assertThat(wallets.rows.get("user-0").sealedMnemonic()).isEqualTo(theirs);
  }

  @Test
  void ofTwoJobsAtOnceOneGoesOnAndNothingIsCountedTwice() {
    boolean[] done = {false};
    beforeCall =
        () -> {
          if (!done[0] && calls == 4) {
            done[0] = true;
            run();
          }
        };

    ReSealWallets.Report report = run();

    assertThat(report.finished()).isTrue();
    assertThat(report.counts()).isEqualTo(new ReSealRun.Counts(WALLETS, 0, 0, 0));
    assertAllMoved();
  }

  @Test
  void reportsBrokenWalletsAndLeavesThemAsTheyAre() {
    byte[] flipped = before.get("user-0").sealedMnemonic().toArray();
    flipped[flipped.length - 1] ^= 1;
    put("user-0", Bytes.of(flipped));
    put("user-1", Bytes.ofHex(""));
    put("user-2", before.get("user-3").sealedMnemonic());
    wallets.unreadable.add("user-9");
    Map<String, Wallet> rows = new TreeMap<>(wallets.rows);

    ReSealWallets.Report report = run();

    assertThat(report)
        .isEqualTo(
            new ReSealWallets.Report(
                true,
                "new",
                new ReSealRun.Counts(2, 0, 0, 4),
                List.of("user-0", "user-1", "user-2", "user-9")));
    for (String user : List.of("user-0", "user-1", "user-2")) {
      assertThat(wallets.rows.get(user)).isEqualTo(rows.get(user));
    }
  }

  /** It opens, and yet it is not what the row says: to move it would hide that. */
  @Test
  void reportsASealThatHoldsAnotherWalletsMnemonic() {
    Wallet wallet = before.get("user-0");
    Wallet other =
        new Wallet(
            wallet.userId(),
            wallet.walletId(),
            before.get("user-1").address(),
            before.get("user-1").publicKey(),
            wallet.sealedMnemonic(),
            true,
            NOW,
            Optional.empty());
    wallets.rows.put("user-0", other);

    assertThat(run().brokenUsers()).containsExactly("user-0");
    assertThat(wallets.rows.get("user-0")).isEqualTo(other);
  }

  @Test
  void aKeyThatIsNoLongerListedLeavesItsWalletsBrokenAndUnchanged() {
    ReSealWallets forgetful = new ReSealWallets(wallets, runs, vault(kms, "new"), () -> now, PAGE);

    assertThat(forgetful.answer(new Nothing()).counts())
        .isEqualTo(new ReSealRun.Counts(0, 0, 0, WALLETS));
    assertThat(wallets.rows).isEqualTo(before);
    assertThat(run().counts()).isEqualTo(new ReSealRun.Counts(WALLETS, 0, 0, 0));
  }

  @Test
  void endsWhenKmsFailsAndLosesNothing() {
    beforeCall =
        () -> {
          if (calls > 10) {
            throw KmsInternalException.builder().message("out of reach").build();
          }
        };

    assertThatThrownBy(this::run).isInstanceOf(KmsInternalException.class);
    assertEveryWalletOpens();
  }

  @Test
  void beginsAgainForANewerKey() {
    afterCall = () -> now = now.plusSeconds(60);
    run();
    ReSealWallets newest =
        new ReSealWallets(
            wallets, runs, vault(kms, "newest", "new", "old"), InstantSource.system(), PAGE);

    assertThat(newest.answer(new Nothing()))
        .isEqualTo(
            new ReSealWallets.Report(
                true, "newest", new ReSealRun.Counts(WALLETS, 0, 0, 0), List.of()));
  }

  private void put(String user, Bytes sealed) {
    wallets.rows.computeIfPresent(user, (_, wallet) -> Memory.withSeal(wallet, sealed));
  }

  private SignTransaction signer(Intents intents, Wallets wallets, KmsClient client) {
    Memory.GrantRows grants = new Memory.GrantRows();
    return new SignTransaction(
        intents,
        new Memory.BudgetRows(intents, grants, wallets, () -> new Switches(false, false)),
        grants,
        () -> new Switches(false, false),
        vault(client, "new", "old"),
        new Policy(
            new Policy.Caps(
                BigInteger.valueOf(10_000),
                BigInteger.valueOf(10_000_000),
                new Spending(BigInteger.valueOf(1_000_000_000), BigInteger.ONE))),
        () -> Memory.NOW,
        new Random(7));
  }

  /** Records a transaction to be signed. */
  private String intentOf(Wallet wallet) {
    String id = "close-deployment/" + wallet.userId() + "#" + intents.rows.size();
    intents.create(
        Memory.intent(
            id,
            new WalletRef.OfUser(wallet.userId()),
            wallet.identity(),
            Optional.of(vault(kms, "new").funding().address()),
            new ChainMessage.CloseDeployment(new DeploymentId(wallet.address(), 1))));
    return id;
  }
}
