package io.berth.domain.certificate;

import io.berth.domain.akash.Certificate;
import io.berth.domain.akash.ChainMessage;
import io.berth.domain.ledger.ChainFault;
import io.berth.domain.ledger.Outcome;
import io.berth.domain.ledger.Outcomes;
import io.berth.domain.ledger.UserTransactions;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.domain.request.RequestId;
import io.berth.domain.wallet.Owners;
import io.berth.domain.wallet.Wallet;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Publishes, lists and revokes a user's client certificates.
 *
 * <p>A private key exists only in the process that made it, until it is answered. So when a request
 * that stopped half-way is taken up again, the key of what it may have published is lost, and
 * nobody has it: that certificate is revoked, and another one made in its place. In the end the
 * request has published one certificate that is valid, and its key is the one answered.
 */
public final class ClientCertificates {
  private static final BigInteger NANOS_PER_MILLI = BigInteger.valueOf(1_000_000);

  /** Requests of one millisecond may meet in a serial, one pair in a million. */
  private static final int MOST_TAKEN_SERIALS = 3;

  private static final Problem NOT_FOUND = new Problem.NotFound("Certificate not found");

  /** It is in a block, so a node that does not know it lags behind. */
  private static final Problem NOT_SHOWN_YET =
      new Problem.Unavailable("The network does not show the certificate yet. Repeat the request.");

  private final Owners owners;
  private final CertificateReader chain;
  private final UserTransactions transactions;
  private final CertificateMaker maker;
  private final Duration clearing;
  private final InstantSource clock;

  /**
   * @param clearing how long clearing up after an interrupted request may take before it is left to
   *     the next repetition: one more wait for the ledger must fit into the time after it
   */
  public ClientCertificates(
      Owners owners,
      CertificateReader chain,
      UserTransactions transactions,
      CertificateMaker maker,
      Duration clearing,
      InstantSource clock) {
    this.owners = owners;
    this.chain = chain;
    this.transactions = transactions;
    this.maker = maker;
    this.clearing = clearing;
    this.clock = clock;
  }

  /**
   * Makes a certificate and publishes it. The caller must keep two repetitions of one request from
   * running at once, and must not ask again once the key was answered.
   *
   * @return the certificate with its key; the caller closes it
   * @throws Refusal if the outcome is not known yet: repeating the request goes on from here
   */
  public KeyedCertificate issue(RequestId request, String userId) {
    Wallet wallet = owners.requireActivated(userId);
    Instant started = clock.instant();
    int taken = 0;
    for (int generation = 1; ; generation++) {
      String purpose = "create-certificate/" + userId + "/" + request.id() + "/" + generation;
      BigInteger serial = serial(request, generation);
      Optional<Outcome> before = transactions.settle(purpose);
      if (before.isPresent()) {
        withdraw(wallet, serial, before.get(), started);
        continue;
      }
      KeyedCertificate made = maker.make(wallet.address(), serial, clock.instant());
      Outcome outcome = publish(purpose, wallet, made);
      if (outcome instanceof Outcome.Committed) {
        return made;
      }
      made.close();
      boolean isTaken = Outcomes.isRefusedAs(outcome, ChainFault.CERTIFICATE_EXISTS);
      if (!isTaken || ++taken == MOST_TAKEN_SERIALS) {
        Outcomes.committedOrRefuse(outcome);
      }
    }
  }

  private Outcome publish(String purpose, Wallet wallet, KeyedCertificate made) {
    try {
      return transactions.submit(purpose, wallet, () -> List.of(creation(made.certificate())));
    } catch (RuntimeException e) {
      made.close();
      throw e;
    }
  }

  private static ChainMessage creation(Certificate certificate) {
    return new ChainMessage.CreateCertificate(
        certificate.owner(), certificate.certificate(), certificate.publicKey());
  }

  /** Takes back what an interrupted attempt has published, since its key is lost. */
  private void withdraw(Wallet wallet, BigInteger serial, Outcome before, Instant started) {
    switch (before) {
      case Outcome.Committed committed -> {
        requireTime(started);
        revoke(wallet, serial.toString(), NOT_SHOWN_YET);
      }
      case Outcome.Failed failed -> {}
      case Outcome.Expired expired -> {}
      default -> Outcomes.committedOrRefuse(before);
    }
    requireTime(started);
  }

  private void requireTime(Instant started) {
    if (Duration.between(started, clock.instant()).compareTo(clearing) > 0) {
      throw new Refusal(
          new Problem.Unavailable(
              "What an interrupted request left is being cleared up. Repeat the request."));
    }
  }

  /**
   * The user's certificates, newest first.
   *
   * @param state only those in this state; empty for all
   */
  public List<Certificate> list(String userId, Optional<Certificate.State> state) {
    return chain.certificates(owners.require(userId).address(), state).stream()
        .sorted(Comparator.comparing((Certificate one) -> new BigInteger(one.serial())).reversed())
        .toList();
  }

  /**
   * Revokes a certificate; one that is revoked already stays so.
   *
   * @param serial decimal
   * @throws Refusal if the user has no such certificate
   */
  public void revoke(String userId, String serial) {
    revoke(owners.requireActivated(userId), serial, NOT_FOUND);
  }

  /**
   * @param missing what it means to the user that the chain does not know it
   */
  private void revoke(Wallet wallet, String serial, Problem missing) {
    Outcome outcome =
        transactions.submit(
            "revoke-certificate/" + wallet.userId() + "/" + serial,
            wallet,
            () -> List.of(new ChainMessage.RevokeCertificate(wallet.address(), serial)));
    if (Outcomes.isRefusedAs(outcome, ChainFault.CERTIFICATE_NOT_FOUND)) {
      throw new Refusal(missing);
    }
    if (!Outcomes.isRefusedAs(outcome, ChainFault.CERTIFICATE_REVOKED)) {
      Outcomes.committedOrRefuse(outcome);
    }
  }

  /**
   * The time in nanoseconds, as Akash's own tools number certificates. The same for all repetitions
   * of a request, so that what one of them published can be found; the last six digits keep
   * requests of one millisecond apart.
   */
  private static BigInteger serial(RequestId request, int generation) {
    BigInteger digest = new BigInteger(1, sha256(request.id() + "/" + generation));
    return BigInteger.valueOf(request.receivedAt().toEpochMilli())
        .multiply(NANOS_PER_MILLI)
        .add(digest.mod(NANOS_PER_MILLI));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
