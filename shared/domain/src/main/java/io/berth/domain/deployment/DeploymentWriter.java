package io.berth.domain.deployment;

import io.berth.domain.Bytes;
import io.berth.domain.akash.AkashReader;
import io.berth.domain.akash.ChainMessage;
import io.berth.domain.akash.Coin;
import io.berth.domain.akash.Deployment;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.ledger.ChainFault;
import io.berth.domain.ledger.Outcome;
import io.berth.domain.ledger.Outcomes;
import io.berth.domain.ledger.TransactionResult;
import io.berth.domain.ledger.UserTransactions;
import io.berth.domain.problem.ChainProblems;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.domain.request.RequestId;
import io.berth.domain.wallet.Owners;
import io.berth.domain.wallet.Wallet;
import io.berth.domain.wallet.WalletKeeper;
import io.berth.sdl.DeploymentPlan;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Changes deployments on the chain: create, deposit, update, close. */
public final class DeploymentWriter {
  private static final Set<DeploymentRecord.State> IS_COMING =
      EnumSet.of(DeploymentRecord.State.REQUESTED, DeploymentRecord.State.CREATED);

  /** A provider or an empty escrow may have closed it in the meantime: that is what was wanted. */
  private static final ChainFault IS_CLOSED = ChainFault.DEPLOYMENT_CLOSED;

  /**
   * The chain takes no hash that is not 32 bytes, which ours are, or that the deployment has: an
   * earlier try put it there, and the node that was read from lags behind.
   */
  private static final ChainFault HASH_IS_THERE = ChainFault.DEPLOYMENT_HASH_INVALID;

  private final Owners owners;
  private final WalletKeeper keeper;
  private final DeploymentRecords records;
  private final AkashReader chain;
  private final UserTransactions transactions;
  private final ManifestSender manifests;
  private final SdlPolicy sdlPolicy;
  private final InstantSource clock;

  public DeploymentWriter(
      Owners owners,
      WalletKeeper keeper,
      DeploymentRecords records,
      AkashReader chain,
      UserTransactions transactions,
      ManifestSender manifests,
      SdlPolicy sdlPolicy,
      InstantSource clock) {
    this.owners = owners;
    this.keeper = keeper;
    this.records = records;
    this.chain = chain;
    this.transactions = transactions;
    this.manifests = manifests;
    this.sdlPolicy = sdlPolicy;
    this.clock = clock;
  }

  /** A deployment that is on the chain. */
  public record Created(DeploymentRecord record, TransactionResult transaction) {}

  /**
   * First step of a creation: checks the request and records it under a fresh dseq, which follows
   * from the time it came, so that a repetition finds it. Nothing is spent yet.
   *
   * @param id names this one creation: repeating it with the same id creates once
   * @param deposit first deposit into the escrow, in uact
   * @throws Refusal if the SDL is invalid or the balance too small; nothing is kept then
   */
  public DeploymentRecord request(RequestId id, String userId, String sdl, Coin deposit) {
    for (long dseq = id.receivedAt().toEpochMilli(); ; dseq++) {
      Optional<DeploymentRecord> there = records.find(userId, dseq);
      if (there.isEmpty()) {
        DeploymentRecord record = plan(id, userId, dseq, sdl, deposit);
        there = records.create(record) ? Optional.of(record) : records.find(userId, dseq);
      }
      if (there.isPresent() && there.get().requestId().equals(id.id())) {
        return there.get();
      }
    }
  }

  private DeploymentRecord plan(RequestId id, String userId, long dseq, String sdl, Coin deposit) {
    DeploymentPlan plan = sdlPolicy.plan(sdl);
    Wallet wallet = owners.requireActivated(userId);
    requireBalance(wallet, deposit);
    Instant now = clock.instant();
    return new DeploymentRecord(
        userId,
        dseq,
        id.id(),
        wallet.address(),
        DeploymentRecord.State.REQUESTED,
        sdl,
        plan.manifest(),
        plan.hash(),
        deposit,
        now,
        now);
  }

  /**
   * Second step: puts a requested deployment on the chain. Repeating it never creates a second one.
   *
   * @throws Refusal if the chain refuses it, or its outcome is not known yet
   */
  public Created commit(DeploymentRecord record) {
    Wallet wallet = owners.requireActivated(record.userId());
    Outcome outcome = transactions.submit(creationPurpose(record), wallet, () -> creation(record));
    if (outcome instanceof Outcome.Failed || outcome instanceof Outcome.Refused) {
      setState(record, DeploymentRecord.State.REFUSED);
    }
    TransactionResult result = Outcomes.committedOrRefuse(outcome);
    setState(record, DeploymentRecord.State.CREATED);
    return new Created(record, result);
  }

  /** The transaction that put a deployment on the chain; empty if none is known to have. */
  public Optional<TransactionResult> creationOf(DeploymentRecord record) {
    return transactions.resultOf(creationPurpose(record));
  }

  /**
   * Whether a requested deployment that the chain does not show may still come, now that nobody
   * commits it any more. If not, it is recorded as one that never existed.
   *
   * @throws io.berth.domain.ledger.ChainUnavailableException if the node does not answer
   */
  public boolean mayStillCome(DeploymentRecord record) {
    Optional<Outcome> fate = transactions.settle(creationPurpose(record));
    boolean over =
        fate.isEmpty()
            || fate.get() instanceof Outcome.Failed
            || fate.get() instanceof Outcome.Expired;
    if (over) {
      setState(record, DeploymentRecord.State.REFUSED);
    }
    return !over;
  }

