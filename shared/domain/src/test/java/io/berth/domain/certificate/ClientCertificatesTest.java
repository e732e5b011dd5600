package io.berth.domain.certificate;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.domain.Bytes;
import io.berth.domain.akash.Certificate;
import io.berth.domain.akash.ChainMessage;
import io.berth.domain.ledger.ChainError;
import io.berth.domain.ledger.ChainUnavailableException;
import io.berth.domain.ledger.Intent;
import io.berth.domain.ledger.IntentState;
import io.berth.domain.ledger.Ledger;
import io.berth.domain.ledger.LedgerSettings;
import io.berth.domain.ledger.MemoryIntents;
import io.berth.domain.ledger.ScriptedChain;
import io.berth.domain.ledger.SignOutcome;
import io.berth.domain.ledger.UserTransactions;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.domain.request.RequestId;
import io.berth.domain.wallet.Owners;
import io.berth.domain.wallet.PublicIdentity;
import io.berth.domain.wallet.Wallet;
import io.berth.domain.wallet.WalletKeeper;
import io.berth.domain.wallet.WalletRef;
import io.berth.domain.wallet.Wallets;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ClientCertificatesTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123Z");
  private static final String NANOS = "1767225600123";
  private static final RequestId REQUEST = new RequestId("r1", NOW);
  private static final Wallet WALLET =
      new Wallet(
          "ann",
          "w",
          "akash1ann",
          Bytes.ofHex("02"),
          Bytes.ofHex("00"),
          true,
          NOW,
          Optional.of(NOW));
  private static final ChainError EXISTS = ChainError.of("cert", 3, "certificate exists");
  private static final ChainError REVOKED = ChainError.of("cert", 4, "already revoked");
  private static final ChainError NOT_FOUND = ChainError.of("cert", 1, "not found");

  private final ScriptedChain chain = new ScriptedChain();
  private final MemoryIntents intents = new MemoryIntents();
  private final List<KeyedCertificate> made = new ArrayList<>();
  private final List<Certificate> published = new ArrayList<>();
  private boolean signerStops;
  private int serialsTaken;

  private final ClientCertificates certificates = certificates(Duration.ofMinutes(1));

  private ClientCertificates certificates(Duration clearing) {
    Ledger ledger =
        new Ledger(
            chain,
            intents,
            this::sign,
            new LedgerSettings(
                Duration.ofSeconds(30),
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                false),
            () -> chain.latestBlock().time(),
            time -> chain.produceBlock(),
            RandomGenerator.of("L64X128MixRandom"));
    return new ClientCertificates(
        new Owners(new OneWallet()),
        (owner, state) -> published,
        new UserTransactions(ledger, new Keeper(), userId -> {}),
        this::make,
        clearing,
        () -> chain.latestBlock().time());
  }

  private SignOutcome sign(String intentId, WalletRef wallet) {
    if (signerStops) {
      throw new IllegalStateException("the signer failed");
    }
    Intent intent = intents.find(intentId).orElseThrow();
    Bytes raw = intent.transaction().body();
    boolean _ = intents.advance(intent, new IntentState.Signed(raw, ScriptedChain.hashOf(raw)));
    return new SignOutcome.Signed(Optional.empty());
  }

  private KeyedCertificate make(String owner, BigInteger serial, Instant from) {
    chain.refuseInSimulation = serialsTaken-- > 0 ? Optional.of(EXISTS) : Optional.empty();
    KeyedCertificate one =
        new KeyedCertificate(
            new Certificate(
                owner,
                serial.toString(),
                Certificate.State.VALID,
                Bytes.of(("certificate " + serial).getBytes(US_ASCII)),
                Bytes.ofHex("04")),
            PrivateKeyPem.takeOver("key".getBytes(US_ASCII)));
    made.add(one);
    return one;
  }

  private List<ChainMessage> sent() {
    return chain.prepared.stream().flatMap(request -> request.messages().stream()).toList();
  }

  private static ChainMessage creationOf(KeyedCertificate one) {
    return new ChainMessage.CreateCertificate(
        "akash1ann", one.certificate().certificate(), one.certificate().publicKey());
  }

  private static ChainMessage revocationOf(KeyedCertificate one) {
    return new ChainMessage.RevokeCertificate("akash1ann", one.certificate().serial());
  }

  @Test
  void publishesOneCertificateAndHandsOutItsKey() {
    try (KeyedCertificate issued = certificates.issue(REQUEST, "ann")) {
      assertThat(sent()).containsExactly(creationOf(issued));
      assertThat(issued.privateKey().reveal()).isEqualTo("key");
      assertThat(issued.certificate().serial()).startsWith(NANOS).hasSize(NANOS.length() + 6);
    }
  }

  @Test
  void whatAnInterruptedRequestPublishedIsRevokedSinceNobodyHasItsKey() {
    chain.losesAnswers = true;
    assertThatThrownBy(() -> certificates.issue(REQUEST, "ann"))
        .isInstanceOf(ChainUnavailableException.class);
    chain.losesAnswers = false;
    chain.produceBlock();

    try (KeyedCertificate issued = certificates.issue(REQUEST, "ann")) {
      assertThat(made).hasSize(2);
      assertThat(made.getFirst().privateKey().reveal()).as("cleared").isEqualTo("\0\0\0");
      assertThat(sent())
          .containsExactly(
              creationOf(made.getFirst()), revocationOf(made.getFirst()), creationOf(issued));
      assertThat(issued.certificate().serial())
          .isNotEqualTo(made.getFirst().certificate().serial());
    }
  }

  @Test
  void whatWasNeverSignedIsGivenUpWithoutRevoking() {
    signerStops = true;
    assertThatThrownBy(() -> certificates.issue(REQUEST, "ann"))
        .isInstanceOf(IllegalStateException.class);
    signerStops = false;

    try (KeyedCertificate issued = certificates.issue(REQUEST, "ann")) {
      assertThat(sent()).containsExactly(creationOf(made.getFirst()), creationOf(issued));
      assertThat(chain.committed()).isEqualTo(1);
    }
  }

  @Test
  void whatMayStillLandIsWaitedFor() {
    chain.losesTransactions = true;
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> certificates.issue(REQUEST, "ann"))
          .isInstanceOfSatisfying(
              Refusal.class,
              refusal -> assertThat(refusal.problem()).isInstanceOf(Problem.OutcomeUnknown.class));
    }
    chain.losesTransactions = false;

    try (KeyedCertificate issued = certificates.issue(REQUEST, "ann")) {
      assertThat(sent())
          .containsExactly(
              creationOf(made.getFirst()), revocationOf(made.getFirst()), creationOf(issued));
    }
  }

  @Test
  void clearingUpThatTakesTooLongIsLeftToTheNextRepetition() {
    ClientCertificates hurried = certificates(Duration.ZERO);
    chain.losesAnswers = true;
    assertThatThrownBy(() -> hurried.issue(REQUEST, "ann"))
        .isInstanceOf(ChainUnavailableException.class);
    chain.losesAnswers = false;

    int repetitions = 0;
    KeyedCertificate issued = null;
    while (issued == null) {
      repetitions++;
      try {
        issued = hurried.issue(REQUEST, "ann");
      } catch (Refusal refusal) {
        assertThat(refusal.problem()).isInstanceOf(Problem.Unavailable.class);
      }
    }

    assertThat(repetitions).isEqualTo(3);
    assertThat(sent())
        .containsExactly(
            creationOf(made.getFirst()), revocationOf(made.getFirst()), creationOf(issued));
    issued.close();
  }

  @Test
  void aSerialThatIsTakenIsFollowedByAnother() {
    serialsTaken = 1;

    try (KeyedCertificate issued = certificates.issue(REQUEST, "ann")) {
      assertThat(made).hasSize(2).contains(issued);
      assertThat(chain.committed()).isEqualTo(1);
    }
  }

  @Test
  void aChainThatCallsEverySerialTakenIsNotAskedForEver() {
    serialsTaken = Integer.MAX_VALUE;

    assertThatThrownBy(() -> certificates.issue(REQUEST, "ann")).isInstanceOf(Refusal.class);
    assertThat(made).hasSize(3);
    assertThat(made)
        .extracting(one -> one.privateKey().reveal())
        .as("cleared")
        .containsOnly("\0\0\0");
  }

  @Test
  void requestsOfOneMillisecondGetSerialsOfTheirOwn() {
    try (KeyedCertificate one = certificates.issue(REQUEST, "ann");
        KeyedCertificate other = certificates.issue(new RequestId("r2", NOW), "ann")) {
      assertThat(one.certificate().serial()).isNotEqualTo(other.certificate().serial());
    }
  }

  @Test
  void listsTheNewestFirst() {
    for (String serial : List.of("9", "1771000000000123456", "10")) {
      published.add(
          new Certificate(
              "akash1ann",
              serial,
              Certificate.State.VALID,
              Bytes.of(new byte[0]),
              Bytes.of(new byte[0])));
    }

    assertThat(certificates.list("ann", Optional.empty()))
        .extracting(Certificate::serial)
        .containsExactly("1771000000000123456", "10", "9");
  }

  @Test
  void revokesAndLeavesRevokedOnesSo() {
    certificates.revoke("ann", "7");
    certificates.revoke("ann", "7");
    chain.refuseInSimulation = Optional.of(REVOKED);
    certificates.revoke("ann", "8");

    assertThat(chain.committed()).isEqualTo(1);
  }

  @Test
  void refusesToRevokeWhatThereIsNot() {
    chain.refuseInSimulation = Optional.of(NOT_FOUND);

    assertThatThrownBy(() -> certificates.revoke("ann", "7"))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal ->
                assertThat(refusal.problem())
                    .isEqualTo(new Problem.NotFound("Certificate not found")));
  }

  private static final class OneWallet implements Wallets {
    @Override
    public boolean create(Wallet wallet) {
      throw new AssertionError("not asked for");
    }

    @Override
    public Optional<Wallet> find(String userId) {
      return Optional.of(WALLET).filter(wallet -> wallet.userId().equals(userId));
    }

    @Override
    public void markActivated(String userId, Instant at) {
      throw new AssertionError("not asked for");
    }
  }

  private static final class Keeper implements WalletKeeper {
    @Override
    public Wallet walletFor(String userId) {
      return WALLET;
    }

    @Override
    public PublicIdentity funding() {
      return new PublicIdentity("akash1funding", Bytes.ofHex("03"));
    }
  }
}