  private static String creationPurpose(DeploymentRecord record) {
    return "create-deployment/" + record.userId() + "/" + record.dseq();
  }

  private List<ChainMessage> creation(DeploymentRecord record) {
    DeploymentPlan plan = sdlPolicy.plan(record.sdl());
    return List.of(
        new ChainMessage.CreateDeployment(
            record.id(),
            plan.groups(),
            Bytes.ofHex(record.hash()),
            record.deposit(),
            plan.reclamationWindow()));
  }

  /**
   * Adds money to a deployment's escrow.
   *
   * @param request names this one deposit: repeating it with the same id deposits once
   * @throws Refusal if there is no such deployment or the balance is too small
   */
  public void deposit(RequestId request, String userId, long dseq, Coin amount) {
    Wallet wallet = owners.requireActivated(userId);
    Outcomes.committedOrRefuse(
        transactions.submit(
            "deposit/" + userId + "/" + dseq + "/" + request.id(),
            wallet,
            () -> deposit(userId, wallet, dseq, amount)));
  }

  private List<ChainMessage> deposit(String userId, Wallet wallet, long dseq, Coin amount) {
    DeploymentId id = requireActive(userId, wallet, dseq).id();
    requireBalance(wallet, amount);
    return List.of(new ChainMessage.AccountDeposit(wallet.address(), id, amount));
  }

  /**
   * Gives a deployment a new manifest: its hash to the chain if it changed, then the manifest to
   * the providers of its active leases.
   *
   * @throws Refusal if the SDL is invalid, or the deployment unknown or closed, or a provider
   *     refuses
   */
  public void update(String userId, long dseq, String sdl) {
    Wallet wallet = owners.requireActivated(userId);
    DeploymentRecord record = records.require(userId, dseq);
    Deployment deployment = requireActive(userId, wallet, dseq);
    DeploymentPlan plan = sdlPolicy.planUpdate(sdl, deployment);
    if (!deployment.hash().hex().equals(plan.hash())) {
      // The record's revision keeps a later return to an earlier manifest apart from the first
      // time.
      long revision = record.updatedAt().toEpochMilli();
      Outcome outcome =
          transactions.submit(
              "update-deployment/" + userId + "/" + dseq + "/" + revision + "/" + plan.hash(),
              wallet,
              () ->
                  List.of(
                      new ChainMessage.UpdateDeployment(record.id(), Bytes.ofHex(plan.hash()))));
      if (!Outcomes.isRefusedAs(outcome, HASH_IS_THERE)) {
        Outcomes.committedOrRefuse(outcome);
      }
    }
    records.setManifest(userId, dseq, sdl, plan.manifest(), plan.hash(), clock.instant());
    manifests.sendToLeases(record.userId(), record.id(), plan.manifest());
  }

  /**
   * Closes a deployment and returns the rest of its escrow. Closing a closed one does nothing.
   *
   * @throws Refusal if there is no such deployment
   */
  public void close(String userId, long dseq) {
    Wallet wallet = owners.requireActivated(userId);
    DeploymentId id = new DeploymentId(wallet.address(), dseq);
    Deployment deployment = chain.deployment(id).orElseThrow(() -> missing(userId, dseq));
    if (deployment.state() != Deployment.State.CLOSED) {
      Outcome outcome =
          transactions.submit(
              "close-deployment/" + userId + "/" + dseq,
              wallet,
              () -> List.of(new ChainMessage.CloseDeployment(id)));
      if (!Outcomes.isRefusedAs(outcome, IS_CLOSED)) {
        Outcomes.committedOrRefuse(outcome);
      }
    }
    records.setState(userId, dseq, DeploymentRecord.State.CLOSED, clock.instant());
  }

  private void requireBalance(Wallet wallet, Coin deposit) {
    Coin left = chain.depositGrant(keeper.funding().address(), wallet.address(), deposit.denom());
    if (left.amount().compareTo(deposit.amount()) < 0) {
      throw new Refusal(new Problem.PaymentRequired(ChainProblems.NOT_ENOUGH_BALANCE));
    }
  }

  private Deployment requireActive(String userId, Wallet wallet, long dseq) {
    Deployment deployment =
        chain
            .deployment(new DeploymentId(wallet.address(), dseq))
            .orElseThrow(() -> missing(userId, dseq));
    if (deployment.state() != Deployment.State.ACTIVE) {
      throw new Refusal(new Problem.Impossible("Deployment closed"));
    }
    return deployment;
  }

  /** A node that lags behind does not know yet what Berth put on the chain a moment ago. */
  private Refusal missing(String userId, long dseq) {
    boolean coming =
        records
            .find(userId, dseq)
            .map(DeploymentRecord::state)
            .filter(IS_COMING::contains)
            .isPresent();
    return new Refusal(
        coming
            ? new Problem.Unavailable(
                "The network does not show the deployment yet. Repeat the request.")
            : Problem.NotFound.deployment());
  }

  private void setState(DeploymentRecord record, DeploymentRecord.State state) {
    records.setState(record.userId(), record.dseq(), state, clock.instant());
  }
}
